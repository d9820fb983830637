import { describe, expect, it } from 'vitest';
import { aBook, aCustomer, anInvoice, aPayment, TODAY } from '../../tests/support/builders.ts';
import { addDays } from './calendar-day.ts';
import { customerFigures } from './customer-figures.ts';
import type { CustomerBook } from './documents.ts';
import { type GradeFacts, payerGrade } from './payer-grade.ts';

const prompt: GradeFacts = {
  onHold: false,
  overdueCount: 0,
  oldestOverdueDays: 0,
  overdueLongCount: 0,
  overdueLongMatters: false,
  daysLate: '-2.4',
  overCreditLimit: false,
  writtenOffRecently: false,
  enoughHistory: true,
  paidInvoices: 12,
};
const graded = (facts: Partial<GradeFacts>) => payerGrade({ ...prompt, ...facts }, { today: TODAY });

describe('the payer grade', () => {
  it('is good with enough history and nothing against it', () => {
    expect(graded({})).toEqual({
      grade: 'good_payer',
      reasons: [{ code: 'pays_on_time', days: -2 }, { code: 'nothing_overdue' }],
      computedOn: TODAY,
    });
  });

  it('is new without enough history', () => {
    expect(graded({ enoughHistory: false, paidInvoices: 1 })).toMatchObject({
      grade: 'new',
      reasons: [{ code: 'little_history', paidInvoices: 1 }, { code: 'nothing_overdue' }],
    });
  });

  it('is late from more than 5 days on average, or anything overdue more than 7 days', () => {
    expect(graded({ daysLate: '5' }).grade).toBe('good_payer');
    expect(graded({ daysLate: '5.01' }).grade).toBe('pays_late');
    expect(graded({ overdueCount: 1, oldestOverdueDays: 7 }).grade).toBe('good_payer');
    expect(graded({ overdueCount: 2, oldestOverdueDays: 8 })).toMatchObject({
      grade: 'pays_late',
      reasons: [{ code: 'overdue_some', oldestDays: 8, count: 2 }],
    });
  });

  it('needs finance approval for each of the four reasons, even without history', () => {
    const reasonFor = (facts: Partial<GradeFacts>) => {
      const { grade, reasons } = graded({ enoughHistory: false, ...facts });
      return [grade, reasons[0]?.code];
    };
    expect(reasonFor({ overdueLongMatters: true })).toEqual(['needs_finance_approval', 'overdue_long']);
    expect(reasonFor({ daysLate: '30.5' })).toEqual(['needs_finance_approval', 'pays_late_on_average']);
    expect(reasonFor({ overCreditLimit: true })).toEqual(['needs_finance_approval', 'over_credit_limit']);
    expect(reasonFor({ writtenOffRecently: true })).toEqual([
      'needs_finance_approval',
      'written_off_recently',
    ]);
  });

  it('gives two reasons about two subjects', () => {
    const { reasons } = graded({
      overdueCount: 3,
      oldestOverdueDays: 50,
      overdueLongCount: 2,
      overdueLongMatters: true,
      daysLate: '12.5',
    });
    expect(reasons).toEqual([
      { code: 'overdue_long', oldestDays: 50, count: 2 },
      { code: 'pays_late_on_average', days: 13 },
    ]);
  });

  it('a hold comes before everything', () => {
    expect(graded({ onHold: true }).grade).toBe('on_hold');
  });
});

describe('the facts behind the grade', () => {
  const gradeOf = (book: Partial<CustomerBook>) =>
    customerFigures([aBook(book)], { today: TODAY, baseCurrency: 'USD' }).verdict;
  const late = (balance: number) =>
    anInvoice({ total: balance, due: addDays(TODAY, -35), dated: addDays(TODAY, -65) });
  const prompt100 = (total: number) =>
    Array.from({ length: 4 }, (_, at) =>
      anInvoice({
        number: `A${at}`,
        total,
        balance: 0,
        dated: addDays(TODAY, -300),
        due: addDays(TODAY, -270),
      }),
    );
  const paidOnTime = (total: number) =>
    Array.from({ length: 4 }, (_, at) =>
      aPayment({ amount: total, of: [`A${at}`], on: addDays(TODAY, -270) }),
    );

  it('35 days overdue needs approval when it reaches 1 % of what was invoiced in a year', () => {
    const history = { payments: paidOnTime(10_000) };
    expect(gradeOf({ ...history, invoices: [...prompt100(10_000), late(500)] }).grade).toBe(
      'needs_finance_approval',
    );
    expect(gradeOf({ ...history, invoices: [...prompt100(10_000), late(390)] }).grade).toBe('pays_late');
  });

  it('and the floor when little was invoiced', () => {
    const history = { payments: paidOnTime(1000) };
    expect(gradeOf({ ...history, invoices: [...prompt100(1000), late(99)] }).grade).toBe('pays_late');
    expect(gradeOf({ ...history, invoices: [...prompt100(1000), late(100)] }).grade).toBe(
      'needs_finance_approval',
    );
  });

  it('a write-off counts for two years', () => {
    const lost = (due: string) => anInvoice({ total: 50, balance: 0, writtenOff: 50, due, dated: due });
    expect(gradeOf({ invoices: [lost('2024-03-15')] }).grade).toBe('needs_finance_approval');
    expect(gradeOf({ invoices: [lost('2024-03-14')] }).grade).toBe('new');
  });

  it('a credit limit is held against what is owed net of credits', () => {
    const invoices = [anInvoice({ total: 100 })];
    expect(gradeOf({ customer: aCustomer({ creditLimit: 90 }), invoices }).reasons).toContainEqual({
      code: 'over_credit_limit',
    });
    expect(gradeOf({ customer: aCustomer({ creditLimit: 90, unusedCredits: 10 }), invoices }).grade).toBe(
      'new',
    );
  });
});
