import type { DocumentType } from '../../server/contract/figures.ts';

/** What people look for in each list; any other status is found by reading. */
export const STATUSES: Readonly<Record<DocumentType, readonly string[]>> = {
  invoice: ['overdue', 'due_today', 'sent', 'part_paid', 'paid', 'written_off', 'draft', 'void'],
  estimate: ['draft', 'sent', 'accepted', 'declined', 'expired', 'invoiced'],
  sales_order: ['draft', 'open', 'partially_invoiced', 'invoiced', 'closed', 'void'],
  credit_note: ['draft', 'open', 'closed', 'void'],
  expense: ['unbilled', 'invoiced', 'reimbursed', 'nonbillable'],
  payment: ['received', 'advance', 'refunded', 'void'],
};
