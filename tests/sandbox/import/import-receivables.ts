import { join } from 'node:path';
import type { CustomerFacts } from '../demo/book-facts.ts';
import type { AccountFacts } from '../demo/crm-wire.ts';
import { currency, type Minor } from '../demo/currencies.ts';
import type { CustomerBook } from '../demo/customer-book.ts';
import { booksId, createBooksIds, crmId } from '../demo/ids.ts';
import { createCustomerBook } from '../demo/open-customer-book.ts';
import { PEOPLE } from '../demo/people.ts';
import { type Day, daysAfter, daysBetween } from '../demo/plain-day.ts';
import type { Item } from '../demo/price-list.ts';
import type { Organisation } from '../organisation.ts';
import { readCsv } from './csv.ts';
import { type Imported, importedOrganisation } from './imported-organisation.ts';

const FILE = 'ar/WA_Fn-UseC_-Accounts-Receivable.csv';
const COLUMNS = [
  'countryCode',
  'customerID',
  'invoiceNumber',
  'InvoiceDate',
  'DueDate',
  'InvoiceAmount',
  'SettledDate',
] as const;

/** The file knows amounts only, no articles. */
const SERVICES: Item = {
  id: booksId('item', 900),
  productId: crmId('product', 900),
  sku: 'AR',
  name: 'Services',
  unit: '',
  kind: 'service',
  category: 'Services',
  listPrice: 0,
};

/**
 * The accounts-receivable set as it stood on a day: an invoice is there when it was written by then, its one
 * payment when it was settled by then. All dates move by the same whole days, so that `asOf` becomes `today`.
 *
 * @param dataDir the folder that holds `ar/`
 * @param asOf day of the file's own years, `yyyy-mm-dd`
 * @throws when the file or one of its columns is missing
 */
export function importReceivables(dataDir: string, asOf: string, today: string): Organisation {
  const set = receivablesOf(dataDir, asOf, today);
  return importedOrganisation([set], { name: 'Imported receivables', today, repId: PEOPLE.rep.id });
}

export function receivablesOf(dataDir: string, asOf: string, today: string): Imported {
  const shift = daysBetween(asOf, today);
  const moved = (date: string): Day => daysAfter(usDay(date), shift);
  const rows = readCsv(join(dataDir, FILE), COLUMNS);
  const ids = createBooksIds();
  const since = daysAfter('2012-01-01', shift);

  const accounts: AccountFacts[] = [];
  const books = new Map<string, CustomerBook>();
  const firstSeen = new Map(rows.map(({ customerID, countryCode }) => [customerID, countryCode]));
  for (const [at, name] of [...firstSeen.keys()].sort().entries()) {
    const account = accountOf(name, firstSeen.get(name) ?? '', at + 1, since);
    accounts.push(account);
    books.set(name, createCustomerBook(customerOf(account, at + 1), ids, today));
  }
  for (const row of rows) {
    const book = books.get(row.customerID);
    const date = moved(row.InvoiceDate);
    if (!book || date > today) continue;
    const invoice = book.invoice({
      number: row.invoiceNumber,
      date,
      due: moved(row.DueDate),
      lines: [{ item: SERVICES, quantity: 1, rate: cents(row.InvoiceAmount) }],
    });
    const settled = moved(row.SettledDate);
    if (settled <= today) book.pay({ date: settled, parts: [{ invoice }] });
  }
  return {
    accounts,
    books: [...books.values()],
    deals: [],
    products: [],
    items: [SERVICES],
    people: [],
    roles: [],
    since,
  };
}

function accountOf(name: string, countryCode: string, n: number, since: Day): AccountFacts {
  const nowhere = { city: '', state: '', country: `Country ${countryCode}` };
  return {
    id: crmId('account', n),
    name,
    owner: PEOPLE.rep,
    industry: 'Services',
    ...nowhere,
    currency: 'USD',
    since,
  };
}

function customerOf(account: AccountFacts, n: number): CustomerFacts {
  const { id, name, owner, city, state, country, since } = account;
  return {
    id: booksId('customer', n),
    name,
    currency: currency('USD'),
    accountId: id,
    contactId: '',
    ownerId: owner.id,
    contactPerson: { id: booksId('contactPerson', n), firstName: '', lastName: name, email: '' },
    city,
    state,
    country,
    termsDays: 30,
    taxMilliPercent: 0,
    taxName: '',
    creditLimit: null,
    since,
    salesperson: { id: booksId('salesperson', Number(owner.id.slice(-5))), name: owner.name },
  };
}

/** `1/2/2013` is the second of January. */
function usDay(text: string): Day {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  if (!month || !day || !year) throw new Error(`Not a month/day/year: ${text}`);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Read as text: a float would lose cents. */
function cents(text: string): Minor {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`Not an amount: ${text}`);
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
