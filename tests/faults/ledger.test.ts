import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WholeLedger } from '../../server/ledger/create-ledger.ts';
import type { Database } from '../../server/store/database.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { createDice, type Dice } from '../sandbox/demo/dice.ts';
import type { Fault } from '../sandbox/scenario.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { text } from '../sandbox/zoho-wire.ts';
import { type BooksLife, createBooksLife } from '../support/books-life.ts';
import { comparableBook, type LedgerWorld, openLedgerWorld } from '../support/ledger-world.ts';
import { manyDocuments } from '../support/many-documents.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let database: Database;
beforeAll(async () => {
  database = await openPglite('memory');
});
afterAll(() => database.close());

async function untilDone(world: LedgerWorld, ledger: WholeLedger): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await ledger.worker.tick(world.install);
    const { backfill, wanted } = await ledger.health(world.install);
    if (backfill.state === 'done' && wanted === 0) return;
    world.later(MINUTE);
  }
  throw new Error('the backfill never ends');
}

/** Every customer as it is shown, and as a full read from Books says it is. */
async function shownAndTrue(world: LedgerWorld, ledger: WholeLedger): Promise<[unknown, unknown]> {
  const shown = [];
  const afresh = [];
  for (const contact of world.zoho.organisation.books.contacts) {
    const [id, accountId] = [text(contact, 'contact_id'), text(contact, 'zcrm_account_id')];
    const { books } = await world.view(ledger, accountId);
    shown.push(...books.map(comparableBook));
    afresh.push(comparableBook(await world.afresh(id)));
  }
  return [shown, afresh];
}

/** One thing people do in Books. */
function somethingHappens({ zoho }: LedgerWorld, life: BooksLife, dice: Dice): void {
  const { books } = zoho.organisation;
  const customer = (): string => text(dice.pick(books.contacts), 'contact_id');
  const open = books.invoices.filter(
    (one) => Number(one.balance) > 0 && !['void', 'draft'].includes(text(one, 'status')),
  );
  const untouched = open.filter((one) => one.balance === one.total);
  const sum = dice.between(1, 400);
  const [payment] = books.customerpayments.slice(-1);
  const [note] = books.creditnotes;
  const any = open.length > 0 ? dice.pick(open) : life.invoice(customer(), sum);
  const whole = untouched.length > 0 ? dice.pick(untouched) : life.invoice(customer(), sum);
  switch (dice.between(0, 9)) {
    case 0:
      life.invoice(customer(), sum);
      break;
    case 1:
    case 2:
      life.pay(any, sum, dice.chance(30) ? '2026-06-01' : undefined);
      break;
    case 3:
      if (payment) life.deletePayment(payment);
      break;
    case 4:
      life.creditNote(customer(), sum);
      break;
    case 5:
      if (note) life.refund(note);
      break;
    case 6:
      life.edit(whole, sum);
      break;
    case 7:
      life.void(whole);
      break;
    case 8:
      if (dice.chance(50)) life.delete(whole);
      else life.move(whole, customer());
      break;
    default:
      life.rename(customer(), `Renamed ${sum}`);
      life.estimate(customer(), sum);
  }
}

describe('whatever happens in Books', () => {
  it.each([1, 2, 3, 4])(
    'after passes over it the ledger is what a full read says (story %i)',
    async (seed) => {
      const world = await openLedgerWorld(smallOrganisation(), database);
      try {
        const ledger = world.server();
        const dice = createDice(seed);
        const life = createBooksLife(world.zoho);
        // Some is looked at before the backfill, some changes while it runs.
        if (dice.chance(50)) await world.view(ledger, SMALL.accounts.aster);
        somethingHappens(world, life, dice);
        await ledger.worker.tick(world.install);
        for (let step = 0; step < 9; step += 1) {
          somethingHappens(world, life, dice);
          if (dice.chance(40)) await world.view(ledger, SMALL.accounts.aster);
          world.later(dice.between(0, 12) * MINUTE);
          if (dice.chance(60)) await ledger.worker.tick(world.install);
        }
        world.later(10 * MINUTE);
        await untilDone(world, ledger);
        // At night what lists of changes do not tell is found.
        world.later(15 * HOUR);
        await ledger.worker.tick(world.install);
        await ledger.worker.tick(world.install);
        const [shown, afresh] = await shownAndTrue(world, ledger);
        expect(shown).toEqual(afresh);
        expect(world.troubles).toEqual([]);
      } finally {
        await world.close();
      }
    },
  );
});

const FAULTS: readonly Fault[] = [
  'http_500',
  'http_502',
  'reset',
  'half_json',
  'html',
  '200_with_error',
  '429_minute',
  '429_day',
  '429_security',
  '429_concurrency',
  '204',
];
const CALLS = [
  '/contacts$',
  '/contacts/\\d+$',
  '/invoices$',
  '/invoices/\\d+$',
  '/customerpayments$',
  '/customerpayments/\\d+$',
  '/creditnotes$',
  '/creditnotes/refunds$',
  '/estimates$',
  '/salesorders$',
  '/expenses$',
];

describe('a fault of Books', () => {
  it.each(FAULTS)('%s, at every call in turn: the next passes bring what it kept away', async (answer) => {
    const world = await openLedgerWorld(smallOrganisation(), database);
    try {
      const ledger = world.server();
      const life = createBooksLife(world.zoho);
      for (const path of CALLS) {
        const open = world.zoho.organisation.books.invoices[1];
        if (open) life.pay(open, 1);
        world.zoho.scenario.add({ match: { service: 'books', path }, times: 2, answer });
        world.later(10 * MINUTE);
        await ledger.worker.tick(world.install);
      }
      world.zoho.scenario.clear();
      // What was left alone for a while, or until the next day of calls, comes again.
      world.later(8 * 60 * MINUTE);
      await untilDone(world, ledger);
      await world.view(ledger, SMALL.accounts.aster);
      const [shown, afresh] = await shownAndTrue(world, ledger);
      expect(shown).toEqual(afresh);
    } finally {
      await world.close();
    }
  });
});

/** A database of a server that dies: after so many of its statements and transactions nothing more is done. */
function mortal(inner: Database, lives: number): Database & { readonly spent: () => number } {
  let spent = 0;
  const live = (): void => {
    spent += 1;
    if (spent > lives) throw new Error('killed');
  };
  return {
    query: async (sql, values) => {
      live();
      return inner.query(sql, values);
    },
    transaction: async (work) => {
      live();
      // Killed in the midst of one: nothing of it stays.
      return inner.transaction((on) =>
        work({
          query: async (sql, values) => {
            live();
            return on.query(sql, values);
          },
        }),
      );
    },
    close: async () => undefined,
    spent: () => spent,
  };
}

describe('a server killed while it fills the ledger', () => {
  const size = { customers: 3, invoicesEach: 90 };
  const content = () =>
    database.query(
      `select d.type, d.document_id, d.customer_id, d.body - 'net' - 'applications' as body from ledger_documents d order by 1, 2`,
    );
  const pagesOf = (calls: readonly string[]): number => calls.filter((call) => !call.endsWith('{id}')).length;

  it('loses nothing, counts nothing twice and has one page at most read again', async () => {
    const whole = await openLedgerWorld(manyDocuments(size), database);
    const steps = mortal(database, Number.POSITIVE_INFINITY);
    await untilDone(whole, whole.server(steps));
    const [expected, pages] = [await content(), pagesOf(whole.calls())];
    await whole.close();
    expect(expected.length).toBeGreaterThan(400);

    const kills = Array.from({ length: 9 }, (_, at) => Math.floor(((at + 0.5) / 9) * steps.spent()));
    for (const lives of kills) {
      const world = await openLedgerWorld(manyDocuments(size), database);
      await world
        .server(mortal(database, lives))
        .worker.tick(world.install)
        .catch(() => undefined); // it died
      const before = await database.query<{ pages: number }>(
        'select backfill_pages as pages from ledger_progress',
      );
      world.later(31_000);
      const after = world.server();
      await untilDone(world, after);
      expect(await content()).toEqual(expected);
      const [done] = await database.query<{ pages: number }>(
        'select backfill_pages as pages from ledger_progress',
      );
      expect(done?.pages).toBe(9); // contacts, two of invoices, two of payments, and four short lists: each counted once
      expect(before[0]?.pages ?? 0).toBeLessThanOrEqual(9);
      // A pass over changes is seven lists, and the one that was cut off is made again.
      expect(pagesOf(world.calls())).toBeLessThanOrEqual(pages + 1 + 2 * 9);
      await world.close();
    }
  });
});
