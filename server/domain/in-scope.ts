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
  'pending_signature',
  'signed',
  'invoiced',
  'partially_invoiced',
]);
// An order may be anywhere between confirmed, shipped and paid: all but the ones never confirmed or called off count.
const DEAD_ORDERS: ReadonlySet<string> = new Set([
  'draft',
  'pending',
  'pending_approval',
  'network_pending_approval',
  'rejected',
  'cancelled',
  'void',
]);

/** Whether it is a receivable at all: drafts, approvals, voids and words we do not know are not. @see domain rule A0.1 */
export const invoiceInScope = ({ status }: Pick<Invoice, 'status'>): boolean => COUNTING_INVOICES.has(status);

/** @see domain rule A0.1 */
export const creditNoteInScope = ({ status }: Pick<CreditNote, 'status'>): boolean =>
  COUNTING_CREDIT_NOTES.has(status);

export const estimateIsLive = ({ status }: Pick<Estimate, 'status'>): boolean => LIVE_ESTIMATES.has(status);

export const orderIsLive = ({ status }: Pick<SalesOrder, 'status'>): boolean =>
  !DEAD_ORDERS.has(status) && !status.startsWith('unknown:');
