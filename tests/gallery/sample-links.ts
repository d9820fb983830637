import type { AccountLinks } from '../../server/contract/account-links.ts';
import type { DocumentRow } from '../../server/contract/figures.ts';
import type { LinkPreview, LinkRow, Links, Suggestions } from '../../server/contract/links.ts';
import { band, exact, LADDER, onDeal } from './sample-answers.ts';

type Suggestion = Suggestions['suggestions'][number];

const document = (over: Partial<DocumentRow> & Pick<DocumentRow, 'number' | 'type'>): DocumentRow => ({
  id: over.number.replace(/\D/g, ''),
  date: '2026-11-03',
  status: 'sent',
  ...over,
});

export const INVOICE = document({
  type: 'invoice',
  number: 'INV-004182',
  date: '2026-09-18',
  dueDate: '2026-10-18',
  daysOverdue: 34,
  status: 'overdue',
  total: exact('8450.00'),
  href: 'https://books.example/',
});
export const QUOTE = document({
  type: 'estimate',
  number: 'QT-00318',
  status: 'accepted',
  total: exact('24600.00'),
});
const ORDER = document({ type: 'sales_order', number: 'SO-00077', status: 'open', total: exact('24600.00') });
const EXPENSE = document({
  type: 'expense',
  number: '',
  id: '310',
  status: 'unbilled',
  total: exact('310.50'),
});
const DOLLARS = document({ type: 'invoice', number: 'INV-004207', total: exact('5200.00', 'USD') });

const CUSTOMER = { id: '46000001', name: 'Brightwater Logistics GmbH' };
const suggestion = (of: DocumentRow, over: Partial<Suggestion> = {}): Suggestion => ({
  document: of,
  customer: CUSTOMER,
  reasons: ['same_customer'],
  obstacles: [],
  ...over,
});

export const SUGGESTIONS: readonly Suggestion[] = [
  suggestion(QUOTE, {
    reference: 'Warehouse robots, phase 1',
    reasons: ['same_customer', 'amount_equals', 'name_in_reference'],
  }),
  suggestion(INVOICE, { reference: 'PO 7781', reasons: ['same_customer', 'amount_close', 'date_close'] }),
  suggestion(ORDER, { reasons: ['same_customer', 'same_chain', 'same_items', 'unlinked'] }),
  suggestion(EXPENSE),
  suggestion(DOLLARS, {
    customer: { id: '46000002', name: 'Brightwater Inc.' },
    booked: { rate: '0.9214', base: { currency: 'EUR', amount: '4791.28' } },
  }),
];

/** One document for every obstacle. */
export const IN_THE_WAY: readonly Suggestion[] = (
  [
    { code: 'other_customer' },
    {
      code: 'linked_elsewhere',
      deal: { id: '4000000002', name: 'Cold storage' },
      by: 'Maya Lindqvist',
      at: '2026-11-12T09:30:00Z',
    },
    { code: 'linked_elsewhere' },
    { code: 'already_linked' },
    { code: 'deal_without_account' },
    { code: 'deal_gone' },
    { code: 'voided' },
    { code: 'locked_period' },
    { code: 'approved' },
    { code: 'exceeds_net' },
    { code: 'net_unknown' },
    { code: 'share_too_precise' },
    { code: 'document_gone' },
    { code: 'no_right' },
    { code: 'books_unreachable' },
  ] as const
).map((obstacle, at) =>
  suggestion(document({ type: 'invoice', number: `INV-00500${at}`, total: exact('980.00') }), {
    reasons: [],
    obstacles: [obstacle],
  }),
);

/** The same list for a role that sees ranges. */
export const SUGGESTIONS_IN_RANGES: readonly Suggestion[] = SUGGESTIONS.map((one) => ({
  ...one,
  document: { ...one.document, total: band('1000', '10000') },
  reasons: one.reasons.filter((reason) => !reason.startsWith('amount')),
}));

export const PREVIEW: LinkPreview = {
  before: LADDER,
  after: {
    ...LADDER,
    invoiced: exact('24600.84'),
    leftToInvoice: exact('17399.16'),
  },
  obstacles: [],
};

const link = (of: DocumentRow, over: Partial<LinkRow> = {}): LinkRow => ({
  document: { ...of, dealId: onDeal.id },
  inBooks: { state: 'yes' },
  origin: 'person',
  by: 'Maya Lindqvist',
  at: '2026-11-12T09:30:00Z',
  ...over,
});

export const LINKED: readonly LinkRow[] = [
  link(QUOTE),
  link(INVOICE, { inBooks: { state: 'not_yet', reason: 'locked' } }),
  link(ORDER, {
    origin: 'automation',
    inBooks: { state: 'conflict', booksDeal: { id: '4000000002', name: 'Cold storage' } },
  }),
  link(EXPENSE, { origin: 'books', share: exact('100.00'), inBooks: { state: 'second_share' } }),
];

const COLD_STORAGE = { id: '4000000002', name: 'Cold storage' };
/** What stands below an account's documents, one of each kind. */
export const ACCOUNT_LINKS: AccountLinks = {
  attention: [
    { what: 'deal_gone', document: INVOICE, dealId: '4000000009' },
    {
      what: 'in_books',
      document: ORDER,
      deal: COLD_STORAGE,
      inBooks: { state: 'conflict', booksDeal: { id: onDeal.id, name: onDeal.name } },
    },
    { what: 'in_books', document: EXPENSE, inBooks: { state: 'conflict', booksDeal: {} } },
    {
      what: 'in_books',
      document: DOLLARS,
      deal: COLD_STORAGE,
      inBooks: { state: 'not_yet', reason: 'locked' },
    },
  ],
  recent: [
    { did: 'linked', document: QUOTE, deal: COLD_STORAGE },
    {
      did: 'unlinked',
      document: INVOICE,
      deal: COLD_STORAGE,
      undoId: '7f3c2a90-1d5e-4b1a-8b1a-7f3c2a901d5e',
      until: '2026-11-21T15:30:00Z',
    },
  ],
};

export const theLinks = (over: Partial<Links> = {}): Links => ({
  deal: { id: onDeal.id, name: onDeal.name },
  mayLink: true,
  links: [...LINKED],
  undo: [],
  ...over,
});
