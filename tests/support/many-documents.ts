import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { aBooksCustomer, anEstimate, anInvoice, aPayment } from '../sandbox/small-organisation-documents.ts';

const customerId = (at: number): string => `460000000001${String(at).padStart(6, '0')}`;
export const accountOf = (at: number): string => `365239700001${String(at).padStart(7, '0')}`;
const DAY_MS = 86_400_000;
const dayBefore = (days: number): string =>
  new Date(Date.parse(SMALL.today) - days * DAY_MS).toISOString().slice(0, 10);

interface Size {
  readonly customers: number;
  readonly invoicesEach: number;
}

/** The small organisation with many customers more: paid and open invoices, payments, quotes; all sums tie. */
export function manyDocuments({ customers, invoicesEach }: Size): Organisation {
  const organisation = smallOrganisation();
  const { books } = organisation;
  for (let at = 0; at < customers; at += 1) {
    const customer = aBooksCustomer(customerId(at), `Customer ${at}`, { zcrm_account_id: accountOf(at) });
    let owed = 0;
    for (let one = 0; one < invoicesEach; one += 1) {
      const id = `4600000${String(at).padStart(6, '0')}${String(one).padStart(5, '0')}`;
      const net = 100 + ((at * 7 + one * 13) % 900);
      const isOpen = one % 4 === 0;
      const date = dayBefore(10 + ((at + one * 31) % 700));
      const number = `INV-${at}-${one}`;
      const invoice = anInvoice(
        customer,
        { id, number, date, net },
        isOpen ? {} : { balance: 0, status: 'paid', last_payment_date: dayBefore(5) },
      );
      books.invoices.push(invoice);
      if (isOpen) owed += net;
      else
        books.customerpayments.push(
          aPayment(
            customer,
            { id: `1${id}`, number: `P-${at}-${one}`, date: dayBefore(5 + (one % 9)), amount: net },
            { invoices: [{ invoice_id: id, invoice_number: number, amount_applied: net }] },
          ),
        );
    }
    books.estimates.push(
      anEstimate(customer, { id: `2${customerId(at)}`, number: `EST-${at}`, date: dayBefore(9), net: 500 }),
    );
    Object.assign(customer, { outstanding_receivable_amount: owed, outstanding_receivable_amount_bcy: owed });
    books.contacts.push(customer);
  }
  return organisation;
}
