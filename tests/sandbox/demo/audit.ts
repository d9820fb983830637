import Big from 'big.js';
import type { Organisation, Wire } from '../organisation.ts';

/**
 * An auditor's look at the printed documents: it adds up what is on paper, by decimals, and knows nothing of how
 * the documents were made.
 */
export interface Audit {
  readonly name: string;
  /** Books' outstanding less what the documents say: zero when the customer ties. */
  readonly outstandingOff: string;
  /** Opening balance + invoices − everything that settled them, less the balances left. */
  readonly settlementOff: string;
  /** Books' unused credits less open credit notes and unapplied payments. */
  readonly creditsOff: string;
  /** Books' unused retainers less what is left of retainer payments. */
  readonly retainersOff: string;
}

const OWED = ['sent', 'viewed', 'unpaid', 'overdue', 'partially_paid', 'paid'];

export const rows = (value: unknown): Wire[] => (Array.isArray(value) ? value : []);

export function total(list: readonly Wire[], field: string): Big {
  return list.reduce((sum, row) => sum.plus(amount(row, field)), new Big(0));
}

function amount(row: Wire, field: string): Big {
  const value = row[field];
  if (typeof value !== 'number') throw new Error(`${field} is not a number: ${String(value)}`);
  return new Big(value);
}

/** Audits every Books customer. @see domain rules A0.7 and A2 */
export function audit({ books }: Organisation): Audit[] {
  const of = groupByCustomer(books);
  return books.contacts.map((contact) => {
    const { invoices, payments, creditNotes } = of(String(contact.contact_id));
    const owed = invoices.filter(({ status }) => OWED.includes(String(status)));
    const live = creditNotes.filter(({ status }) => status === 'open' || status === 'closed');
    const retainers = payments.filter(({ retainerinvoice_id }) => retainerinvoice_id !== '');
    const plain = payments.filter(({ retainerinvoice_id }) => retainerinvoice_id === '');

    const openingLeft = amount(contact, 'outstanding_ob_receivable_amount');
    const openingPaid = total(plain.map(towardsOpening), 'amount');
    const left = total(owed, 'balance').plus(openingLeft);
    const settled = total(
      payments.flatMap((payment) => rows(payment.invoices)),
      'amount_applied',
    )
      .plus(openingPaid)
      .plus(
        total(
          live.flatMap((note) => rows(note.invoices)),
          'amount',
        ),
      )
      .plus(total(owed, 'write_off_amount'));
    const expected = amount(contact, 'opening_balance_amount').plus(total(owed, 'total')).minus(settled);
    const retainersLeft = total(retainers, 'amount').minus(
      total(
        retainers.flatMap((payment) => rows(payment.invoices)),
        'amount_applied',
      ),
    );
    return {
      name: String(contact.contact_name),
      outstandingOff: amount(contact, 'outstanding_receivable_amount').minus(left).toFixed(),
      settlementOff: expected.minus(left).toFixed(),
      creditsOff: amount(contact, 'unused_credits_receivable_amount')
        .minus(total(live, 'balance'))
        .minus(total(plain, 'unused_amount'))
        .toFixed(),
      retainersOff: amount(contact, 'unused_retainer_payments').minus(retainersLeft).toFixed(),
    };
  });
}

/** What is neither applied, unused nor refunded went to the opening balance: it has no invoice to name. */
function towardsOpening(payment: Wire): Wire {
  const rest = amount(payment, 'amount')
    .minus(total(rows(payment.invoices), 'amount_applied'))
    .minus(amount(payment, 'unused_amount'))
    .minus(total(rows(payment.payment_refunds), 'amount_fcy'));
  return { amount: rest.toNumber() };
}

function groupByCustomer(books: Organisation['books']) {
  const [invoices, payments, creditNotes] = [
    byCustomer(books.invoices),
    byCustomer(books.customerpayments),
    byCustomer(books.creditnotes),
  ];
  return (id: string) => ({
    invoices: invoices.get(id) ?? [],
    payments: payments.get(id) ?? [],
    creditNotes: creditNotes.get(id) ?? [],
  });
}

export function byCustomer(list: readonly Wire[]): Map<string, Wire[]> {
  const groups = new Map<string, Wire[]>();
  for (const row of list) {
    const id = String(row.customer_id);
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return groups;
}
