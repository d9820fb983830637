import type { CreditNote, Estimate, Invoice, SalesOrder } from './documents.ts';

const COUNTING_INVOICES: ReadonlySet<string> = new Set([
  'sent',
  'viewed',
  'unpaid',
  'overdue',
  'partially_paid',
  'paid',
]);
const COUNTING_CREDIT_NOTES: ReadonlySet<string> = new Set(['open', 'closed']);
// A quote counts while the customer holds it or took it; a draft, a refusal and an expired offer promise nothing.
const LIVE_ESTIMATES: ReadonlySet<string> = new Set([
  'sent',
  'viewed',
  'accepted',
  'approved',
  'signed',
  'invoiced',
  'partially_invoiced',
]);
const LIVE_ORDERS: ReadonlySet<string> = new Set([
  'open',
  'approved',
  'onhold',
  'overdue',
  'invoiced',
  'partially_invoiced',
  'closed',
]);

/** Whether it is a receivable at all: drafts, approvals, voids and words we do not know are not. @see domain rule A0.1 */
export const invoiceInScope = ({ status }: Pick<Invoice, 'status'>): boolean => COUNTING_INVOICES.has(status);

/** @see domain rule A0.1 */
export const creditNoteInScope = ({ status }: Pick<CreditNote, 'status'>): boolean =>
  COUNTING_CREDIT_NOTES.has(status);

export const estimateIsLive = ({ status }: Pick<Estimate, 'status'>): boolean => LIVE_ESTIMATES.has(status);

export const orderIsLive = ({ status }: Pick<SalesOrder, 'status'>): boolean => LIVE_ORDERS.has(status);
