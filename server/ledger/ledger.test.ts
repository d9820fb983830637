import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SMALL, smallOrganisation } from '../../tests/sandbox/small-organisation.ts';
import { type BooksLife, createBooksLife } from '../../tests/support/books-life.ts';
import { comparableBook, type LedgerWorld, openLedgerWorld } from '../../tests/support/ledger-world.ts';
import { accountOf, manyDocuments } from '../../tests/support/many-documents.ts';
import type { Database } from '../store/database.ts';
import { openPglite } from '../store/pglite.ts';
import type { WholeLedger } from './create-ledger.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Nine in the morning is ten in Berlin; so it is one at night there. */
const UNTIL_NIGHT = 15 * HOUR;
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

const tick = (server = ledger): Promise<void> => server.worker.tick(world.install);
async function backfilled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await tick();
    if ((await ledger.health(world.install)).backfill.state === 'done') break;
  }
  await shown();
  world.calls();
}
const answer = (accountId: string = SMALL.accounts.aster, server = ledger) => world.view(server, accountId);
const shown = async (accountId?: string) => (await answer(accountId)).books.map(comparableBook);
const afresh = async (...ids: readonly string[]) => {
  const books = [];
  for (const id of ids) books.push(comparableBook(await world.afresh(id)));
  world.calls();
  return books;
};
const invoiceAt = (at: number) => world.zoho.organisation.books.invoices[at] ?? {};
const openInvoice = () => invoiceAt(1);

describe('the backfill', () => {
  it('reads everything list by list, then one page per customer; afterwards views cost nothing', async () => {
    await tick();
    await tick();
    expect(world.troubles).toEqual([]);
    expect(await ledger.health(world.install)).toMatchObject({
      customers: 2,
      filled: 2,
      wanted: 0,
      differing: 0,
      backfill: { state: 'done', done: 2, total: 2 },
    });
    world.calls();
    await shown();
    expect(world.calls()).toEqual(['GET /books/v3/creditnotes/refunds']); // refunds name no customer in their list
    await shown();
    expect(world.calls()).toEqual([]);
    expect(await shown()).toEqual(await afresh(aster));
    expect(await shown(SMALL.accounts.birch)).toEqual(await afresh(birch));
  });

  it('a customer seen before its turn comes is read at once, and once only', async () => {
    await answer();
    expect(world.calls().slice(0, 5)).toHaveLength(5);
    await backfilled();
    expect(await shown()).toEqual(await afresh(aster));
  });
});

describe('the change feed', () => {
  beforeEach(backfilled);

  it('brings a payment that came in Books, without anybody looking', async () => {
    world.later(MINUTE);
    life.pay(openInvoice(), 100);
    world.later(9 * MINUTE);
    await tick();
    expect(world.calls()).toHaveLength(9); // seven lists, the customer, and its payments
    expect(await shown()).toEqual(await afresh(aster));
    expect((await answer()).knownGoodAt).toEqual(world.now());
    await tick();
    expect(world.calls()).toEqual([]);
  });

  it('shows a customer as good until its change, while the change is known and not read yet', async () => {
    world.later(4 * MINUTE);
    const changedAt = world.now();
    life.edit(openInvoice(), 10);
    world.zoho.scenario.add({ match: { path: '/contacts/\\d+$' }, answer: 'http_502' });
    world.later(6 * MINUTE);
    await tick();
    expect(world.troubles).toHaveLength(1);
    expect((await answer()).knownGoodAt).toEqual(changedAt);
    expect((await answer(SMALL.accounts.birch)).knownGoodAt).toEqual(world.now());
    world.zoho.scenario.clear();
    world.later(2 * MINUTE);
    await tick();
    expect(await shown()).toEqual(await afresh(aster));
  });

  it('a pass that fails moves no cursor and proves nothing', async () => {
    const before = (await answer()).knownGoodAt;
    life.pay(openInvoice(), 50);
    world.zoho.scenario.add({ match: { path: '/expenses' }, times: 1, answer: 'half_json' });
    world.later(10 * MINUTE);
    await tick();
    expect((await answer(SMALL.accounts.birch)).knownGoodAt).toEqual(before);
    world.later(2 * MINUTE);
    await tick();
    expect(await shown()).toEqual(await afresh(aster));
  });

  it('an invoice that moves to another customer leaves the first', async () => {
    life.move(openInvoice(), birch);
    world.later(9 * MINUTE);
    await tick();
    expect(await shown()).toEqual(await afresh(aster));
    expect(await shown(SMALL.accounts.birch)).toEqual(await afresh(birch));
  });

  it('a new customer is there with its documents, and its account shows it without asking Books', async () => {
    const id = life.newCustomer('Cedar', '77');
    life.invoice(id, 300);
    world.later(9 * MINUTE);
    await tick();
    await tick();
    await shown('77');
    world.calls();
    expect(await shown('77')).toEqual(await afresh(id));
  });

  it('looks more seldom while nobody looks, and at once when somebody does', async () => {
    world.later(70 * MINUTE);
    await tick();
    world.calls();
    world.later(20 * MINUTE);
    await tick();
    expect(world.calls()).toEqual([]);
    life.pay(openInvoice(), 30);
    const stale = await ledger.read({ install: world.install, owner: { contactId: '0' } });
    expect(stale.state).toBe('not_linked');
    world.calls();
    await tick();
    expect(world.calls().length).toBeGreaterThan(7);
  });

  it('views read customers one by one again when no server has got through for long', async () => {
    world.later(3 * HOUR);
    life.pay(openInvoice(), 30);
    const first = await ledger.read({
      install: world.install,
      owner: { accountId: SMALL.accounts.aster, contactsOfAccount: async () => [] },
    });
    expect(first).toMatchObject({ fresh: false, readingOn: true });
    expect(await shown()).toEqual(await afresh(aster));
  });
});

describe('hints', () => {
  beforeEach(backfilled);

  it('bring a change at once, at the price of its list and its customer', async () => {
    life.pay(openInvoice(), 60);
    await ledger.hint(world.install, { customerIds: [aster], types: ['payment'] });
    await tick();
    expect(world.calls().filter((call) => !call.endsWith('invoices/{id}'))).toHaveLength(3);
    expect(await shown()).toEqual(await afresh(aster));
    await tick();
    expect(world.calls()).toEqual([]);
  });

  it('make passes rarer, until one finds a change Books kept to itself', async () => {
    const passes = async (minutes: number): Promise<boolean> => {
      world.later(minutes * MINUTE);
      await tick();
      const isMade = world.calls().length >= 7;
      await shown();
      world.calls();
      return isMade;
    };
    await ledger.hint(world.install, { customerIds: [], types: ['estimate'] });
    await tick();
    world.calls();
    expect([await passes(20), await passes(20), await passes(20)]).toEqual([false, false, true]);
    life.pay(openInvoice(), 60);
    expect(await passes(46)).toBe(true);
    expect(await shown()).toEqual(await afresh(aster));
    // A hint does not mend it: some module tells, and another does not.
    await ledger.hint(world.install, { customerIds: [], types: ['estimate'] });
    expect([await passes(10), await passes(10)]).toEqual([true, true]);
  });
});

describe('the tax of an invoice', () => {
  beforeEach(backfilled);

  it('is asked for once while only payments move it, and again when anything else does', async () => {
    const asked = async (): Promise<number> => {
      world.later(9 * MINUTE);
      await tick();
      await tick();
      return world.calls().filter((call) => call.endsWith('invoices/{id}')).length;
    };
    await asked();
    const net = async () =>
      (await answer()).books[0]?.invoices.find(({ id }) => id === openInvoice().invoice_id)?.net;
    const before = await net();
    expect(before).toMatchObject({ currency: 'USD' });
    const contents = await database.query(
      "select contents from ledger_documents where type = 'invoice' and document_id = $1",
      [openInvoice().invoice_id],
    );
    expect(contents).toEqual([{ contents: { itemNames: ['office supplies'] } }]);
    life.pay(openInvoice(), 60);
    expect([await asked(), await net()]).toEqual([0, before]);
    life.edit(openInvoice(), 10);
    expect(await asked()).toBe(1);
    expect(await net()).not.toEqual(before);
  });
});

describe('an invoice whose own page Books cannot give', () => {
  const withoutNet = async (): Promise<number> =>
    (await database.query("select 1 from ledger_documents where type = 'invoice' and body->>'net' is null"))
      .length;

  it('holds up no other, and is tried again hours later', async () => {
    const newest = [...world.zoho.organisation.books.invoices]
      .sort((a, b) => String(b.date).localeCompare(String(a.date)))
      .find((one) => one.customer_id === aster);
    const page = `/invoices/${newest?.invoice_id}$`;
    world.zoho.scenario.add({ match: { service: 'books', path: page }, answer: 'http_500', times: 1_000 });
    await backfilled();
    for (let look = 0; look < 30; look += 1) {
      world.later(MINUTE / 3);
      await tick();
    }
    expect(await withoutNet()).toBe(1);
    expect(world.troubles).toHaveLength(1);
    world.zoho.scenario.clear();
    world.later(6 * HOUR);
    await tick();
    expect(await withoutNet()).toBe(0);
  });

  it('is not to blame where none can be had: all are read as soon as Books is back', async () => {
    world.zoho.scenario.add({
      match: { service: 'books', path: '/invoices/\\d+$' },
      answer: 'http_500',
      times: 1_000,
    });
    await backfilled();
    for (let look = 0; look < 6; look += 1) {
      world.later(2 * MINUTE);
      await tick();
    }
    expect(await withoutNet()).toBeGreaterThan(2);
    world.zoho.scenario.clear();
    world.later(2 * MINUTE);
    await tick();
    expect(await withoutNet()).toBe(0);
  });
});

it('an invoice that turns out to be gone is asked for once, and its customer read again', async () => {
  await backfilled();
  for (let look = 0; look < 3; look += 1) await tick(); // until no tax is owed
  const gone = openInvoice();
  await database.query(
    "update ledger_documents set body = jsonb_set(body, '{net}', 'null') where type = 'invoice' and document_id = $1",
    [gone.invoice_id],
  );
  life.delete(gone);
  world.calls();
  await tick();
  expect(world.calls().filter((call) => call.endsWith('invoices/{id}'))).toHaveLength(1);
  await tick();
  expect(await shown()).toEqual(await afresh(aster));
});

describe('what is read behind the figures', () => {
  it('puts nothing old over a customer that was read again meanwhile', async () => {
    for (let turn = 0; turn < 4; turn += 1) await tick();
    world.zoho.scenario.add({
      match: { service: 'books', path: '/creditnotes/refunds$' },
      answer: 'slow',
      delayMs: 400,
      times: 1,
    });
    const question = {
      install: world.install,
      owner: { accountId: SMALL.accounts.aster, contactsOfAccount: async () => [] },
    };
    expect(await ledger.read(question)).toMatchObject({ state: 'linked', readingOn: true });
    world.later(1_000);
    life.pay(openInvoice(), 60);
    const contact = world.zoho.organisation.books.contacts.find(({ contact_id: id }) => id === aster);
    Object.assign(contact ?? {}, { zcrm_account_id: '3652397000000499999' });
    await ledger.hint(world.install, { customerIds: [aster], types: ['payment'] });
    await tick();
    const rows = () =>
      database.query(
        "select crm_account_id, body->'outstandingReceivable'->>'amount' as owed from ledger_customers where customer_id = $1",
        [aster],
      );
    const now = await rows();
    expect(now).toMatchObject([{ crm_account_id: '3652397000000499999' }]);
    await expect
      .poll(() =>
        database.query("select 1 from ledger_customers where 'credit_note_refund' = any(read_lists)"),
      )
      .toHaveLength(1);
    expect(await rows()).toEqual(now);
  });
});

describe('the self-check', () => {
  beforeEach(backfilled);

  it('finds a deleted invoice by what the list of customers says, and repairs the customer', async () => {
    life.delete(openInvoice());
    world.later(9 * MINUTE);
    await tick();
    expect(await shown()).toEqual(await afresh(aster));
    expect(await ledger.health(world.install)).toMatchObject({ differing: 0 });
  });

  it('holds customers against Books in the night, one call each and once a night', async () => {
    world.later(UNTIL_NIGHT);
    await tick();
    expect(world.calls().filter((call) => call.endsWith('/contacts/{id}'))).toHaveLength(2);
    world.later(HOUR);
    await tick();
    expect(world.calls().filter((call) => call.endsWith('/contacts/{id}'))).toEqual([]);
  });

  it('of everybody, by the list of customers: a deleted invoice of one far down is found in its first night', async () => {
    const many = await openLedgerWorld(manyDocuments({ customers: 230, invoicesEach: 1 }), database);
    try {
      const server = many.server();
      const look = () => server.worker.tick(many.install);
      for (let turn = 0; turn < 20; turn += 1) await look();
      expect(await server.health(many.install)).toMatchObject({ backfill: { state: 'done' }, wanted: 0 });
      const { contacts, invoices } = many.zoho.organisation.books;
      // Passes read contacts from the last changed on: these were not, and its turn in the rotation is nights away.
      for (const contact of contacts.slice(-220))
        Object.assign(contact, { last_modified_time: '2026-11-19T10:00:00+0100' });
      const gone = invoices.find(({ customer_id: id }) => id === contacts.at(-1)?.contact_id);
      if (!gone) throw new Error('It has none');
      createBooksLife(many.zoho).delete(gone);
      many.later(UNTIL_NIGHT);
      many.calls();
      for (let turn = 0; turn < 3; turn += 1) await look();
      const lists = many.calls().filter((call) => call === 'GET /books/v3/contacts');
      expect(lists).toHaveLength(3); // a pass, and two pages of sums
      const id = String(gone.customer_id);
      const [book] = (await many.view(server, accountOf(229))).books;
      expect(book && comparableBook(book)).toEqual(comparableBook(await many.afresh(id)));
      expect(book?.invoices).toEqual([]);
    } finally {
      await many.close();
    }
  });

  it('counts a customer whose sums do not tie however often it is read', async () => {
    const contact = world.zoho.organisation.books.contacts[0];
    Object.assign(contact ?? {}, { outstanding_receivable_amount: 1_000 });
    world.later(9 * MINUTE);
    await tick();
    expect(await ledger.health(world.install)).toMatchObject({ differing: 1, wanted: 0 });
  });
});

describe('several servers on one database', () => {
  it('make one feed; another takes over when the lease of a dead one has passed', async () => {
    await backfilled();
    const other = world.server();
    world.later(10 * MINUTE);
    await Promise.all([tick(), tick(other)]);
    expect(world.calls()).toHaveLength(7);
    world.later(10 * MINUTE);
    await tick(other); // the lease has passed meanwhile: the first is taken for dead
    expect(world.calls()).toHaveLength(7);
    await tick();
    world.later(20_000);
    await tick();
    expect(world.calls()).toEqual([]);
    await other.worker.stop();
    world.later(10 * MINUTE);
    await tick();
    expect(world.calls()).toHaveLength(7);
  });

  it('read a customer nobody has seen once, though both are asked for it at the same moment', async () => {
    const other = world.server();
    const question = {
      install: world.install,
      owner: { accountId: SMALL.accounts.birch, contactsOfAccount: async () => [] },
    };
    const [first, second] = await Promise.all([ledger.read(question), other.read(question)]);
    expect(first.state).toBe('linked');
    expect(second.state).toBe('linked');
    expect(world.calls().filter((call) => call.endsWith('/invoices'))).toHaveLength(1);
    await answer(SMALL.accounts.birch);
    await answer(SMALL.accounts.birch, other);
  });
});
