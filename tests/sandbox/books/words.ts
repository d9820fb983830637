import type { Wire } from '../organisation.ts';
import { daysBetween } from '../zoho-clock.ts';
import { amount, child, children, sumOf, text } from '../zoho-wire.ts';
import type { BooksModule } from './modules.ts';

const SENT = ['sent', 'viewed', 'unpaid', 'overdue', 'partially_paid'];

/**
 * The document as Books shows it today. Its word for a late invoice comes a night late: due yesterday is still "sent",
 * which is why nobody should count overdue by that word.
 */
export function asOf(document: Wire, { resource }: BooksModule, today: string): Wire {
  if (resource !== 'invoices' || !SENT.includes(text(document, 'status'))) return document;
  const late = daysBetween(text(document, 'due_date') || today, today);
  const open = amount(document, 'balance') > 0;
  const status = !open ? 'paid' : late > 1 ? 'overdue' : beforeLate(document);
  return { ...document, status, due_days: dueDays(late, open) };
}

function beforeLate(invoice: Wire): string {
  if (amount(invoice, 'balance') < amount(invoice, 'total')) return 'partially_paid';
  return text(invoice, 'status') === 'viewed' ? 'viewed' : 'sent';
}

function dueDays(late: number, open: boolean): string {
  if (!open) return '';
  if (late === 0) return 'Due Today';
  const days = `${Math.abs(late)} ${Math.abs(late) === 1 ? 'day' : 'days'}`;
  return late > 0 ? `Overdue by ${days}` : `Due in ${days}`;
}

const FLAGS = /^(is_|has_|ach_payment_initiated)/;
const LISTS = ['custom_fields', 'tags'];

/** A list row: only the module's columns, empty ones as `""` also where a number belongs. */
export function rowOf(document: Wire, module: BooksModule): Wire {
  const full = { ...derived(document, module), ...document };
  const row: Wire = {};
  for (const column of module.columns) {
    row[column] = full[column] ?? (FLAGS.test(column) ? false : LISTS.includes(column) ? [] : '');
  }
  return row;
}

/** What rows show that details put elsewhere. */
function derived(document: Wire, { resource }: BooksModule): Wire {
  switch (resource) {
    case 'contacts': {
      const person = children(document, 'contact_persons').find((one) => one.is_primary_contact !== false);
      return person
        ? {
            first_name: text(person, 'first_name'),
            last_name: text(person, 'last_name'),
            email: text(person, 'email'),
          }
        : {};
    }
    case 'customerpayments': {
      const rate = amount(document, 'exchange_rate') || 1;
      const total = amount(document, 'amount');
      const refunded = amount(document, 'amount_refunded');
      const applied = sumOf(children(document, 'invoices').map((part) => amount(part, 'amount_applied')));
      const unused =
        'unused_amount' in document ? amount(document, 'unused_amount') : sumOf([total, -applied, -refunded]);
      return {
        invoice_numbers: children(document, 'invoices')
          .map((part) => text(part, 'invoice_number'))
          .join(', '),
        unused_amount: unused,
        bcy_amount: inBase(total, rate),
        bcy_unused_amount: inBase(unused, rate),
        bcy_refunded_amount: inBase(refunded, rate),
        payment_status: text(document, 'status') || 'paid',
      };
    }
    case 'salesorders':
      return { bcy_total: inBase(amount(document, 'total'), amount(document, 'exchange_rate') || 1) };
    case 'expenses': {
      const net = 'sub_total' in document ? amount(document, 'sub_total') : amount(document, 'total');
      const rate = amount(document, 'exchange_rate') || 1;
      return {
        total_without_tax: net,
        bcy_total_without_tax: inBase(net, rate),
        bcy_total: inBase(amount(document, 'total'), rate),
      };
    }
    default:
      return {};
  }
}

const inBase = (value: number, rate: number): number => Number((value * rate).toFixed(2));

/** A value to compare by: text lower-cased, numbers as numbers, nested lookups by name. */
export function comparable(document: Wire, column: string): string | number {
  const value = document[column];
  if (typeof value === 'number') return value;
  return text(child(document, column), 'name').toLowerCase() || text(document, column).toLowerCase();
}
