import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { books } from '../../tests/support/arbitrary-books.ts';
import { definitions } from '../../tests/support/arbitrary-definitions.ts';
import { aBook, aDeal, anEstimate, anInvoice, aPayment, TODAY } from '../../tests/support/builders.ts';
import { customerFigures } from './customer-figures.ts';
import { dealLadder } from './deal-ladder.ts';
import { type Definitions, makeSense, USUAL_DEFINITIONS } from './definitions.ts';
import { type GradeFacts, payerGrade } from './payer-grade.ts';

const basis = { today: TODAY, baseCurrency: 'USD' };

const facts: fc.Arbitrary<GradeFacts> = fc.record({
  onHold: fc.constant(false),
  overdueCount: fc.nat(5),
  oldestOverdueDays: fc.nat(800),
  overdueLongCount: fc.nat(5),
  overdueLongMatters: fc.boolean(),
  daysLate: fc.option(fc.integer({ min: -50, max: 800 }).map(String)),
  overCreditLimit: fc.boolean(),
  writtenOffRecently: fc.boolean(),
  enoughHistory: fc.boolean(),
  paidInvoices: fc.nat(20),
});
const SEVERITY = ['good_payer', 'new', 'pays_late', 'needs_finance_approval', 'on_hold'];

describe('definitions', () => {
  it('left as they usually are change nothing', () => {
    fc.assert(
      fc.property(books, (given) => {
        expect(customerFigures(given, { ...basis, definitions: USUAL_DEFINITIONS })).toEqual(
          customerFigures(given, basis),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('move the buckets and the grade, and no amount, count or day', () => {
    fc.assert(
      fc.property(books, definitions, (given, other) => {
        const rest = ({ ageing, verdict, ...figures }: ReturnType<typeof customerFigures>) => figures;
        expect(rest(customerFigures(given, { ...basis, definitions: other }))).toEqual(
          rest(customerFigures(given, basis)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('never grade somebody better who pays later or owes for longer', () => {
    const severity = (of: GradeFacts, { grade: thresholds }: Definitions) =>
      SEVERITY.indexOf(payerGrade(of, { today: TODAY, thresholds }).grade);
    fc.assert(
      fc.property(facts, definitions, fc.nat(100), fc.nat(100), (of, by, later, longer) => {
        const worse = {
          ...of,
          daysLate: of.daysLate === null ? null : String(Number(of.daysLate) + later),
          oldestOverdueDays: of.oldestOverdueDays + longer,
        };
        expect(severity(worse, by)).toBeGreaterThanOrEqual(severity(of, by));
      }),
    );
  });

  it('only weigh what is long overdue in the base currency the floor was set in', () => {
    const given = [aBook({ invoices: [anInvoice({ total: 150, due: '2025-12-01', dated: '2025-11-01' })] })];
    const graded = (floor: Definitions['grade']['materialityFloor']) => {
      const grade = { ...USUAL_DEFINITIONS.grade, materialityFloor: floor };
      return customerFigures(given, { ...basis, definitions: { ...USUAL_DEFINITIONS, grade } }).verdict
        .reasons[0]?.code;
    };
    expect(graded(null)).toBe('overdue_long');
    expect(graded({ currency: 'USD', amount: '150.01' })).not.toBe('overdue_long');
    expect(graded({ currency: 'EUR', amount: '150.01' })).toBe('overdue_long');
  });

  it.each([
    [{ ageingEdges: [30, 30] }, false],
    [{ ageingEdges: [60, 30] }, false],
    [{ ageingEdges: [0, 30] }, false],
    [{ ageingEdges: [1, 2, 3, 4, 5] }, true],
    [{ grade: { ...USUAL_DEFINITIONS.grade, overdueSomeDays: 31 } }, false],
    [{ grade: { ...USUAL_DEFINITIONS.grade, lateDays: 30 } }, true],
    [{ grade: { ...USUAL_DEFINITIONS.grade, lateDays: 31 } }, false],
  ])('%j say one thing: %s', (change, sense) => {
    expect(makeSense({ ...USUAL_DEFINITIONS, ...change })).toBe(sense);
  });
});

describe('a deal amount with tax', () => {
  const book = aBook({
    invoices: [anInvoice({ number: 'A', total: 476, net: 400, balance: 238, deal: 'D1' })],
    estimates: [anEstimate({ total: 1190, net: 1000, deal: 'D1' })],
    payments: [aPayment({ amount: 238, of: ['A'] })],
  });
  const amounts = (amountTax: Definitions['dealAmount'], invoices = book.invoices) => {
    const { quoted, invoiced, collected, leftToInvoice, basis, overInvoiced } = dealLadder(
      aDeal({ amount: '1190' }),
      [{ ...book, invoices }],
      { baseCurrency: 'USD', amountTax },
    );
    const of = [quoted, invoiced, collected, leftToInvoice];
    return [...of.map((one) => one.known && one.money.amount), basis, overInvoiced];
  };

  it('is held against documents with theirs, and one without against documents without', () => {
    expect(amounts('with_tax')).toEqual(['1190.00', '476.00', '238.00', '714.00', 'tax_included', false]);
    expect(amounts('without_tax')).toEqual(['1000.00', '400.00', '200.00', '790.00', 'net_of_tax', false]);
  });

  it('decides whether too much is invoiced', () => {
    const invoices = [anInvoice({ total: 1190, net: 1000, deal: 'D1' })];
    expect(amounts('with_tax', invoices).slice(3)).toEqual(['0.00', 'tax_included', false]);
    const more = [anInvoice({ total: 1200, net: 1008, deal: 'D1' })];
    expect(amounts('with_tax', more).slice(3)).toEqual(['-10.00', 'tax_included', true]);
    expect(amounts('without_tax', more).slice(3)).toEqual(['182.00', 'net_of_tax', false]);
  });

  it('needs no split of tax: nothing is told with a caveat for want of it', () => {
    const unsplit = [{ ...book, invoices: [anInvoice({ total: 476, deal: 'D1' })] }];
    const { invoiced, basis } = dealLadder(aDeal(), unsplit, { baseCurrency: 'USD', amountTax: 'with_tax' });
    expect(invoiced).toMatchObject({ money: { amount: '476.00' }, caveats: [] });
    expect(basis).toBe('tax_included');
  });
});
