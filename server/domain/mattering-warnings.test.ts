import { expect, it } from 'vitest';
import { aBook, aCreditNote, aCustomer, anInvoice, TODAY } from '../../tests/support/builders.ts';
import { customerFigures } from './customer-figures.ts';
import { mattering } from './mattering-warnings.ts';

it('a rate that stood in is worth a word only where something was converted', () => {
  const euros = aBook({
    customer: aCustomer({ currency: 'EUR', rate: '1.1' }),
    creditNotes: [aCreditNote({ currency: 'EUR', rate: '1.1' })],
  });
  const dollars = aBook({ customer: aCustomer({ id: 'C2' }), invoices: [anInvoice()] });
  const warnings = ['credit_note:present_rate', 'invoice:unknown:foo'];
  const shown = (...books: Parameters<typeof customerFigures>[0]) =>
    mattering(warnings, { figures: customerFigures(books, { today: TODAY, baseCurrency: 'USD' }) });
  expect(shown(euros)).toEqual(['invoice:unknown:foo']);
  expect(shown(euros, dollars)).toEqual(warnings);
});
