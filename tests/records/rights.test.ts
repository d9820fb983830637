import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer360 } from '../../server/contract/customer-360.ts';
import { Settings, type Template } from '../../server/contract/settings.ts';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import type { Wire } from '../sandbox/organisation.ts';
import { signIn } from '../sandbox/walk-install.ts';
import { type Answer, type Person, person } from '../support/person.ts';
import { type Product, startProduct } from '../support/product.ts';

const organisation = demoOrganisation({ today: '2026-11-20' });
let now = Date.parse('2026-11-20T15:00:00Z');
let product: Product;
let rep: Person;
let finance: Person;
/** Sees every record of the sales people, and is of a role that may see the least. */
let director: Person;

beforeAll(async () => {
  product = await startProduct({ organisation, clock: () => new Date(now) });
  rep = await person(product.server, PEOPLE.rep.id);
  finance = await person(product.server, PEOPLE.finance.id);
  await decide(PEOPLE.director.role, 'least');
  director = await person(product.server, PEOPLE.director.id);
});
afterAll(() => product?.stop());

const { goodPayer, paysLate, needsApproval, creditNotes, doesNotReconcile, jointPayments } =
  SHOWCASE.accounts;
const shown = [goodPayer, paysLate, needsApproval, creditNotes, doesNotReconcile, jointPayments];

const of = (accountId: string, what = 'customer-360'): string =>
  `/api/v1/records/Accounts/${accountId}/${what}`;
/** The organisation's calls per minute are counted on this clock. */
const ask = (who: Person, path: string, headers?: Record<string, string>): Promise<Answer> => {
  now += 30_000;
  return who.get(path, headers);
};

/** What an administrator decides about a role in the settings. */
async function decide(roleName: string, template: Template): Promise<void> {
  const { server } = product;
  const { accessToken } = await signIn({ server, userId: PEOPLE.ceo.id, purpose: 'setup' });
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const settings = await fetch(new URL('/api/v1/settings', server), { headers });
  const roles = Settings.parse(await settings.json()).roles.map(({ id, name, template: before }) => ({
    id,
    template: name === roleName ? template : before,
  }));
  const decided = await fetch(new URL('/api/v1/settings/roles', server), {
    method: 'PUT',
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ roles }),
  });
  expect(decided.status).toBe(200);
}

/** Waits until who asks is known and nothing is read behind the scenes any more. */
async function quiet(): Promise<void> {
  await rep.get(of(goodPayer.accountId));
  for (let before = -1; before !== product.sandbox.exchanges.list().length; ) {
    before = product.sandbox.exchanges.list().length;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

/** Every amount Books holds of a customer, as it could stand in an answer. */
function amountsOf(customerIds: readonly string[]): readonly string[] {
  const { invoices, customerpayments, creditnotes, estimates, salesorders, expenses, contacts } =
    organisation.books;
  const documents = [invoices, customerpayments, creditnotes, estimates, salesorders, expenses].flat();
  const own = (wire: Wire): boolean => customerIds.includes(String(wire.customer_id ?? wire.contact_id));
  const numbers = [...documents, ...contacts]
    .filter(own)
    .flatMap((wire) =>
      [
        'total',
        'balance',
        'amount',
        'sub_total',
        'unused_amount',
        'outstanding_receivable_amount',
        'unused_credits_receivable_amount',
        'credit_limit',
      ]
        .map((field) => wire[field])
        .filter((value): value is number => typeof value === 'number' && value > 0),
    );
  // Small round numbers also occur as counts, days and band edges; an amount with cents or many digits does not.
  return [...new Set(numbers.flatMap((value) => [String(value), value.toFixed(2)]))].filter(
    (text) => !/^[1-5]?0*$|^\d{1,3}$/.test(text.replace('.00', '')),
  );
}

const containsNumber = (text: string, number: string): boolean =>
  new RegExp(`(?<![\\d.])${number.replace('.', '\\.')}(?![\\d]|\\.\\d)`).test(text);

const { accounts, deals } = SHOWCASE;
/** Deals and a contact, with the account whose customers the figures are of. */
const OTHER_RECORDS = [
  { record: `Deals/${deals.ladder.id}`, account: accounts.dealLadder },
  { record: `Deals/${deals.overInvoiced.id}`, account: accounts.overInvoiced },
  { record: `Deals/${deals.wonNotInvoiced.id}`, account: accounts.wonNotInvoiced },
  { record: `Deals/${deals.needsApproval.id}`, account: accounts.needsApproval },
  { record: `Deals/${deals.yen.id}`, account: accounts.yen },
  { record: `Deals/${deals.contactLinked.id}`, account: accounts.contactLinked },
  { record: `Contacts/${accounts.contactLinked.contactId}`, account: accounts.contactLinked },
];

/** The amounts Books holds of the customers, and CRM of the account's deals. */
function amountsAround({
  accountId,
  customers,
}: (typeof OTHER_RECORDS)[number]['account']): readonly string[] {
  const worth = organisation.crm.Deals.filter(
    (deal) => (deal.Account_Name as Wire | null)?.id === accountId,
  ).map(({ Amount }) => Number(Amount));
  return [
    ...amountsOf(customers.map(({ id }) => id)),
    ...worth.filter((amount) => !/^[1-5]?0*$|^\d{1,3}$/.test(String(amount))).map(String),
  ];
}

const found = (amounts: readonly string[], { text, headers }: Answer): readonly string[] =>
  amounts.filter((amount) => containsNumber(`${text} ${[...headers].join(' ')}`, amount));

describe('on deals and contacts', () => {
  it('no amount is in any byte for sales or for the least, and finance receives them', async () => {
    let foundForFinance = 0;
    for (const { record, account } of OTHER_RECORDS) {
      const amounts = amountsAround(account);
      expect(amounts.length, record).toBeGreaterThan(3);
      for (const what of ['customer-360', 'documents']) {
        const path = `/api/v1/records/${record}/${what}`;
        for (const who of [rep, director]) {
          const answer = await ask(who, path);
          expect(answer.status, path).toBe(200);
          expect(found(amounts, answer), path).toEqual([]);
          expect(answer.text).not.toContain('"exact"');
        }
        foundForFinance += found(amounts, await ask(finance, path)).length;
      }
    }
    expect(foundForFinance).toBeGreaterThan(30);
  });
});

describe('a role nobody has decided to show more', () => {
  const records = [
    ...OTHER_RECORDS,
    ...shown.map((account) => ({ record: `Accounts/${account.accountId}`, account })),
  ];

  it('receives the grade with reasons in words: no count, no day, no document, no amount', async () => {
    for (const { record, account } of records) {
      const answer = await ask(director, `/api/v1/records/${record}/customer-360`);
      const told = Customer360.parse(JSON.parse(answer.text));
      if (told.state !== 'linked') throw new Error(`${record} is not linked`);
      expect(told.viewer.template).toBe('least');
      expect(Object.keys(told.figures), record).toEqual(['verdict']);
      for (const reason of told.figures.verdict?.reasons ?? []) expect(Object.keys(reason)).toEqual(['code']);
      expect(told.documents).toEqual({ rows: [], total: 0, types: [] });
      expect(told.warnings).toEqual([]);
      expect(told.freshness.missing).toEqual([]);
      if (told.ladder) expect(Object.keys(told.ladder).sort()).toEqual(['basis', 'stage']);
      expect(found(amountsAround(account), answer), record).toEqual([]);
      expect(answer.text).not.toContain('"level"');
    }
  });

  it('receives an empty list of documents', async () => {
    for (const { record } of records) {
      const { text } = await ask(director, `/api/v1/records/${record}/documents`);
      expect(JSON.parse(text), record).toMatchObject({ rows: [], total: 0, freshness: { missing: [] } });
    }
  });

  it('is not told which customers of Books have the name of a record that is not linked', async () => {
    const path = of(accounts.nameMatchOnly.accountId);
    const askedForNames = () =>
      product.sandbox.exchanges.list().filter(({ url }) => url.includes('contact_name'));
    await quiet();
    product.sandbox.exchanges.reset();
    expect(JSON.parse((await ask(rep, path)).text).suggestions).toHaveLength(1);
    expect(askedForNames()).not.toEqual([]);
    product.sandbox.exchanges.reset();
    expect(JSON.parse((await ask(director, path)).text)).toMatchObject({
      state: 'not_linked',
      suggestions: [],
    });
    expect(askedForNames()).toEqual([]);
  });
});

describe('a role of sales', () => {
  it('receives no exact amount in any byte of any answer, and finance does (so the search would find one)', async () => {
    let foundForFinance = 0;
    for (const { accountId, customers } of shown) {
      const amounts = amountsOf(customers.map(({ id }) => id));
      expect(amounts.length).toBeGreaterThan(5);
      const paths = [
        of(accountId),
        of(accountId, 'documents'),
        of(accountId, 'documents?type=invoice'),
        of(accountId, 'documents?page=2'),
      ];
      for (const path of paths) {
        const toRep = await ask(rep, path);
        expect(toRep.status).toBe(200);
        const all = `${toRep.text} ${[...toRep.headers].join(' ')}`;
        expect(
          amounts.filter((amount) => containsNumber(all, amount)),
          path,
        ).toEqual([]);
        expect(toRep.text).not.toContain('"exact"');
        const toFinance = await ask(finance, path);
        foundForFinance += amounts.filter((amount) => containsNumber(toFinance.text, amount)).length;
      }
    }
    expect(foundForFinance).toBeGreaterThan(50);
  });

  it('learns that something is overdue, how often and how long, but not how much', async () => {
    const answer = Customer360.parse(JSON.parse((await ask(rep, of(needsApproval.accountId))).text));
    if (answer.state !== 'linked') throw new Error('not linked');
    expect(answer.figures.verdict?.grade).toBe('needs_finance_approval');
    expect(answer.figures.overdue).toEqual({ level: 'status', status: 'some' });
    expect(answer.figures.oldestOverdueDays).toBe(74);
    expect(answer.figures.open?.level).toBe('band');
    expect(answer.viewer).toEqual({ template: 'sales', administrator: false, mayLink: true });
  });

  it('is told that figures do not tie, but not by how much', async () => {
    const path = of(doesNotReconcile.accountId);
    const toRep = Customer360.parse(JSON.parse((await ask(rep, path)).text));
    const toFinance = Customer360.parse(JSON.parse((await ask(finance, path)).text));
    if (toRep.state !== 'linked' || toFinance.state !== 'linked') throw new Error('not linked');
    expect(toRep.figures.reconciliation).toEqual({ level: 'differs' });
    expect(toFinance.figures.reconciliation).toMatchObject({
      level: 'differs',
      difference: { level: 'exact' },
    });
  });
});

describe('a record', () => {
  it('that may not be seen answers to the byte like one that does not exist', async () => {
    const visible = new Set([PEOPLE.rep.id]);
    const hidden = organisation.crm.Accounts.find(
      (account) => !visible.has(String((account.Owner as Wire).id)),
    );
    const forbidden = await ask(rep, of(String(hidden?.id)));
    const absent = await ask(rep, of('3652397000099999999'));
    const strip = ({ status, headers, text }: Answer) => ({
      status,
      headers: [...headers]
        .filter(
          ([name]) => !['date', 'x-request-id', 'x-ratelimit-remaining', 'x-ratelimit-reset'].includes(name),
        )
        .map(([name]) => name),
      length: text.length,
      body: { ...JSON.parse(text), requestId: '' },
    });
    expect(forbidden.status).toBe(404);
    expect(strip(forbidden)).toEqual(strip(absent));
    expect((await ask(finance, of(String(hidden?.id)))).status).toBe(200);
  });

  it('is refused before any call to Zoho when its id or module is not one', async () => {
    await quiet();
    product.sandbox.exchanges.reset();
    for (const bad of [
      'Accounts/..%2f1',
      'Accounts/1%00',
      'Accounts/1e3',
      'Accounts/-1',
      `Accounts/${'9'.repeat(31)}`,
      'Accounts/١٢٣',
      'Leads/1',
      'Accounts/1%3Ffields=Cost',
    ]) {
      const { status, text } = await rep.get(`/api/v1/records/${bad}/customer-360`);
      expect([400, 404], bad).toContain(status);
      expect(JSON.parse(text)).toMatchObject({ status });
    }
    expect(product.sandbox.exchanges.counts()).toEqual({});
  });

  it('shows on a deal the ladder without the figures of an account this person may not open', async () => {
    const { status, text } = await ask(
      rep,
      `/api/v1/records/Deals/${SHOWCASE.deals.accountHidden.id}/customer-360`,
    );
    expect(status).toBe(200);
    expect(Customer360.parse(JSON.parse(text))).toMatchObject({
      state: 'not_linked',
      reason: 'account_hidden',
      suggestions: [],
    });
  });
});

describe('what the browser claims', () => {
  it('changes nothing: role, user, organisation in headers or query are ignored or refused', async () => {
    const path = of(paysLate.accountId);
    const plain = JSON.parse((await ask(rep, path)).text);
    const forged = await rep.get(path, {
      'x-user-role': 'CEO',
      'x-zoho-user': PEOPLE.ceo.id,
      'x-organization-id': '1',
      role: 'Administrator',
      userId: PEOPLE.finance.id,
    });
    expect(JSON.parse(forged.text).figures).toEqual(plain.figures);
    for (const query of [
      `userId=${PEOPLE.ceo.id}`,
      'role=CEO',
      'organization_id=1',
      'fields=balance',
      'include=all',
      'sort=balance',
      'format=raw',
    ]) {
      const onRecord = await rep.get(`${path}?${query}`);
      if (onRecord.status === 200) expect(JSON.parse(onRecord.text).figures, query).toEqual(plain.figures);
      else expect(onRecord.status, query).toBe(400);
      expect((await rep.get(`${of(paysLate.accountId, 'documents')}?${query}`)).status, query).toBe(400);
    }
  });
});
