import type { CalendarDay } from './calendar-day.ts';
import { daysBetween } from './calendar-day.ts';
import type { CreditNote, Estimate, Expense, Invoice, Payment, SalesOrder } from './documents.ts';
import { invoiceInScope } from './in-scope.ts';
import { compare, isPositive } from './money.ts';

/** Our word for an invoice. Dates and balances decide, Books' own word lags. @see domain rule A3 */
export function invoiceStatus(invoice: Invoice, today: CalendarDay): string {
  if (!invoiceInScope(invoice)) return word(invoice.status);
  if (!isPositive(invoice.balance)) return isPositive(invoice.writtenOff) ? 'written_off' : 'paid';
  const daysLate = invoice.dueDate === null ? -1 : daysBetween(invoice.dueDate, today);
  if (daysLate > 0) return 'overdue';
  if (daysLate === 0) return 'due_today';
  return compare(invoice.balance, invoice.total) < 0 ? 'part_paid' : 'sent';
}

export function paymentStatus({ amount, refunded, unused, voided }: Payment): string {
  if (voided) return 'void';
  if (isPositive(refunded) && compare(refunded, amount) >= 0) return 'refunded';
  return isPositive(unused) && compare(unused, amount) >= 0 ? 'advance' : 'received';
}

export const otherStatus = ({ status }: CreditNote | Estimate | SalesOrder | Expense): string => word(status);

/** Books' word as ours are written; a word this version does not know is `unknown`, and warned of elsewhere. */
const word = (status: string): string =>
  status.startsWith('unknown:')
    ? 'unknown'
    : status
        .toLowerCase()
        .replaceAll(/[^a-z]+/g, '_')
        .slice(0, 30);
