import { expect, it } from 'vitest';
import type { DocumentRowRaw } from '../domain/document-list.ts';
import { money } from '../domain/money.ts';
import { policyOf } from './policy.ts';
import { projectSuggestions } from './project.ts';

const row = {
  type: 'invoice',
  id: '1',
  customerId: '7',
  number: 'INV-1',
  date: '2026-11-01',
  dueDate: null,
  daysOverdue: null,
  status: 'sent',
  dealId: null,
  total: money('EUR', '200'),
  balance: null,
} as unknown as DocumentRowRaw; // safe because brands are only for the compiler

const told = (template: 'exact' | 'sales', booked: { rate: string; amount: string } | null) =>
  projectSuggestions(
    {
      suggestions: [
        {
          row,
          customer: { id: '7', name: 'Aster' },
          reference: null,
          reasons: [],
          obstacles: [],
          booked: booked && { rate: booked.rate, base: money('USD', booked.amount) },
        },
      ],
      total: 1,
      page: 1,
    },
    policyOf(template),
  ).suggestions[0]?.booked;

it('the booked rate and what the document came to by it are told to those who see its amount exactly', () => {
  expect(told('exact', { rate: '1.10000000000000000001', amount: '220.004' })).toEqual({
    rate: '1.1',
    base: { currency: 'USD', amount: '220.00' },
  });
  expect(told('exact', { rate: '100', amount: '20000' })?.rate).toBe('100');
});

it('nothing is told of a rate to a role that sees ranges, nor where there is none', () => {
  expect(told('sales', { rate: '1.1', amount: '220' })).toBeUndefined();
  expect(told('exact', null)).toBeUndefined();
});
