import { isDeepStrictEqual } from 'node:util';
import { openPglite } from '../../server/store/pglite.ts';
import { createDice } from '../sandbox/demo/dice.ts';
import type { Wire } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { amount, text } from '../sandbox/zoho-wire.ts';
import { createBooksLife } from '../support/books-life.ts';
import { comparableBook, openLedgerWorld } from '../support/ledger-world.ts';
import { accountOf, manyDocuments } from '../support/many-documents.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WORK = { from: 8.5 * HOUR, until: 17.5 * HOUR };
/** A cold view: whose customer, the customer, and three lists. */
const CALLS_OF_A_VIEW = 5;
const CACHE_MS = 5 * MINUTE;

interface DaySize {
  readonly customers: number;
  readonly views: number;
  /** 2: on one database; the one that follows is gone from the middle of the day on. */
  readonly servers?: 1 | 2;
  /** Moments at which a customer is compared with a full read from Books. */
  readonly comparisons: number;
}

export interface LedgerDay {
  readonly views: number;
  /** Books calls of the same views, asked for each. */
  readonly plainProxy: number;
  readonly fiveMinuteCache: number;
  readonly ours: number;
  readonly shareOfProxy: number;
  /** How long a view lacked a change that had been made in Books, in seconds: 99 of 100 views, and the worst. */
  readonly staleP99: number;
  readonly stalest: number;
  /** Customers without a change still on its way, held against a full read; those that were not the same. */
  readonly compared: number;
  readonly unequal: number;
}

/**
 * One day of a company after the backfill: views by Zipf's law over customers, every fiftieth followed by a change in
 * Books, and a night. The peers see the same views. `told`: Books' webhooks tell of each change.
 */
export async function ledgerDay(size: DaySize, told: boolean): Promise<LedgerDay> {
  const database = await openPglite('memory');
  // Eight in the evening in Berlin, where the organisation is: the night before the day is still to come.
  const world = await openLedgerWorld(
    manyDocuments({ customers: size.customers, invoicesEach: 2 }),
    database,
    new Date(Date.parse(`${SMALL.today}T00:00:00Z`) - 5 * HOUR).toISOString(),
  );
  try {
    const [first, second] = [world.server(), world.server()];
    let ledger = first;
    const life = createBooksLife(world.zoho);
    const dice = createDice(5);
    /** Of two servers one follows, and neither knows which; views come to the other. */
    const alive = size.servers === 2 ? [first, second] : [first];
    const tick = async (): Promise<void> => {
      for (const one of alive) await one.worker.tick(world.install);
    };
    // Webhooks were set up before this day.
    if (told) await ledger.hint(world.install, { customerIds: [], types: [] });
    for (let before = -1; before !== 0; before = world.calls().length) await tick();
    world.later(4 * HOUR);
    const midnight = world.now().getTime();
    const sinceMidnight = (): number => world.now().getTime() - midnight;

    const weights = Array.from({ length: size.customers }, (_, at) => 1 / (at + 1));
    const sum = weights.reduce((all, one) => all + one, 0);
    const zipf = (): number => {
      let left = (dice.between(0, 999_999) / 1_000_000) * sum;
      for (const [at, weight] of weights.entries()) {
        left -= weight;
        if (left <= 0) return at;
      }
      return 0;
    };

    let ours = 0;
    const count = (): void => {
      ours += world.calls().length;
    };
    const cachedUntil = new Map<number, number>();
    let cache = 0;
    const stale: number[] = [];
    const changes = new Map<
      number,
      { readonly invoice: Wire; readonly at: number; readonly stamp: number }[]
    >();
    let unequal = 0;
    let compared = 0;

    const change = async (customer: number): Promise<void> => {
      const id = text(world.zoho.organisation.books.contacts[customer + 2], 'contact_id');
      const open = world.zoho.organisation.books.invoices.filter(
        (one) =>
          text(one, 'customer_id') === id && amount(one, 'balance') > 0 && text(one, 'status') !== 'void',
      );
      const [due] = open;
      let invoice = due;
      if (!due || dice.chance(40)) invoice = life.invoice(id, dice.between(50, 900));
      else if (dice.chance(80)) life.pay(due, dice.between(1, Math.ceil(amount(due, 'balance'))));
      else life.edit(due, 10);
      if (!invoice) return;
      const stamp = Date.parse(text(invoice, 'last_modified_time'));
      changes.set(customer, [
        ...(changes.get(customer) ?? []),
        { invoice, at: world.now().getTime(), stamp },
      ]);
      if (told) await ledger.hint(world.install, { customerIds: [id], types: ['invoice'] });
    };

    const view = async (customer: number): Promise<void> => {
      const now = world.now().getTime();
      if ((cachedUntil.get(customer) ?? 0) <= now) {
        cache += CALLS_OF_A_VIEW;
        cachedUntil.set(customer, now + CACHE_MS);
      }
      const owner = { accountId: accountOf(customer), contactsOfAccount: async () => [] };
      const answer = await ledger.read({ install: world.install, owner });
      if (answer.state !== 'linked') throw new Error(`${customer} is not linked`);
      const shown = new Map(
        answer.books.flatMap(({ invoices }) => invoices.map((row) => [String(row.id), row])),
      );
      const missing = (changes.get(customer) ?? []).find(
        ({ invoice, stamp }) => !(Date.parse(shown.get(text(invoice, 'invoice_id'))?.version ?? '') >= stamp),
      );
      stale.push(missing ? (now - missing.at) / SECOND : 0);
    };

    const compare = async (customer: number): Promise<void> => {
      count();
      const owner = { accountId: accountOf(customer), contactsOfAccount: async () => [] };
      const answer = await ledger.read({ install: world.install, owner });
      const id = text(world.zoho.organisation.books.contacts[customer + 2], 'contact_id');
      const afresh = comparableBook(await world.afresh(id));
      // A change nobody was told of yet is staleness, and counted as such.
      const settled =
        answer.state === 'linked' &&
        (changes.get(customer) ?? []).every(({ at }) => at < answer.knownGoodAt.getTime());
      const [book] = answer.state === 'linked' ? answer.books : [];
      if (settled) {
        compared += 1;
        if (!book || !isDeepStrictEqual(comparableBook(book), afresh)) unequal += 1;
      }
      world.calls();
    };

    const each = Math.max(1, Math.floor(size.views / size.comparisons));
    const between = (WORK.until - WORK.from) / size.views;
    while (sinceMidnight() < WORK.from) {
      await tick();
      world.later(5 * MINUTE);
    }
    let ticked = 0;
    for (let at = 0; at < size.views; at += 1) {
      // The one that follows dies in the middle of the day, and gives nothing back.
      if (alive.length === 2 && at === size.views / 2) alive.shift();
      ledger = alive.at(-1) ?? first;
      await view(zipf());
      if (dice.chance(2)) await change(zipf());
      if (at % each === 0) await compare(zipf());
      world.later(between);
      if (world.now().getTime() - ticked >= 20 * SECOND) {
        ticked = world.now().getTime();
        await tick();
      }
      count();
    }
    while (sinceMidnight() < 24 * HOUR) {
      await tick();
      world.later(5 * MINUTE);
    }
    count();
    if (world.troubles.length > 0) throw new Error(String(world.troubles[0]));
    const plainProxy = size.views * CALLS_OF_A_VIEW;
    const ordered = [...stale].sort((a, b) => a - b);
    return {
      views: size.views,
      plainProxy,
      fiveMinuteCache: cache,
      ours,
      shareOfProxy: Math.round((ours / plainProxy) * 10_000) / 10_000,
      staleP99: Math.round(ordered[Math.floor(ordered.length * 0.99)] ?? 0),
      stalest: Math.round(ordered.at(-1) ?? 0),
      compared,
      unequal,
    };
  } finally {
    await world.close();
    await database.close();
  }
}
