import type { CreditNoteStatus, InvoiceStatus, UnknownStatus } from '../../domain/documents.ts';

const invoice = [
  'draft',
  'pending_approval',
  'approved',
  'rejected',
  'void',
  'sent',
  'viewed',
  'unpaid',
  'overdue',
  'partially_paid',
  'paid',
] as const satisfies readonly InvoiceStatus[];

const creditNote = [
  'draft',
  'pending_approval',
  'approved',
  'rejected',
  'void',
  'open',
  'closed',
] as const satisfies readonly CreditNoteStatus[];

const estimate = [
  'draft',
  'pending_approval',
  'approved',
  'rejected',
  'sent',
  'viewed',
  'invoiced',
  'partially_invoiced',
  'accepted',
  'declined',
  'expired',
  'signed',
  'pending_signature',
] as const;

const salesOrder = [
  'draft',
  'pending_approval',
  'network_pending_approval',
  'approved',
  'rejected',
  'open',
  'confirmed',
  'invoiced',
  'partially_invoiced',
  'not_invoiced',
  'to_be_invoiced',
  'invoiced_not_shipped',
  'shipped_not_invoiced',
  'shipped',
  'partially_shipped',
  'fulfilled',
  'paid',
  'partially_paid',
  'unpaid',
  'pending',
  'overdue',
  'onhold',
  'cancelled',
  'void',
  'closed',
] as const;

const expense = ['unbilled', 'invoiced', 'reimbursed', 'nonbillable', 'non_billable', 'billable'] as const;

/** What Books calls the state of money received; failed and voided money was not. */
const payment = ['', 'paid', 'partially_paid', 'success', 'refunded', 'partially_refunded'] as const;
const notReceived: readonly string[] = ['void', 'voided', 'failed', 'failure', 'cancelled', 'bounced'];

/** The words of each document type, as Zoho's API description and live rows have them. */
export const STATUSES = {
  invoice,
  credit_note: creditNote,
  estimate,
  sales_order: salesOrder,
  expense,
} as const;
type Statuses = typeof STATUSES;

type Warn = (warning: string) => void;

/** A word we do not know stays recognisable, is reported, and matches nothing. @see domain.md A0.1 */
export function statusOf<Type extends keyof Statuses>(
  type: Type,
  word: string,
  warn: Warn,
): Statuses[Type][number] | UnknownStatus {
  const plain = plainWord(word);
  const known = STATUSES[type].find((candidate) => candidate === plain);
  if (known !== undefined) return known;
  warn(`${type}:unknown:${plain}`);
  return `unknown:${plain}`;
}

/**
 * Whether a payment was voided or failed. A payment in a state we do not know counts and is reported: unlike a draft
 * invoice, it is only in the list because somebody recorded money.
 */
export function isVoided(word: string, warn: Warn): boolean {
  const plain = plainWord(word);
  if (notReceived.includes(plain)) return true;
  if (!payment.some((candidate) => candidate === plain)) warn(`payment:unknown:${plain}`);
  return false;
}

/** Warnings are shown, so nothing but a short plain word gets through. */
const plainWord = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 40);
