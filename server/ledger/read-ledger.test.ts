import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { calendarDay } from '../domain/calendar-day.ts';
import type { CustomerFacts } from '../domain/customer-facts.ts';
import type {
  CreditNote,
  Customer,
  CustomerBook,
  CustomerId,
  DealId,
  DocumentId,
  Estimate,
  Invoice,
  Payment,
} from '../domain/documents.ts';
import { money, zero } from '../domain/money.ts';
import type { Install, InstallId } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { saveInstall } from '../store/installs.ts';
import { noteCustomerFacts } from '../store/ledger-customers.ts';
import { openPglite } from '../store/pglite.ts';
import type { Books, CustomerDetail, Listing } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { createFill } from './fill.ts';
import { createFlights } from './flights.ts';
import { createHint } from './hint.ts';
import type { Ledger, LedgerAnswer, LedgerQuestion } from './ledger.ts';
import { createLedgerStore } from './ledger-store.ts';
import { createReadLedger } from './read-ledger.ts';

let install: Install = {
  id: '' as InstallId,
  dataCentre: 'local',
  zgid: '1',
  crmOrganisationId: '1',
  crmOrganisationName: 'Org',
  crmCurrency: 'USD',
  books: { organisationId: '9', name: 'Books', currency: 'USD', timeZone: 'UTC' },
  policyVersion: 0,
  state: 'active',
  administratorProfiles: new Set(),
};
const ACME = '700' as CustomerId;
const DEAL = '55' as DealId;

const customer: Customer = {
  id: ACME,
  name: 'Acme',
  currency: 'USD',
  outstandingReceivable: money('USD', '60'),
  outstandingOpeningBalance: zero('USD'),
  unusedCredits: zero('USD'),
  unusedRetainers: zero('USD'),
  creditLimit: null,
  exchangeRate: '1',
};
const document = (id: string, total: string) => ({
  id: id as DocumentId,
  number: id,
  customerId: ACME,
  date: calendarDay('2026-01-10'),
  total: money('USD', total),
  exchangeRate: '1',
  net: null,
  dealId: null,
  version: 'v1',
});
const invoice = (id: string, more: Partial<Invoice> = {}): Invoice => ({
  ...document(id, '100'),
  status: 'sent',
  dueDate: calendarDay('2026-02-10'),
  balance: money('USD', '60'),
  writtenOff: zero('USD'),
  ...more,
});
const estimate = (id: string, more: Partial<Estimate> = {}): Estimate => ({
  ...document(id, '100'),
  status: 'sent',
  expiryDate: null,
  ...more,
});
const creditNote = (id: string): CreditNote => ({
  ...document(id, '10'),
  status: 'open',
  unused: money('USD', '10'),
});
const payment = (id: string, invoiceNumbers: readonly string[]): Payment => ({
  id: id as DocumentId,
  number: id,
  customerId: ACME,
  date: calendarDay('2026-01-20'),
  amount: money('USD', '40'),
  unused: zero('USD'),
  refunded: zero('USD'),
  voided: false,
  exchangeRate: '1',
  invoiceNumbers,
  applications: null,
  version: 'v1',
});

/** A Books whose answers the test sets; it counts what it is asked. */
class BooksBook implements Books {
  calls: string[] = [];
  trouble: ZohoTrouble | null = null;
  /** Set to hold background reads until released. */
  gate: Promise<void> = Promise.resolve();
  crmAccountId: string | null = '1';
  facts: CustomerFacts = {};
  linked: readonly CustomerId[] = [ACME];
  contactLinks = new Map<string, readonly CustomerId[]>();
  lists = {
    invoices: [invoice('I1')] as readonly Invoice[],
    payments: [] as readonly Payment[],
    creditNotes: [] as readonly CreditNote[],
    estimates: [] as readonly Estimate[],
  };
  tellsDeal = true;
  ofDeal: readonly DocumentId[] = [];

  private async answer<T>(call: string, value: T): Promise<T> {
    this.calls.push(call);
    if (this.trouble) throw this.trouble;
    await this.gate;
    return value;
  }
  private listing<Row>(name: string, rows: readonly Row[]): Promise<Listing<Row>> {
    return this.answer(name, { rows, warnings: [], tellsDeal: this.tellsDeal });
  }
  customersLinkedTo(record: { accountId: string } | { contactId: string }) {
    const ids = 'accountId' in record ? this.linked : (this.contactLinks.get(record.contactId) ?? []);
    return this.answer(
      'linked',
      ids.map((id) => ({ id, name: 'Acme', email: null })),
    );
  }
  customersNamed(name: string) {
    return this.answer('named', [
      { id: '701' as CustomerId, name: `${name} Holding`, email: null },
      { id: ACME, name: name.toUpperCase(), email: null },
    ]);
  }
  customer(): Promise<CustomerDetail> {
    const crmContactId = this.contactLinks.size > 0 ? '31' : null;
    return this.answer('customer', {
      customer,
      crmAccountId: this.crmAccountId,
      crmContactId,
      facts: this.facts,
    });
  }
  invoices() {
    return this.listing('invoices', this.lists.invoices);
  }
  payments() {
    return this.listing('payments', this.lists.payments);
  }
  creditNotes() {
    return this.listing('creditNotes', this.lists.creditNotes);
  }
  creditNoteRefunds() {
    return this.listing('refunds', []);
  }
  estimates() {
    return this.listing('estimates', this.lists.estimates);
  }
  salesOrders() {
    return this.listing('salesOrders', []);
  }
  expenses() {
    return this.listing('expenses', []);
  }
  documentsOfDeal(type: string) {
    return this.answer(`ofDeal:${type}`, type === 'estimate' ? this.ofDeal : []);
  }
  details(_type: string, id: DocumentId) {
    return this.answer(`net:${id}`, { net: money('USD', '80'), contents: { itemNames: [] } });
  }
  applications(id: DocumentId) {
    return this.answer(`split:${id}`, [{ invoiceId: 'I1' as DocumentId, amount: money('USD', '40') }]);
  }
}

let books: BooksBook;
let ledger: Ledger;
let now: Date;
let troubles: unknown[];
const contactsOfAccount = async (): Promise<readonly string[]> => ['30', '31'];
let account: LedgerQuestion;
let database: Database;

beforeAll(async () => {
  database = await openPglite('memory');
});
afterAll(() => database.close());

function ledgerOn(booksFor: (install: Install) => Promise<Books>): Ledger {
  const clock = (): Date => now;
  const store = createLedgerStore(database);
  const flights = createFlights({ database, clock, onTrouble: (trouble) => troubles.push(trouble) });
  const fill = createFill({ store, booksFor, clock });
  return {
    ...createReadLedger({ store, flights, fill, booksFor, clock, onView: () => undefined }),
    hint: createHint({ database, store, clock }),
  };
}

beforeEach(async () => {
  books = new BooksBook();
  now = new Date('2026-03-01T12:00:00Z');
  troubles = [];
  await database.query('truncate installs cascade');
  const row = { ...install, crmCurrency: 'USD' };
  install = { ...install, id: (await saveInstall(database, row, now)) as InstallId };
  account = { install, owner: { accountId: '1', contactsOfAccount } };
  ledger = ledgerOn(async () => books);
});

const later = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * 60_000);
};
async function linked(question = account): Promise<Extract<LedgerAnswer, { state: 'linked' }>> {
  const answer = await ledger.read(question);
  if (answer.state !== 'linked') throw new Error('not linked');
  return answer;
}
/** Lets background reads run to their end. */
async function settled(question = account): Promise<Extract<LedgerAnswer, { state: 'linked' }>> {
  for (let turn = 0; turn < 200; turn += 1) {
    const answer = await linked(question);
    if (!answer.readingOn) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('never settled');
}

describe('a customer seen for the first time', () => {
  it('costs five Books calls before the figures are there; the rest follows behind them', async () => {
    let release = (): void => undefined;
    const first = linked();
    const answer = await first;
    expect(answer.books[0]?.invoices).toHaveLength(1);
    books.gate = new Promise((resolve) => {
      release = resolve;
    });
    expect(books.calls.slice(0, 5)).toEqual(['linked', 'customer', 'invoices', 'payments', 'creditNotes']);
    expect(answer.readingOn).toBe(true);
    expect(answer.missing).toContain('quotes');
    release();
    expect((await settled()).missing).toEqual([]);
  });

  it('is read once however many people open it at the same moment', async () => {
    await Promise.all([linked(), linked(), linked()]);
    expect(books.calls.filter((call) => call === 'invoices')).toHaveLength(1);
  });

  it('says what went wrong when Books does not answer and nothing is stored', async () => {
    books.trouble = new ZohoTrouble('books', 'unreachable');
    await expect(ledger.read(account)).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

describe('a customer seen before', () => {
  it('costs no Books call while it is fresh', async () => {
    await settled();
    books.calls = [];
    later(4);
    expect((await linked()).fresh).toBe(true);
    expect(books.calls).toEqual([]);
  });

  it('is answered stale at once after fifteen minutes and read again behind the answer', async () => {
    await settled();
    later(16);
    books.lists.invoices = [invoice('I1', { balance: zero('USD'), status: 'paid', version: 'v2' })];
    const stale = await linked();
    expect(stale.fresh).toBe(false);
    expect(stale.books[0]?.invoices[0]?.balance.amount).toBe('60');
    const fresh = await settled();
    expect(fresh.fresh).toBe(true);
    expect(fresh.books[0]?.invoices[0]?.balance.amount).toBe('0');
  });

  it('keeps the last figures with their age while Books is down, and says why', async () => {
    const before = await settled();
    later(60);
    books.trouble = new ZohoTrouble('books', 'rate_limited');
    await linked();
    const answer = await settled();
    expect(answer.knownGoodAt).toEqual(before.knownGoodAt);
    expect(answer.trouble).toBe('books_rate_limited');
    expect(troubles.length).toBeGreaterThan(0);
  });

  it('does not hammer Books while it is in trouble', async () => {
    await settled();
    later(60);
    books.trouble = new ZohoTrouble('books', 'unreachable');
    await linked();
    await settled();
    books.calls = [];
    await linked();
    expect(books.calls).toEqual([]);
    later(1);
    await linked();
    await settled();
    expect(books.calls.length).toBeGreaterThan(0);
  });

  it('is read again when a person asks for newer figures, but not twice within seconds', async () => {
    await settled();
    later(1);
    books.calls = [];
    await linked({ ...account, wantsNewer: true });
    await settled();
    const once = books.calls.filter((call) => call === 'invoices').length;
    await linked({ ...account, wantsNewer: true });
    await settled();
    expect(once).toBe(1);
    expect(books.calls.filter((call) => call === 'invoices')).toHaveLength(1);
  });
});

describe('a customer Books said something about', () => {
  const reads = async (): Promise<number> => {
    books.calls = [];
    await linked();
    await settled();
    await linked();
    return books.calls.filter((call) => call === 'invoices').length;
  };

  it('is read again once, by whoever looks next', async () => {
    await settled();
    later(1);
    expect(await reads()).toBe(0);
    await ledger.hint(install, { customerIds: [ACME], types: [] });
    later(1);
    expect([await reads(), await reads()]).toEqual([1, 0]);
  });

  it('is nothing when it is unknown, or when no Books is connected', async () => {
    await settled();
    await ledger.hint(install, { customerIds: ['999'], types: [] });
    await ledger.hint({ ...install, books: null }, { customerIds: [ACME], types: [] });
    later(1);
    expect(await reads()).toBe(0);
  });
});

describe('whose customer it is', () => {
  it('an account without a customer is not linked', async () => {
    books.linked = [];
    expect(await ledger.read(account)).toEqual({ state: 'not_linked' });
  });

  it('a customer whose stored CRM id is another account is never shown, whatever the filter answered', async () => {
    books.crmAccountId = '2';
    expect(await ledger.read(account)).toEqual({ state: 'not_linked' });
    expect(books.calls).not.toContain('invoices');
  });

  it('an account with a suspicious crowd of customers is refused: Books ignored the filter', async () => {
    books.linked = Array.from({ length: 26 }, (_, index) => `${index}` as CustomerId);
    await expect(ledger.read(account)).rejects.toMatchObject({ detail: { code: 'filter_ignored' } });
  });

  it("is found through the account's contacts where only contacts are synchronised", async () => {
    books.linked = [];
    books.crmAccountId = null;
    books.contactLinks = new Map([['31', [ACME]]]);
    expect((await linked()).books[0]?.customer.id).toBe(ACME);
  });

  it('a stored customer is shown only to those who see the contact it hangs on', async () => {
    books.linked = [];
    books.crmAccountId = null;
    books.contactLinks = new Map([['31', [ACME]]]);
    await settled();
    books.calls = [];
    const seeing = (...contacts: readonly string[]): LedgerQuestion => ({
      install,
      owner: { accountId: '1', contactsOfAccount: async () => contacts },
    });
    expect(await ledger.read(seeing('30'))).toEqual({ state: 'not_linked' });
    expect((await linked(seeing('31'))).books[0]?.customer.id).toBe(ACME);
    expect(books.calls).toEqual([]);
  });

  it('a stored customer of another account is not shown on this one through a contact', async () => {
    books.crmAccountId = '2';
    books.contactLinks = new Map([['31', [ACME]]]);
    await settled({ install, owner: { accountId: '2', contactsOfAccount } });
    books.linked = [];
    expect(await ledger.read(account)).toEqual({ state: 'not_linked' });
  });

  it('a customer that moved to another account in Books is not shown once it has been read again', async () => {
    await settled();
    later(16);
    books.crmAccountId = '2';
    books.linked = [];
    await linked();
    await expect.poll(() => ledger.read(account)).toEqual({ state: 'not_linked' });
    later(16);
    books.trouble = new ZohoTrouble('books', 'unreachable');
    const theirs: LedgerQuestion = { install, owner: { accountId: '2', contactsOfAccount } };
    expect((await linked(theirs)).trouble).toBe('books_unreachable');
    await expect(ledger.read(account)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('one the copy knows to be elsewhere keeps nobody from their own while Books is down', async () => {
    const moved = '701' as CustomerId;
    await settled();
    books.customer = async () => ({
      customer: { ...customer, id: moved },
      crmAccountId: '2',
      crmContactId: null,
      facts: {},
    });
    books.linked = [moved];
    await linked({ install, owner: { accountId: '2', contactsOfAccount } });
    await database.query(`update customer_links set customer_ids = '{700,701}' where owner = 'account:1'`);
    books.trouble = new ZohoTrouble('books', 'unreachable');
    books.customer = async () => {
      throw new ZohoTrouble('books', 'unreachable');
    };
    const answer = await linked();
    expect(answer.books.map(({ customer: { id } }) => id)).toEqual([ACME]);
    expect(answer.trouble).toBe('books_unreachable');
  });

  it('suggests customers by name, the same name first', async () => {
    expect(await ledger.suggest({ install, name: 'Acme' })).toEqual([
      { id: ACME, name: 'ACME', evidence: 'same_name' },
      { id: '701', name: 'Acme Holding', evidence: 'similar_name' },
    ]);
  });
});

describe('what a customer is recognised by', () => {
  const known = async (): Promise<unknown> =>
    (await database.query<{ known: unknown }>('select known_by as known from ledger_customers'))[0]?.known;
  const listTells = (facts: CustomerFacts): Promise<void> =>
    noteCustomerFacts(database, { installId: install.id, organisationId: '9' }, [
      { customerId: ACME, facts },
    ]);

  it('goes when it was taken away in Books, and stays where a list says nothing of it', async () => {
    books.facts = { name: 'Acme', email: 'office@acme.example', taxNumber: 'DE811907980' };
    await settled();
    await listTells({ name: 'Acme', company: 'Acme GmbH', email: null });
    expect(await known()).toEqual({ name: 'Acme', company: 'Acme GmbH', taxNumber: 'DE811907980' });
    books.facts = { name: 'Acme', email: 'new@acme.example' };
    later(16);
    await linked();
    await settled();
    expect(await known()).toEqual({ name: 'Acme', email: 'new@acme.example' });
  });
});

describe('what only a document page tells', () => {
  it('reads the tax split of the documents of the deal somebody looks at, once per version of the document', async () => {
    const onDeal = { ...account, dealId: DEAL };
    books.lists.invoices = [invoice('I1', { dealId: DEAL }), invoice('I2', { dealId: '56' as DealId })];
    const netsOf = ({ books: [book] }: { books: readonly CustomerBook[] }) =>
      book?.invoices.map(({ net }) => net?.amount ?? null);
    expect(netsOf(await settled())).toEqual([null, null]);
    expect(netsOf(await settled(onDeal))).toEqual(['80', null]);
    later(20);
    await linked(onDeal);
    await settled(onDeal);
    expect(books.calls.filter((call) => call.startsWith('net:'))).toEqual(['net:I1']);
    books.lists.invoices = [invoice('I1', { dealId: DEAL, version: 'v2' })];
    later(20);
    await linked(onDeal);
    await settled(onDeal);
    expect(books.calls.filter((call) => call.startsWith('net:'))).toEqual(['net:I1', 'net:I1']);
  });

  it('asks again only for what is owed: opening the deal after the account costs no list twice', async () => {
    books.lists.invoices = [invoice('I1', { dealId: DEAL })];
    await settled();
    books.calls = [];
    await settled({ ...account, dealId: DEAL });
    expect(books.calls).toEqual(['net:I1']);
  });

  it('keeps what was read before trouble came', async () => {
    books.creditNoteRefunds = async () => {
      throw new ZohoTrouble('books', 'unreachable');
    };
    books.lists.creditNotes = [creditNote('C1')];
    await linked();
    expect((await settled()).missing).toEqual(['expenses', 'refunds']);
  });

  it('reads how a payment over several invoices was split', async () => {
    books.lists.invoices = [invoice('I1', { balance: money('USD', '20') })];
    books.lists.payments = [payment('P1', ['I1', 'I2']), payment('P2', ['I1'])];
    const {
      books: [book],
    } = await settled();
    expect(book?.payments[0]?.applications).toEqual([{ invoiceId: 'I1', amount: money('USD', '40') }]);
    expect(books.calls.filter((call) => call.startsWith('split'))).toEqual(['split:P1']);
  });

  it('a part Books refuses is named as missing and not asked for at every view', async () => {
    const refusing = new ZohoTrouble('books', 'refused');
    books.expenses = async () => {
      books.calls.push('expenses');
      throw refusing;
    };
    expect((await settled()).missing).toEqual(['expenses']);
    await linked();
    expect(books.calls.filter((call) => call === 'expenses')).toHaveLength(1);
  });

  it('credit notes Books refuses are left out and reported; the figures do not fail', async () => {
    books.creditNotes = async () => {
      books.calls.push('creditNotes');
      throw new ZohoTrouble('books', 'refused');
    };
    const answer = await linked();
    expect(answer.warnings).toEqual(['credit_note:refused']);
    expect(answer.missing).toContain('refunds');
    expect(answer.books[0]).toMatchObject({ creditNotes: [], creditNoteRefunds: null });
    expect(await settled()).toMatchObject({
      missing: ['refunds'],
      warnings: ['credit_note:refused'],
      books: [{ creditNoteRefunds: null, expenses: [] }],
    });
    books.calls = [];
    await linked();
    expect(books.calls).toEqual([]);
  });

  it.each(['invoices', 'payments'] as const)(
    'without %s there are no figures: their refusal is told',
    async (list) => {
      books[list] = async () => {
        throw new ZohoTrouble('books', 'refused');
      };
      await expect(ledger.read(account)).rejects.toMatchObject({ kind: 'refused' });
    },
  );

  it("asks the deal's own filter where lists do not carry the deal", async () => {
    books.tellsDeal = false;
    books.lists.estimates = [estimate('E1'), estimate('E2')];
    books.ofDeal = ['E2' as DocumentId];
    const onDeal = { ...account, dealId: DEAL };
    await settled(onDeal);
    const answer = await settled(onDeal);
    expect(answer.books[0]?.estimates?.map(({ dealId }) => dealId)).toEqual([null, DEAL]);
  });
});

describe('choosing another Books organisation', () => {
  it('a read that began before answers for the former one only, while it runs and once it is stored', async () => {
    const chosen = { organisationId: '10', name: 'Other', currency: 'USD', timeZone: 'UTC' };
    const moved: LedgerQuestion = { ...account, install: { ...install, books: chosen } };
    const other = new BooksBook();
    other.linked = [];
    ledger = ledgerOn(async ({ books: asked }) => (asked?.organisationId === '10' ? other : books));
    let release = (): void => undefined;
    books.gate = new Promise((resolve) => {
      release = resolve;
    });
    const before = linked();
    expect(await ledger.read(moved)).toEqual({ state: 'not_linked' });
    release();
    expect((await before).books).toHaveLength(1);
    await settled();
    expect(await ledger.read(moved)).toEqual({ state: 'not_linked' });
    expect(new Set(other.calls)).toEqual(new Set(['linked'])); // the account and its contacts, and no customer of the former
  });
});
