import { describe, expect, it } from 'vitest';
import type { FigureId, Level } from '../contract/policy.ts';
import type { Amount } from '../domain/amount.ts';
import { calendarDay } from '../domain/calendar-day.ts';
import type { CustomerFiguresRaw } from '../domain/customer-figures.ts';
import type { DealLadderRaw } from '../domain/deal-ladder.ts';
import type { DocumentRowRaw } from '../domain/document-list.ts';
import type { CustomerId, DealId, DocumentId } from '../domain/documents.ts';
import { type Money, money } from '../domain/money.ts';
import { policyOf } from './policy.ts';
import { type Eyes, projectFigures, projectLadder, projectRow } from './project-figures.ts';

const DAY = calendarDay('2026-11-20');
const usd = (amount: string) => money('USD', amount);
const known = (amount: string, more: Partial<Extract<Amount, { known: true }>> = {}): Amount => ({
  known: true,
  money: usd(amount),
  caveats: [],
  byCurrency: [],
  ...more,
});
const speed = {
  daysToPay: '31.49',
  daysLate: '2.51',
  daysLateEarlyAsZero: '7.21',
  daysLateIncludingUnpaid: '13.80',
  paidInvoices: 4,
};

const customer = { customerId: '1' as CustomerId, settlement: { state: 'ties' } } as const;
const ties = { ...customer, state: 'ties' } as const;
function differs(difference: Money) {
  return { ...customer, state: 'differs', difference } as const;
}

const RAW: CustomerFiguresRaw = {
  currency: 'USD',
  baseCurrency: 'USD',
  hasTransactions: true,
  verdict: {
    grade: 'needs_finance_approval',
    computedOn: DAY,
    reasons: [
      { code: 'overdue_long', oldestDays: 34, count: 3 },
      { code: 'pays_late_on_average', days: 14 },
      { code: 'over_credit_limit' },
      { code: 'little_history', paidInvoices: 2 },
    ],
  },
  overdue: known('1100.00'),
  overdueCount: 3,
  oldestOverdueDays: 34,
  open: known('1200.00'),
  openCount: 5,
  collected: known('1300.00', {
    caveats: ['refunds_not_read'],
    byCurrency: [usd('1300'), money('EUR', '2')],
  }),
  invoicedNet: known('1400.00'),
  unusedCredits: known('1500.00'),
  unusedRetainers: known('1600.00'),
  netExposure: known('-1700.00'),
  writtenOff: { known: false, reason: 'not_told' },
  lastPayment: { state: 'known', date: DAY, ageDays: 7, amount: usd('1800.00') },
  ageing: [
    { bucket: 'not_due', figure: known('1900.00'), count: 2 },
    { bucket: 'over_90', figure: known('0'), count: 0 },
  ],
  paymentSpeed: {
    lastTwelveMonths: speed,
    allTime: null,
    enoughHistory: true,
    unsplitPayments: 1,
    gradedDaysLate: '13.8',
  },
  reconciliation: [differs(usd('2000.00')), ties],
};

/** Reasons RAW has not. */
const OTHERS = [
  { code: 'overdue_some', oldestDays: 2, count: 1 },
  { code: 'pays_on_time', days: 1 },
  { code: 'written_off_recently' },
  { code: 'nothing_overdue' },
  { code: 'over_credit_limit' },
] as const;

const LADDER: DealLadderRaw = {
  stage: 'Closed Won',
  basis: 'tax_included',
  amountBasis: 'net_of_tax',
  dealAmount: known('2100.00'),
  quoted: known('2200.00'),
  invoiced: known('2300.00'),
  collected: known('2400.00'),
  leftToInvoice: known('-200.00'),
  overInvoiced: true,
};

const ROW: DocumentRowRaw = {
  type: 'invoice',
  id: '11' as DocumentId,
  customerId: '1' as CustomerId,
  number: 'INV-11',
  date: DAY,
  dueDate: DAY,
  daysOverdue: 3,
  status: 'overdue',
  dealId: '42' as DealId,
  total: usd('2500.00'),
  balance: usd('2600.00'),
};

/** Everything exactly but for these. */
const eyes = (levels: Partial<Record<FigureId, Level>>, bands: Eyes['bands'] = {}): Eyes => ({
  levels: { ...policyOf('exact').levels, ...levels },
  grants: policyOf('exact').grants,
  bands,
});
const shown = (at: Eyes) => ({
  ...projectFigures(RAW, at),
  ladder: projectLadder(LADDER, at),
  row: projectRow(ROW, at),
});

/** Where each amount is shown, and which it is. */
const AMOUNTS: readonly [FigureId, (all: ReturnType<typeof shown>) => unknown, string][] = [
  ['overdue', ({ overdue }) => overdue, '1100.00'],
  ['open', ({ open }) => open, '1200.00'],
  ['invoicedNet', ({ invoicedNet }) => invoicedNet, '1400.00'],
  ['unusedCredits', ({ unusedCredits }) => unusedCredits, '1500.00'],
  ['unusedRetainers', ({ unusedRetainers }) => unusedRetainers, '1600.00'],
  ['lastPaymentAmount', ({ lastPayment }) => lastPayment?.level === 'known' && lastPayment.amount, '1800.00'],
  ['ageing', ({ ageing }) => ageing?.[0]?.figure, '1900.00'],
  [
    'reconciliationDifference',
    ({ reconciliation }) => reconciliation?.level === 'differs' && reconciliation.difference,
    '2000.00',
  ],
  ['dealAmount', ({ ladder }) => ladder.dealAmount, '2100.00'],
  ['quoted', ({ ladder }) => ladder.quoted, '2200.00'],
  ['invoiced', ({ ladder }) => ladder.invoiced, '2300.00'],
  ['dealCollected', ({ ladder }) => ladder.collected, '2400.00'],
  ['documentTotal', ({ row }) => row.total, '2500.00'],
  ['documentBalance', ({ row }) => row.balance, '2600.00'],
];

describe('each amount', () => {
  it.each(AMOUNTS)('%s takes the form of its own level, and of no other', (figure, of, amount) => {
    expect(of(shown(eyes({ [figure]: 'hidden' })))).toBeFalsy();
    // that a document has a total says nothing
    const some = figure === 'documentTotal' ? undefined : { level: 'status', status: 'some' };
    expect(of(shown(eyes({ [figure]: 'status' })))).toEqual(some);
    expect(of(shown(eyes({ [figure]: 'band' })))).toEqual({
      level: 'band',
      band: { currency: 'USD', from: '1000', to: '10000' },
    });
    const ownBands = eyes({ [figure]: 'band' }, { USD: ['1000', '3000'] });
    expect(of(shown(ownBands))).toEqual({
      level: 'band',
      band: { currency: 'USD', from: '1000', to: '3000' },
    });
    expect(of(shown(eyes({})))).toEqual({ level: 'exact', money: { currency: 'USD', amount } });
  });

  it('is not there when hidden, not even by name', () => {
    const hidden = Object.fromEntries(AMOUNTS.map(([figure]) => [figure, 'hidden' as const]));
    const { ladder, row, ...figures } = shown(
      eyes({ ...hidden, collected: 'hidden', netExposure: 'hidden', writtenOff: 'hidden' }),
    );
    expect(Object.keys(figures).sort()).toEqual([
      'lastPayment',
      'oldestOverdueDays',
      'openCount',
      'overdueCount',
      'paymentSpeed',
      'reconciliation',
      'verdict',
    ]);
    expect(ladder).toEqual({
      stage: 'Closed Won',
      basis: 'tax_included',
      leftToInvoice: { level: 'unknown', reason: 'ranges_overlap' },
    });
    expect(Object.keys(figures.lastPayment ?? {})).toEqual(['level', 'date', 'ageDays']);
    expect(figures.reconciliation).toEqual({ level: 'differs' });
    expect(row).toEqual({
      type: 'invoice',
      id: '11',
      number: 'INV-11',
      date: '2026-11-20',
      dueDate: '2026-11-20',
      daysOverdue: 3,
      status: 'overdue',
      dealId: '42',
    });
  });

  it('carries what it leaves out with a band and exactly, and its currencies exactly only', () => {
    const collected = (level: Level) => projectFigures(RAW, eyes({ collected: level })).collected;
    expect(collected('exact')).toEqual({
      level: 'exact',
      money: { currency: 'USD', amount: '1300.00' },
      caveats: ['refunds_not_read'],
      byCurrency: [
        { currency: 'USD', amount: '1300' },
        { currency: 'EUR', amount: '2' },
      ],
    });
    expect(collected('band')).toEqual({
      level: 'band',
      band: { currency: 'USD', from: '1000', to: '10000' },
      caveats: ['refunds_not_read'],
    });
    expect(collected('status')).toEqual({ level: 'status', status: 'some' });
  });

  it('that nobody knows says why at every level but hidden; nothing at all is told as nothing', () => {
    for (const level of ['status', 'band', 'exact'] as const)
      expect(projectFigures(RAW, eyes({ writtenOff: level })).writtenOff).toEqual({
        level: 'unknown',
        reason: 'not_told',
      });
    expect(projectFigures(RAW, eyes({ writtenOff: 'hidden' })).writtenOff).toBeUndefined();
    for (const level of ['status', 'band'] as const)
      expect(projectFigures(RAW, eyes({ ageing: level })).ageing?.[1]?.figure).toEqual({
        level: 'status',
        status: 'none',
      });
  });

  it('below zero lies in a band below zero', () => {
    expect(projectFigures(RAW, eyes({ netExposure: 'band' })).netExposure).toEqual({
      level: 'band',
      band: { currency: 'USD', from: '-10000', to: '-1000' },
    });
    expect(projectLadder(LADDER, eyes({ leftToInvoice: 'band' })).leftToInvoice).toEqual({
      level: 'band',
      band: { currency: 'USD', from: '-1000', to: '0' },
    });
  });
});

describe('each count and day', () => {
  it.each([
    ['overdueCount', 3],
    ['oldestOverdueDays', 34],
    ['openCount', 5],
  ] as const)('%s is told exactly or not at all', (figure, value) => {
    for (const level of ['hidden', 'status', 'band'] as const)
      expect(projectFigures(RAW, eyes({ [figure]: level }))).not.toHaveProperty(figure);
    expect(projectFigures(RAW, eyes({}))[figure]).toBe(value);
  });

  it('of an ageing bucket is told exactly or not at all, and no bucket where ageing is hidden', () => {
    for (const level of ['hidden', 'status', 'band'] as const)
      expect(projectFigures(RAW, eyes({ ageingCounts: level })).ageing?.[0]).not.toHaveProperty('count');
    expect(projectFigures(RAW, eyes({})).ageing?.map(({ bucket, count }) => [bucket, count])).toEqual([
      ['not_due', 2],
      ['over_90', 0],
    ]);
    expect(projectFigures(RAW, eyes({ ageing: 'hidden' }))).not.toHaveProperty('ageing');
  });

  it('of the last payment is told exactly or not at all, and that there was none', () => {
    for (const level of ['hidden', 'status', 'band'] as const)
      expect(projectFigures(RAW, eyes({ lastPaymentDate: level }))).not.toHaveProperty('lastPayment');
    expect(projectFigures(RAW, eyes({})).lastPayment).toMatchObject({
      level: 'known',
      date: DAY,
      ageDays: 7,
    });
    const never = { ...RAW, lastPayment: { state: 'none' as const } };
    expect(projectFigures(never, eyes({})).lastPayment).toEqual({ level: 'none' });
  });

  it('of the payment speed is told with two decimals exactly, as whole days in bands, and else not at all', () => {
    expect(projectFigures(RAW, eyes({})).paymentSpeed).toEqual({
      lastTwelveMonths: speed,
      allTime: null,
      enoughHistory: true,
      unsplitPayments: 1,
    });
    expect(projectFigures(RAW, eyes({ paymentSpeed: 'band' })).paymentSpeed?.lastTwelveMonths).toEqual({
      daysToPay: '31',
      daysLate: '3',
      daysLateEarlyAsZero: '7',
      daysLateIncludingUnpaid: '14',
      paidInvoices: 4,
    });
    for (const level of ['hidden', 'status'] as const)
      expect(projectFigures(RAW, eyes({ paymentSpeed: level }))).not.toHaveProperty('paymentSpeed');
  });
});

describe('the grade', () => {
  const reasons = (levels: Partial<Record<FigureId, Level>>) =>
    projectFigures(RAW, eyes(levels)).verdict?.reasons;

  it('is there unless it is hidden', () => {
    expect(projectFigures(RAW, eyes({ verdict: 'status' })).verdict).toMatchObject({
      grade: 'needs_finance_approval',
      computedOn: DAY,
    });
    expect(projectFigures(RAW, eyes({ verdict: 'hidden' }))).not.toHaveProperty('verdict');
  });

  it('has reasons whose numbers keep the level of their own figure', () => {
    expect(reasons({})).toEqual([
      { code: 'overdue_long', oldestDays: 34, count: 3 },
      { code: 'pays_late_on_average', days: 14 },
      { code: 'over_credit_limit' },
      { code: 'little_history', paidInvoices: 2 },
    ]);
    expect(reasons({ oldestOverdueDays: 'band' })?.[0]).toEqual({ code: 'overdue_long', count: 3 });
    expect(reasons({ overdueCount: 'band' })?.[0]).toEqual({ code: 'overdue_long', oldestDays: 34 });
    expect(reasons({ paymentSpeed: 'band' })?.[1]).toEqual({ code: 'pays_late_on_average', days: 14 });
    const others = { ...RAW, verdict: { ...RAW.verdict, reasons: OTHERS } };
    const told = (levels: Partial<Record<FigureId, Level>>) =>
      projectFigures(others, eyes(levels)).verdict?.reasons;
    expect(told({})).toEqual(OTHERS);
    expect(told({ paymentSpeed: 'hidden', oldestOverdueDays: 'hidden', overdueCount: 'hidden' })).toEqual(
      OTHERS.map(({ code }) => ({ code })),
    );
    for (const level of ['hidden', 'status'] as const) {
      expect(reasons({ paymentSpeed: level })?.[1]).toEqual({ code: 'pays_late_on_average' });
      expect(reasons({ paymentSpeed: level })?.[3]).toEqual({ code: 'little_history' });
    }
  });
});

describe('the ladder', () => {
  const FROM_DOCUMENTS = ['quoted', 'invoiced', 'dealCollected', 'leftToInvoice', 'overInvoiced'] as const;
  const none = Object.fromEntries(FROM_DOCUMENTS.map((figure) => [figure, 'hidden' as const]));

  it('tells what the deal amount means to everybody, and by it the basis to whom no document tells', () => {
    const taxed = { ...LADDER, amountBasis: 'tax_included' as const };
    for (const levels of [{ dealAmount: 'exact' as const }, {}])
      expect(projectLadder(taxed, eyes({ ...none, ...levels }))).toMatchObject({
        basis: 'tax_included',
        amountWithTax: true,
      });
  });

  it('tells its tax basis with any rung that documents make up, and else the same to everybody', () => {
    for (const figure of FROM_DOCUMENTS)
      expect(projectLadder(LADDER, eyes({ ...none, [figure]: 'status' })).basis).toBe('tax_included');
    expect(projectLadder(LADDER, eyes(none))).toEqual({
      stage: 'Closed Won',
      basis: 'net_of_tax',
      dealAmount: { level: 'exact', money: { currency: 'USD', amount: '2100.00' } },
    });
  });

  it('says that too much is invoiced to whoever may know, when anybody knows', () => {
    expect(projectLadder(LADDER, eyes({ overInvoiced: 'status' })).overInvoiced).toBe(true);
    expect(projectLadder({ ...LADDER, overInvoiced: false }, eyes({})).overInvoiced).toBe(false);
    expect(projectLadder({ ...LADDER, overInvoiced: null }, eyes({}))).not.toHaveProperty('overInvoiced');
    expect(projectLadder(LADDER, eyes({ overInvoiced: 'hidden' }))).not.toHaveProperty('overInvoiced');
  });
});

describe('a row', () => {
  it('of a credit note or payment keeps its balance no better than the unused credits they add up to', () => {
    for (const type of ['credit_note', 'payment'] as const) {
      const row = { ...ROW, type };
      expect(projectRow(row, eyes({ unusedCredits: 'hidden' }))).not.toHaveProperty('balance');
      expect(projectRow(row, eyes({ unusedCredits: 'status' })).balance).toEqual({
        level: 'status',
        status: 'some',
      });
      expect(projectRow(row, eyes({ documentBalance: 'status' })).balance).toEqual({
        level: 'status',
        status: 'some',
      });
      expect(projectRow(row, eyes({})).balance).toMatchObject({ level: 'exact' });
    }
    expect(projectRow(ROW, eyes({ unusedCredits: 'hidden' })).balance).toMatchObject({ level: 'exact' });
  });

  it('says how late it is, and when it was due, only to whoever may know how late the oldest is', () => {
    for (const level of ['hidden', 'status', 'band'] as const) {
      const row = projectRow(ROW, eyes({ oldestOverdueDays: level }));
      expect(row).not.toHaveProperty('daysOverdue');
      expect(row).not.toHaveProperty('dueDate');
      expect(row.status).toBe('overdue');
      const inTime = { ...ROW, status: 'sent', daysOverdue: null };
      expect(projectRow(inTime, eyes({ oldestOverdueDays: level })).dueDate).toBe('2026-11-20');
    }
    expect(projectRow(ROW, eyes({}))).toMatchObject({ daysOverdue: 3, dueDate: '2026-11-20' });
  });

  it('has no members for what it has not, and an address where there is one', () => {
    const plain = { ...ROW, dueDate: null, daysOverdue: null, dealId: null, balance: null };
    expect(Object.keys(projectRow(plain, eyes({})))).toEqual([
      'type',
      'id',
      'number',
      'date',
      'status',
      'total',
    ]);
    expect(projectRow(ROW, eyes({}), ({ type, id }) => `https://books.example/${type}/${id}`).href).toBe(
      'https://books.example/invoice/11',
    );
    expect(projectRow(ROW, eyes({}), () => undefined)).not.toHaveProperty('href');
  });
});

describe('whether figures tie', () => {
  const told = (
    reconciliation: CustomerFiguresRaw['reconciliation'],
    levels: Partial<Record<FigureId, Level>> = {},
  ) => projectFigures({ ...RAW, reconciliation }, eyes(levels)).reconciliation;
  const unknown = { ...customer, state: 'unknown' } as const;

  it('is told of all customers together', () => {
    expect(told([ties, ties])).toEqual({ level: 'ties' });
    expect(told([])).toEqual({ level: 'ties' });
    expect(told([ties, unknown])).toEqual({ level: 'unknown', reason: 'mixed_currencies' });
    expect(told([unknown, differs(usd('3')), differs(usd('4'))])).toEqual({
      level: 'differs',
      difference: { level: 'exact', money: { currency: 'USD', amount: '7.00' } },
    });
    expect(told([differs(usd('3')), differs(money('EUR', '4'))])).toEqual({
      level: 'differs',
      difference: { level: 'unknown', reason: 'mixed_currencies' },
    });
  });

  it('is hidden as a whole, or without its amount', () => {
    expect(told([differs(usd('3'))], { reconciliation: 'hidden' })).toBeUndefined();
    expect(told([differs(usd('3'))], { reconciliationDifference: 'hidden' })).toEqual({ level: 'differs' });
    expect(told([ties], { reconciliation: 'status' })).toEqual({ level: 'ties' });
  });
});
