import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createServer as createMswServer } from '@mswjs/http-middleware';
import type { Database } from '../../server/store/database.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { createDice, type Dice } from '../sandbox/demo/dice.ts';
import { amount, text } from '../sandbox/zoho-wire.ts';
import { type BooksLife, createBooksLife } from './books-life.ts';
import type { Told } from './dying-server.ts';
import { comparableBook, type LedgerWorld, openLedgerWorld } from './ledger-world.ts';
import { manyDocuments } from './many-documents.ts';
import { ROOT } from './run.ts';

const MINUTE = 60_000;
/** A server that hangs is a failure, not something to wait for. */
const LONGEST_MS = 60_000;

interface Asked {
  readonly kills: number;
  readonly customers: number;
  readonly invoicesEach: number;
  /** Each is killed at a random moment within so many milliseconds after it is ready. */
  readonly withinMs: number;
  /** Of a PostgreSQL server; absent: PGlite in a folder. */
  readonly url?: string;
  readonly seed: number;
}

export interface Killed {
  readonly kills: number;
  /** Of these so many while the backfill was still going on. */
  readonly duringBackfill: number;
  /** Pages the backfill noted as read, and how often it asked for one. */
  readonly pages: number;
  readonly pagesAskedFor: number;
  /** Customers in the end, and those whose documents are not what a full read says. */
  readonly customers: number;
  readonly differing: number;
}

/**
 * Servers that keep a ledger, each a process of its own that is killed with SIGKILL at a random moment of backfill or
 * change feed, while life goes on in Books; then one that is left alone. What is in the database in the end, beside a
 * full read.
 */
export async function killedServers({
  kills,
  customers,
  invoicesEach,
  withinMs,
  url,
  seed,
}: Asked): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), 'customer-360-killed-'));
  const open = (): Promise<Database> => (url ? openPostgres(url, () => undefined) : openPglite({ folder }));
  const where = url ? { url } : { folder };
  const setUp = await open();
  const world = await openLedgerWorld(manyDocuments({ customers, invoicesEach }), setUp);
  await setUp.close();
  const http = createServer(createMswServer(...world.zoho.handlers));
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const { port } = http.address() as AddressInfo; // safe because it listens on TCP
  let pagesAskedFor = 0;
  const stop = world.zoho.exchanges.follow(({ url: asked }) => {
    if (isBackfillPage(asked)) pagesAskedFor += 1;
  });
  const begin = (): Promise<Dying> => start(told(world, `http://127.0.0.1:${port}`, where));
  const dice = createDice(seed);
  const life = createBooksLife(world.zoho);
  let duringBackfill = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      world.later(10 * MINUTE);
      const server = await begin();
      await sleep(dice.between(0, withinMs));
      if (!server.saidDone()) duringBackfill += 1;
      await server.kill();
      somethingHappens(world, life, dice);
    }
    // One that nobody kills: what is left of the backfill, and a pass over what happened since, which is due after two
    // hours where nobody looks.
    for (let pass = 0; pass < 2; pass += 1) {
      world.later(130 * MINUTE);
      const server = await begin();
      await server.done();
      await server.kill();
    }
    const database = await open();
    try {
      return { kills, duringBackfill, pagesAskedFor, ...(await held(world, database)) };
    } finally {
      await database.close();
    }
  } finally {
    stop();
    http.close();
    http.closeAllConnections();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists of the whole organisation from the oldest on; passes ask for changes, or from the newest on. */
function isBackfillPage(url: string): boolean {
  const { pathname, searchParams } = new URL(url);
  return (
    /\/books\/v3\/[a-z]+$/.test(pathname) &&
    searchParams.get('sort_order') === 'A' &&
    !searchParams.has('last_modified_time') &&
    !searchParams.has('customer_id')
  );
}

function told({ zoho, install, now }: LedgerWorld, origin: string, database: Told['database']): Told {
  const consent = {
    userId: String(zoho.organisation.crm.users[0]?.id),
    clientId: 'x',
    redirectUri: '',
    scopes: ['ZohoBooks.fullaccess.all'],
    offline: false,
    again: false,
  };
  const { token } = zoho.grants.begin(consent, now()).access;
  return { database, zoho: origin, token, install, now: now().toISOString() };
}

interface Dying {
  /** Whether it has said that nothing is left to be read. */
  readonly saidDone: () => boolean;
  readonly done: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

async function start(of: Told): Promise<Dying> {
  const server: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'tests/support/dying-server.ts')],
    {
      cwd: ROOT,
      env: { ...process.env, DYING_SERVER: JSON.stringify(of) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const heard: string[] = [];
  let complaints = '';
  server.stderr?.on('data', (chunk) => {
    complaints += String(chunk);
  });
  const { stdout } = server;
  if (!stdout) throw new Error('It has no output');
  createInterface({ input: stdout }).on('line', (line) => heard.push(line));
  const until = async (word: string): Promise<void> => {
    for (const since = Date.now(); !heard.includes(word); await sleep(5)) {
      if (server.exitCode !== null || Date.now() - since > LONGEST_MS) {
        server.kill('SIGKILL');
        throw new Error(`It never said ${word}: ${complaints.slice(0, 2_000)}`);
      }
    }
  };
  await until('ready');
  return {
    saidDone: () => heard.includes('done'),
    done: () => until('done'),
    kill: async () => {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

function somethingHappens({ zoho }: LedgerWorld, life: BooksLife, dice: Dice): void {
  const { invoices, contacts } = zoho.organisation.books;
  const due = invoices.find((one) => amount(one, 'balance') > 0 && text(one, 'status') === 'sent');
  if (!due || dice.chance(30)) life.invoice(text(dice.pick(contacts), 'contact_id'), dice.between(50, 900));
  else if (dice.chance(60)) life.pay(due, dice.between(1, Math.ceil(amount(due, 'balance'))));
  else life.edit(due, dice.between(1, 40));
}

async function held(world: LedgerWorld, database: Database) {
  const [progress] = await database.query<{ pages: number }>(
    'select backfill_pages as pages from ledger_progress',
  );
  const ledger = world.server(database);
  const { contacts } = world.zoho.organisation.books;
  let differing = 0;
  for (const contact of contacts) {
    const { books } = await world.view(ledger, text(contact, 'zcrm_account_id'));
    const book = books.find(({ customer }) => customer.id === text(contact, 'contact_id'));
    const afresh = comparableBook(await world.afresh(text(contact, 'contact_id')));
    if (!book || !isDeepStrictEqual(comparableBook(book), afresh)) differing += 1;
  }
  return { pages: progress?.pages ?? 0, customers: contacts.length, differing };
}
