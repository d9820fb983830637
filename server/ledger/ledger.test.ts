import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SMALL, smallOrganisation } from '../../tests/sandbox/small-organisation.ts';
import { type BooksLife, createBooksLife } from '../../tests/support/books-life.ts';
import { comparableBook, type LedgerWorld, openLedgerWorld } from '../../tests/support/ledger-world.ts';
import type { Database } from '../store/database.ts';
import { openPglite } from '../store/pglite.ts';
import type { WholeLedger } from './create-ledger.ts';

const MINUTE = 60_000;
const { aster, birch } = SMALL.customers;

let database: Database;
let world: LedgerWorld;
let ledger: WholeLedger;
let life: BooksLife;
beforeAll(async () => {
  database = await openPglite('memory');
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await openLedgerWorld(smallOrganisation(), database);
  ledger = world.server();
  life = createBooksLife(world.zoho);
});
afterEach(() => world.close());

const tick = (): Promise<void> => ledger.worker.tick(world.install);
async function backfilled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await tick();
    if ((await ledger.health(world.install)).backfill.state === 'done') return;
  }
  throw new Error('the backfill never ends');
}
const shown = async (accountId: string = SMALL.accounts.aster) => {
  const { books } = await world.view(ledger, accountId);
  return books.map(comparableBook);
};
const afresh = async (id: string = aster) => [comparableBook(await world.afresh(id))];

describe('the backfill', () => {
  it('reads everything list by list, then one page per customer; afterwards views cost nothing', async () => {
    await backfilled();
    expect(world.troubles).toEqual([]);
    expect(await ledger.health(world.install)).toMatchObject({
      customers: 2,
      filled: 2,
      wanted: 0,
      differing: 0,
    });
    world.calls();
    await shown();
    expect(world.calls()).toEqual(['GET /books/v3/creditnotes/refunds']); // refunds name no customer in their list
    await shown();
    expect(world.calls()).toEqual([]);
    expect(await shown()).toEqual(await afresh());
    expect(await shown(SMALL.accounts.birch)).toEqual(await afresh(birch));
  });
});

describe('the change feed', () => {
  it('brings a payment that came in Books, without anybody looking', async () => {
    await backfilled();
    await shown();
    const invoice = world.zoho.organisation.books.invoices[1];
    world.later(MINUTE);
    life.pay(invoice ?? {}, 100);
    world.later(9 * MINUTE);
    world.calls();
    await tick();
    expect(world.calls()).toHaveLength(10); // seven lists, the customer, its payments, and the invoice's tax
    world.later(MINUTE);
    expect(await shown()).toEqual(await afresh());
  });
});
