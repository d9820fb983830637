import { describe, expect, it } from 'vitest';
import { DocumentType, type DocumentType as Type } from '../contract/figures.ts';
import type { FigureId, Level } from '../contract/policy.ts';
import { calendarDay } from '../domain/calendar-day.ts';
import type { DocumentRowRaw } from '../domain/document-list.ts';
import type { CustomerId, DocumentId } from '../domain/documents.ts';
import { money } from '../domain/money.ts';
import { balanceLevel, differenceLevel, seesTotals, tellsDaysLate, totalLevel } from './columns.ts';
import type { Policy } from './policy.ts';
import { ALL_TYPES, policyOf, settled } from './policy.ts';
import { projectRow } from './project-figures.ts';
import { TEMPLATES } from './templates.ts';

/** Everything exactly but for these, as an administrator would decide. */
const granting = (
  levels: Partial<Record<FigureId, Level>>,
  more: Partial<Pick<Policy, 'documentTypes' | 'onlyVisibleDeals'>> = {},
): Policy =>
  settled({
    version: 1,
    bands: {},
    mayLink: true,
    documentTypes: ALL_TYPES,
    onlyVisibleDeals: false,
    ...more,
    grants: { ...TEMPLATES.exact, ...levels },
  });

/** Rows as an English reader says them: which figures each one's amount is added up into. */
const ADDED_UP: readonly [Type, string, readonly FigureId[]][] = [
  ['invoice', 'draft', ['invoicedNet', 'invoiced']],
  ['invoice', 'void', ['invoicedNet', 'invoiced']],
  ['invoice', 'sent', ['invoicedNet', 'invoiced', 'open', 'ageing']],
  ['invoice', 'due_today', ['invoicedNet', 'invoiced', 'open', 'ageing', 'collected', 'dealCollected']],
  ['invoice', 'part_paid', ['invoicedNet', 'invoiced', 'open', 'ageing', 'collected', 'dealCollected']],
  [
    'invoice',
    'overdue',
    ['invoicedNet', 'invoiced', 'open', 'ageing', 'overdue', 'collected', 'dealCollected'],
  ],
  ['invoice', 'paid', ['invoicedNet', 'invoiced', 'collected', 'dealCollected']],
  ['invoice', 'written_off', ['invoicedNet', 'invoiced', 'collected', 'dealCollected', 'writtenOff']],
  [
    'invoice',
    'unknown',
    ['invoicedNet', 'invoiced', 'open', 'ageing', 'overdue', 'collected', 'dealCollected', 'writtenOff'],
  ],
  ['estimate', 'sent', ['quoted']],
  ['sales_order', 'open', ['quoted']],
  ['credit_note', 'open', ['invoicedNet', 'unusedCredits']],
  ['expense', 'unbilled', []],
  ['payment', 'received', ['collected', 'lastPaymentAmount']],
  ['payment', 'refunded', ['collected', 'lastPaymentAmount']],
  ['payment', 'void', ['collected', 'lastPaymentAmount']],
  ['payment', 'advance', ['collected', 'lastPaymentAmount', 'unusedCredits', 'unusedRetainers']],
];
const FIGURES = [...new Set(ADDED_UP.flatMap(([, , figures]) => figures)), 'dealAmount', 'overdueCount'];

describe('the total of a row', () => {
  it.each(ADDED_UP)(
    'of type %s, %s, is shown no better than what it is part of, and else as decided',
    (type, status, figures) => {
      for (const figure of FIGURES as FigureId[])
        for (const level of ['hidden', 'status', 'band'] as const)
          expect([figure, totalLevel(granting({ [figure]: level }), { type, status })]).toEqual([
            figure,
            figures.includes(figure) ? level : 'exact',
          ]);
      for (const level of ['hidden', 'status', 'band'] as const)
        expect(totalLevel(granting({ documentTotal: level }), { type, status })).toBe(level);
    },
  );

  it('is not there in the answer when what was collected is hidden', () => {
    const payment: DocumentRowRaw = {
      type: 'payment',
      id: '13' as DocumentId,
      customerId: '1' as CustomerId,
      number: '7',
      date: calendarDay('2026-11-20'),
      dueDate: null,
      daysOverdue: null,
      status: 'received',
      dealId: null,
      total: money('USD', '2500'),
      balance: money('USD', '0'),
    };
    for (const figure of ['collected', 'lastPaymentAmount'] as const) {
      expect(projectRow(payment, granting({ [figure]: 'hidden' }))).not.toHaveProperty('total');
      expect(projectRow(payment, granting({ [figure]: 'band' })).total).toMatchObject({ level: 'band' });
    }
    expect(projectRow(payment, granting({})).total).toMatchObject({ level: 'exact' });
  });

  it('is shown to whoever sees no other type, though no figure of several types would be true for them', () => {
    for (const type of DocumentType.options) {
      const policy = granting({}, { documentTypes: new Set([type]), onlyVisibleDeals: true });
      expect([type, totalLevel(policy, { type, status: 'received' })]).toEqual([type, 'exact']);
    }
    expect(granting({}, { documentTypes: new Set(['payment']) }).levels.collected).toBe('hidden');
  });

  it('of what is late is told to sales as yes or no, as all that is overdue is', () => {
    const sales = policyOf('sales');
    expect(totalLevel(sales, { type: 'invoice', status: 'overdue' })).toBe('status');
    for (const [type, status] of ADDED_UP)
      if (status !== 'overdue' && status !== 'unknown')
        expect(totalLevel(sales, { type, status })).toBe('band');
  });
});

describe('the balance of a row', () => {
  it.each<[Type, readonly FigureId[]]>([
    ['invoice', ['open', 'overdue', 'ageing']],
    ['credit_note', ['open', 'overdue', 'unusedCredits']],
    ['payment', ['open', 'overdue', 'unusedCredits', 'unusedRetainers']],
  ])('of type %s is shown no better than what it is part of', (type, figures) => {
    const of = ['open', 'overdue', 'ageing', 'unusedCredits', 'unusedRetainers', 'collected'] as const;
    for (const figure of of)
      expect([figure, balanceLevel(granting({ [figure]: 'status' }), { type })]).toEqual([
        figure,
        figures.includes(figure) ? 'status' : 'exact',
      ]);
    expect(balanceLevel(granting({ documentBalance: 'band' }), { type })).toBe('band');
  });

  it('of what can still be used is hidden where only visible deals count', () => {
    const scoped = granting({}, { onlyVisibleDeals: true });
    expect(balanceLevel(scoped, { type: 'credit_note' })).toBe('hidden');
    expect(balanceLevel(scoped, { type: 'payment' })).toBe('hidden');
    expect(balanceLevel(scoped, { type: 'invoice' })).toBe('exact');
  });
});

describe('how late a row is', () => {
  it('is told with the oldest overdue day, exactly or not at all', () => {
    expect(tellsDaysLate(granting({}))).toBe(true);
    for (const level of ['hidden', 'status', 'band'] as const)
      expect(tellsDaysLate(granting({ oldestOverdueDays: level }))).toBe(false);
  });
});

describe('where one document makes the difference', () => {
  it('it is told no better than the document’s total', () => {
    expect(differenceLevel(granting({}), ['invoice'])).toBe('exact');
    for (const level of ['hidden', 'status', 'band'] as const) {
      expect(differenceLevel(granting({ documentTotal: level }), ['invoice'])).toBe(level);
      expect(differenceLevel(granting({ invoicedNet: level }), ['invoice'])).toBe(level);
      expect(differenceLevel(granting({ quoted: level }), ['invoice'])).toBe('exact');
      expect(differenceLevel(granting({ quoted: level }), ['expense', 'sales_order'])).toBe(level);
    }
  });

  it('it is a band where totals in one state or another are not told exactly', () => {
    for (const figure of ['overdue', 'open', 'collected'] as const)
      expect(differenceLevel(granting({ [figure]: 'hidden' }), ['invoice'])).toBe('band');
    expect(differenceLevel(policyOf('sales'), ['invoice'])).toBe('band');
  });

  it('amounts count for searching only where every total is seen exactly', () => {
    expect(seesTotals(granting({}), ['invoice', 'expense'])).toBe(true);
    expect(seesTotals(granting({ overdue: 'band' }), ['expense', 'invoice'])).toBe(false);
    expect(seesTotals(granting({ overdue: 'band' }), ['expense'])).toBe(true);
    expect(seesTotals(granting({ documentTotal: 'band' }), [])).toBe(false);
  });
});
