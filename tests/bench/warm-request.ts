import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Database } from '../../server/store/database.ts';
import { figuresOf, openWorld, type World } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';

/** Open to each panel. */
const CONNECTIONS_EACH = 16;
/** Without a call to Zoho for so long, the background has read what there was. */
const QUIET_MS = 2_000;
/** Short ones, in turns: other work on the machine meets both. */
const ROUND_MS = 700;
const ROUNDS = 15;
const PEOPLE = [SMALL.users.administrator, SMALL.users.finance, SMALL.users.rep];
const RECORDS = [figuresOf('Accounts', SMALL.accounts.aster), figuresOf('Deals', SMALL.deals.fitOut)];

interface WarmRequest {
  /** Requests a second, of the median round. Only the ratio is worth comparing. */
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
  /** The same by processor time per answer, which other work on the machine moves less. */
  readonly cpuRatio: number;
  /** As `ratio`, for questions no answer that stands is sent to: each goes through the app and is projected anew. */
  readonly ratioThroughApp: number;
  /** Calls to Zoho meanwhile: none is for these requests, a few may be of the reads in the background. */
  readonly zohoCalls: number;
}

/** Whoever says so wants no answer that was sent before. */
const NOTHING_KEPT = 'cache-control: max-age=0\r\n';

/** One person's panel. */
interface Asked {
  readonly path: string;
  readonly token: string;
}

/**
 * Panels of several people that are known already, asked for over and over: sign-in checked, access checked, read,
 * projected, written down; beside a server of Node's own that sends the same bytes without a thought, in turns.
 */
export async function warmRequest(database?: Database): Promise<WarmRequest> {
  const plenty = {
    REQUESTS_AT_ONCE: '1000',
    REQUESTS_PER_ADDRESS_PER_MINUTE: '10000000',
    REQUESTS_PER_USER_PER_MINUTE: '1000000',
    REQUESTS_PER_ORGANISATION_PER_MINUTE: '10000000',
  };
  const world = await openWorld(
    undefined,
    { ...plenty, LOG_LEVEL: 'warn', BACKGROUND_READS: 'on' },
    undefined,
    database,
  );
  try {
    await world.install();
    const asked: Asked[] = [];
    for (const user of PEOPLE) {
      const { accessToken: token } = await world.signIn(user);
      for (const path of RECORDS) asked.push({ path, token });
    }
    for (const { path, token } of asked) await world.ask('GET', path, { token });
    await untilFollowed(world);
    const answers = new Map<string, { headers: Record<string, string>; body: string }>();
    for (const { path, token } of asked) {
      const { headers, body } = await world.ask('GET', path, { token });
      answers.set(`Bearer ${token} ${path}`, { headers: headers as Record<string, string>, body });
    }
    const bare = createServer(({ url, headers: { authorization } }, response) => {
      const answer = answers.get(`${authorization} ${url}`);
      response.writeHead(answer ? 200 : 500, answer?.headers);
      response.end(answer?.body);
    });
    await new Promise<void>((listening) => bare.listen(0, '127.0.0.1', listening));
    await world.app.listen({ port: 0, host: '127.0.0.1' });
    const portOf = (address: unknown): number => (address as AddressInfo).port; // safe because both listen on a port
    const rounds: { ours: Asking; bare: Asking; throughApp: Asking }[] = [];
    world.zoho.exchanges.reset();
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({
        bare: await ask(portOf(bare.address()), asked),
        ours: await ask(portOf(world.app.server.address()), asked),
        throughApp: await ask(portOf(world.app.server.address()), asked, NOTHING_KEPT),
      });
    const zohoCalls = world.zoho.exchanges.list().length;
    bare.close();
    bare.closeAllConnections();
    const of = (measure: (one: (typeof rounds)[number]) => number): number => median(rounds.map(measure));
    return {
      ours: Math.round(of(({ ours }) => ours.perSecond)),
      bare: Math.round(of(({ bare }) => bare.perSecond)),
      ratio: rounded(of(({ ours, bare }) => ours.perSecond / bare.perSecond)),
      cpuRatio: rounded(of(({ ours, bare }) => bare.cpuMicros / ours.cpuMicros)),
      ratioThroughApp: rounded(of(({ throughApp, bare }) => throughApp.perSecond / bare.perSecond)),
      zohoCalls,
    };
  } finally {
    await world.close();
  }
}

/** As in production a server follows the organisation, so that nothing is read again behind a view. */
async function untilFollowed({ database, zoho }: World): Promise<void> {
  const { exchanges } = zoho;
  for (;;) {
    const [row] = await database.query('select 1 from ledger_progress where backfill_done_at is not null');
    if (row) break;
    await sleep(200);
  }
  for (let before = -1; before !== exchanges.list().length; ) {
    before = exchanges.list().length;
    await sleep(QUIET_MS);
  }
}

interface Asking {
  readonly perSecond: number;
  /** Processor time of this process for one answer, in microseconds. */
  readonly cpuMicros: number;
}

/** From a process of its own, so that asking takes nothing from answering. */
async function ask(port: number, asked: readonly Asked[], header = ''): Promise<Asking> {
  const data = JSON.stringify({ port, asked, header, each: CONNECTIONS_EACH, ms: ROUND_MS });
  const before = process.cpuUsage();
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', ASKING, data]);
  const { user, system } = process.cpuUsage(before);
  const answers = Number(stdout);
  return { perSecond: (answers * 1_000) / ROUND_MS, cpuMicros: (user + system) / answers };
}

/** Plain JavaScript, because that process has no loader for anything else. Asks again as soon as it has been answered. */
const ASKING = `
const { connect } = require('node:net');
const { port, asked, header, each, ms } = JSON.parse(process.argv[1]);
const questionOf = ({ path, token }) =>
  'GET ' + path + ' HTTP/1.1\\r\\nhost: localhost\\r\\nauthorization: Bearer ' + token + '\\r\\n' + header + '\\r\\n';
let answers = 0;
const ask = (question) => {
  const socket = connect(port, '127.0.0.1');
  let left = 0;
  socket.on('connect', () => socket.write(question));
  socket.on('data', (chunk) => {
    let body = chunk.length;
    if (left === 0) {
      const head = chunk.toString('latin1');
      if (!head.startsWith('HTTP/1.1 200')) throw new Error(head.slice(0, 400));
      const end = head.indexOf('\\r\\n\\r\\n') + 4;
      left = Number(/content-length: (\\d+)/i.exec(head)[1]);
      body -= end;
    }
    left -= body;
    if (left > 0) return;
    answers += 1;
    socket.write(question);
  });
};
for (const one of asked) for (let i = 0; i < each; i += 1) ask(questionOf(one));
setTimeout(() => {
  process.stdout.write(String(answers), () => process.exit(0));
}, ms);
`;

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
