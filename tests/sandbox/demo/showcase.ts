import type { CurrencyCode } from './currencies.ts';
import { booksId, crmId } from './ids.ts';
import type { PEOPLE } from './people.ts';

type OwnerKey = keyof typeof PEOPLE;

interface Plan {
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  readonly owner: OwnerKey;
  readonly industry: string;
  readonly place: readonly [city: string, state: string, country: string];
  readonly currency: CurrencyCode;
  readonly customers: readonly {
    readonly name: string;
    readonly currency: CurrencyCode;
    readonly linkedBy: 'account' | 'contact' | 'nobody';
  }[];
}

const US = (city: string, state: string) => [city, state, 'U.S.A'] as const;

function account(name: string, shows: string, more: Partial<Omit<Plan, 'name' | 'shows'>> = {}): Plan {
  const currency = more.currency ?? 'USD';
  return {
    name,
    shows,
    owner: 'rep',
    industry: 'Services',
    place: US('New York', 'NY'),
    currency,
    customers: [{ name, currency, linkedBy: 'account' }],
    ...more,
  };
}

/** Special cases, each on an account of its own. The order decides ids: append, never insert. */
const PLANS = {
  goodPayer: account('Brightwater Legal LLP', 'pays on time, for long', { industry: 'Legal' }),
  paysLate: account('Carver & Lund Architects', 'always pays two weeks late', { industry: 'Engineering' }),
  needsApproval: account('Meridian Freight Lines', 'a large invoice is 74 days overdue', {
    industry: 'Transport',
  }),
  overCreditLimit: account('Tallgrass Construction', 'owes more than its credit limit, nothing of it late', {
    industry: 'Construction',
  }),
  newCustomer: account('Fennel & Rye Catering', 'bought first five weeks ago', { industry: 'Food' }),
  partPayments: account('Harbor City Schools', 'pays by instalments', { industry: 'Education' }),
  jointPayments: account('Osprey Insurance Group', 'pays several invoices with one payment', {
    industry: 'Finance',
  }),
  creditNotes: account('Lakeshore Medical Center', 'credit notes: applied, open, refunded, draft, void', {
    industry: 'Health',
  }),
  paymentRefunds: account(
    'Juniper Travel',
    'got an overpayment back; the newest payment was refunded in full',
    { industry: 'Hotels' },
  ),
  voidsAndDrafts: account(
    'Granary Row Market',
    'void invoices and drafts past their date, which nobody owes',
    { industry: 'Retail' },
  ),
  writeOff: account('Old Mill Brewing', 'an invoice was written off ten months ago', { industry: 'Food' }),
  retainers: account('Northgate Events', 'paid retainers in advance, one half used', { industry: 'Hotels' }),
  openingBalance: account('Pinecrest Property Management', 'still owes part of an opening balance', {
    industry: 'Property',
  }),
  advances: account('Summit Ridge Outfitters', 'advances not yet applied', { industry: 'Retail' }),
  dueToday: account('Cedar Valley Dental', 'invoices due yesterday, today and tomorrow', {
    industry: 'Health',
  }),
  yen: account('ギンザ文具株式会社', 'pays in yen, no places after the point', {
    industry: 'Retail',
    place: ['Tokyo', '', 'Japan'],
    currency: 'JPY',
  }),
  dinar: account(
    'شركة النور للتجهيزات المكتبية',
    'pays in Kuwaiti dinar, three places; written right to left',
    {
      industry: 'Retail',
      place: ['Kuwait City', '', 'Kuwait'],
      currency: 'KWD',
    },
  ),
  nameMatchOnly: account('Willow Creek Bakery', 'not linked, but Books has a customer of the same name', {
    industry: 'Food',
    customers: [{ name: 'Willow Creek Bakery', currency: 'USD', linkedBy: 'nobody' }],
  }),
  noTransactions: account('Quiet Harbor Yoga', 'linked, no transaction yet'),
  twoCustomers: account('Atlas Logistics Group', 'two Books customers in one currency', {
    industry: 'Transport',
    customers: [
      { name: 'Atlas Logistics Group East', currency: 'USD', linkedBy: 'account' },
      { name: 'Atlas Logistics Group West', currency: 'USD', linkedBy: 'account' },
    ],
  }),
  twoCurrencies: account('Pacific Rim Trading', 'two Books customers in different currencies', {
    industry: 'Transport',
    place: US('Seattle', 'WA'),
    customers: [
      { name: 'Pacific Rim Trading', currency: 'USD', linkedBy: 'account' },
      { name: 'Pacific Rim Trading (Japan)', currency: 'JPY', linkedBy: 'account' },
    ],
  }),
  contactLinked: account('Lindgren Consulting', 'its Books customer hangs on a CRM contact', {
    customers: [{ name: 'Lindgren Consulting', currency: 'USD', linkedBy: 'contact' }],
  }),
  doesNotReconcile: account('Redstone Quarry Supply', 'Books claims 125.00 more than its documents', {
    industry: 'Construction',
  }),
  quotes: account('The "Blue Door" Coworking Co.', 'double quotes in the name', { industry: 'Property' }),
  apostrophe: account("O'Brien & Sons Printing", 'an apostrophe and an ampersand in the name', {
    industry: 'Media',
  }),
  emoji: account('Sakura 🌸 Stationery', 'an emoji in the name', { industry: 'Retail' }),
  markup: account('<b>Bold</b> Design Studio', 'markup in the name, to be shown as typed', {
    industry: 'Arts',
  }),
  hebrew: account('משרדי הצפון בע״מ', 'a right-to-left name, pays in dollars', {
    place: ['Haifa', '', 'Israel'],
  }),
  dealLadder: account('Kingfisher Hotels', 'a deal quoted, ordered, half invoiced and partly collected', {
    industry: 'Hotels',
  }),
  overInvoiced: account('Tern Island Ferries', 'a deal invoiced beyond its amount', {
    industry: 'Transport',
  }),
  wonNotInvoiced: account('Larch Valley College', 'a deal won seven weeks ago without an invoice', {
    industry: 'Education',
  }),
  west: account('Sequoia Data Centers', 'owned in the West: the demo representative may not open it', {
    owner: 'managerWest',
    industry: 'Technology',
    place: US('San Jose', 'CA'),
  }),
  euro: account('Bergmann Planungsbüro GmbH', 'pays in euro', {
    industry: 'Engineering',
    place: ['Berlin', '', 'Germany'],
    currency: 'EUR',
  }),
  prospect: account('Thistledown Theatre', 'nothing in Books, not even a similar name', {
    industry: 'Arts',
    customers: [],
  }),
  everyBucket: account('Blackthorn Foundry', 'something open in every ageing bucket', {
    industry: 'Manufacturing',
  }),
  manyInvoices: account('Union Parcel Depot', 'more invoices than fit a page of Books', {
    industry: 'Transport',
  }),
} as const satisfies Record<string, Plan>;

export type ShowcaseKey = keyof typeof PLANS;

interface ShowcaseCustomer {
  readonly id: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly linkedBy: 'account' | 'contact' | 'nobody';
}

export interface ShowcaseAccount extends Omit<Plan, 'customers'> {
  readonly accountId: string;
  /** The account's contact in CRM. */
  readonly contactId: string;
  readonly customers: readonly ShowcaseCustomer[];
}

export const SHOWCASE_KEYS = Object.keys(PLANS) as readonly ShowcaseKey[]; // safe because PLANS is a constant

function place(): Record<ShowcaseKey, ShowcaseAccount> {
  let customersSoFar = 0;
  const placed = SHOWCASE_KEYS.map((key, at): [ShowcaseKey, ShowcaseAccount] => {
    const plan: Plan = PLANS[key];
    const customers = plan.customers.map((customer) => ({
      id: booksId('customer', ++customersSoFar),
      ...customer,
    }));
    return [
      key,
      { ...plan, accountId: crmId('account', at + 1), contactId: crmId('contact', at + 1), customers },
    ];
  });
  return Object.fromEntries(placed) as Record<ShowcaseKey, ShowcaseAccount>; // safe because every key was mapped
}

/** Deals with a story; their ids come before those of all other deals. */
const DEALS = {
  ladder: 'Kingfisher Hotels – refurbishing of 40 rooms',
  overInvoiced: 'Tern Island Ferries – ticket offices',
  wonNotInvoiced: 'Larch Valley College – library furniture',
  withoutAccount: 'Pop-up store – furniture rental',
  accountHidden: 'Sequoia Data Centers – East coast office',
  west: 'Sequoia Data Centers – campus fit-out',
  unlinked: 'Willow Creek Bakery – second shop',
  goodPayer: 'Brightwater Legal LLP – conference floor',
  needsApproval: 'Meridian Freight Lines – depot offices',
  yen: 'ギンザ文具株式会社 – 本店の改装',
  contactLinked: 'Lindgren Consulting – home-office kits',
} as const;

type ShowcaseDealKey = keyof typeof DEALS;

export const SHOWCASE_DEAL_KEYS = Object.keys(DEALS) as readonly ShowcaseDealKey[]; // safe because DEALS is a constant

/** Names and ids of the special cases: the same for every seed and every day. */
export const SHOWCASE = {
  accounts: place(),
  deals: Object.fromEntries(
    SHOWCASE_DEAL_KEYS.map((key, at) => [key, { id: crmId('deal', at + 1), name: DEALS[key] }]),
  ) as Record<ShowcaseDealKey, { readonly id: string; readonly name: string }>, // safe because every key was mapped
  /** What `doesNotReconcile` is off by, in US dollars. */
  unexplained: '125.00',
} as const;
