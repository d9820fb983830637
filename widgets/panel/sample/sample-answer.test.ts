import { expect, it } from 'vitest';
import { Customer360 } from '../../../server/contract/customer-360.ts';
import { customerFigures } from '../../../server/domain/customer-figures.ts';
import { dealLadder } from '../../../server/domain/deal-ladder.ts';
import { USUAL_DEFINITIONS } from '../../../server/domain/definitions.ts';
import { documentRows } from '../../../server/domain/document-list.ts';
import { add, money, subtract, sum } from '../../../server/domain/money.ts';
import { policyOf } from '../../../server/visibility/policy.ts';
import { project } from '../../../server/visibility/project.ts';
import {
  aBook,
  aCustomer,
  aDeal,
  anEstimate,
  anInvoice,
  aPayment,
  TODAY,
} from '../../../tests/support/builders.ts';
import { SAMPLE } from './sample-answer.ts';

const XTS = 'XTS';
const sent = (
  at: number,
  given: { net: number; total: number; balance?: number; dated: string; due: string; deal?: string },
) =>
  anInvoice({
    id: String(at),
    number: `SAMPLE-${at}`,
    currency: XTS,
    status: given.balance === 0 ? 'paid' : given.balance === undefined ? 'sent' : 'partially_paid',
    ...given,
  });
const paid = (at: number, amount: number, on: string) => ({
  ...aPayment({ id: `9${at}`, amount, on, of: [`SAMPLE-${at}`], currency: XTS }),
  number: `SAMPLE-9${at}`,
});

const book = aBook({
  customer: aCustomer({ currency: XTS, receivable: 4070, unusedRetainers: 0 }),
  invoices: [
    sent(1, { net: 1000, total: 1190, balance: 0, dated: '2025-10-01', due: '2025-10-31', deal: 'D1' }),
    sent(2, { net: 2000, total: 2380, balance: 0, dated: '2025-11-15', due: '2025-12-15' }),
    sent(3, { net: 500, total: 595, balance: 0, dated: '2025-12-21', due: '2026-01-20' }),
    sent(4, { net: 1000, total: 1190, dated: '2026-01-11', due: '2026-02-10' }),
    sent(5, { net: 800, total: 952, balance: 500, dated: '2026-01-30', due: '2026-03-01' }),
    sent(6, { net: 2000, total: 2380, dated: '2026-03-11', due: '2026-04-10', deal: 'D1' }),
  ],
  payments: [
    paid(1, 1190, '2025-11-10'),
    paid(2, 2380, '2025-12-20'),
    paid(3, 595, '2026-01-25'),
    paid(5, 452, '2026-03-05'),
  ],
  estimates: [anEstimate({ id: '7', number: 'SAMPLE-7', currency: XTS, total: 3570, net: 3000, deal: 'D1' })],
});

it('is what our own server would answer about a customer with these documents', () => {
  const basis = { today: TODAY, baseCurrency: XTS };
  const answer = project(
    {
      state: 'linked',
      record: { module: 'Deals', id: '1', name: 'Sample customer' },
      today: TODAY,
      viewer: { administrator: false },
      customers: [{ id: '1', name: 'Sample customer', currency: XTS }],
      figures: customerFigures([book], basis),
      definitions: USUAL_DEFINITIONS,
      ladder: dealLadder(aDeal({ id: 'D1', amount: '3500', currency: XTS }), [book], basis),
      rows: documentRows([book], basis).map((row) => ({ ...row, dealId: null })),
      warnings: [],
      freshness: { state: 'fresh', knownGoodAt: null, missing: [] },
    },
    policyOf('exact'),
  );
  expect(SAMPLE).toEqual(answer);
  expect(Customer360.parse(SAMPLE)).toEqual(SAMPLE);
});

it('adds up', () => {
  const { figures, ladder } = SAMPLE;
  const of = (figure: unknown) => (figure as { money: { amount: string } }).money; // safe because the sample is exact
  const all = (entries: readonly { figure: unknown }[] = []) =>
    sum(
      XTS,
      entries.map(({ figure }) => money(XTS, of(figure).amount)),
    );
  const amount = (figure: unknown) => money(XTS, of(figure).amount);
  expect(all(figures.ageing)).toEqual(amount(figures.open));
  expect(all(figures.ageing?.filter(({ bucket }) => /\d/.test(bucket)))).toEqual(amount(figures.overdue));
  expect(add(amount(ladder?.invoiced), amount(ladder?.leftToInvoice))).toEqual(amount(ladder?.dealAmount));
  const [still, balances] = [
    amount(figures.open),
    sum(
      XTS,
      SAMPLE.documents.rows.map(({ balance }) => (balance ? amount(balance) : money(XTS, 0))),
    ),
  ];
  expect(subtract(still, balances)).toEqual(money(XTS, 0));
});

it('cannot be taken for anybody: test currency, numbers that say so, and nothing to follow', () => {
  const text = JSON.stringify(SAMPLE);
  expect(text).not.toMatch(/"href"|https?:/);
  expect(new Set(text.match(/"currency":"\w+"/g))).toEqual(new Set(['"currency":"XTS"']));
  for (const { number } of SAMPLE.documents.rows) expect(number).toMatch(/^SAMPLE-\d+$/);
  expect(SAMPLE.viewer).not.toHaveProperty('mayLink');
});
