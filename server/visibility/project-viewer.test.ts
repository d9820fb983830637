import { describe, expect, it } from 'vitest';
import { aBook, anEstimate, anInvoice, TODAY } from '../../tests/support/builders.ts';
import { customerFigures } from '../domain/customer-figures.ts';
import { USUAL_DEFINITIONS } from '../domain/definitions.ts';
import { documentRows } from '../domain/document-list.ts';
import { type Policy, policyOf, settled } from './policy.ts';
import { project, projectDocuments } from './project.ts';
import type { LinkedRaw } from './raw.ts';

const exact = policyOf('exact');
const freshness = { state: 'fresh' as const, knownGoodAt: '2026-03-15T08:00:00.000Z', missing: [] };
const preview = { role: '7', profile: '8' };
const book = aBook({
  invoices: Array.from({ length: 8 }, (_, at) => anInvoice({ id: String(at + 1) })),
  estimates: [anEstimate({ id: '20' })],
});
const raw = (more: Partial<LinkedRaw> = {}): LinkedRaw => ({
  state: 'linked',
  record: { module: 'Accounts', id: '5', name: 'Aster' },
  today: TODAY,
  viewer: { administrator: false },
  customers: [{ id: '1', name: 'Aster', currency: 'USD' }],
  figures: customerFigures([book], { today: TODAY, baseCurrency: 'USD' }),
  definitions: USUAL_DEFINITIONS,
  rows: documentRows([book], { today: TODAY }),
  warnings: [],
  freshness,
  ...more,
});
const seen = (policy: Policy, more: Partial<LinkedRaw> = {}) => {
  const answer = project(raw(more), policy);
  if (answer.state !== 'linked') throw new Error('not linked');
  return answer;
};
const page = (policy: Policy, more: object = {}) =>
  projectDocuments({ rows: raw().rows, page: 1, freshness, ...more }, policy);
const of = (more: Partial<Policy>): Policy => settled({ ...exact, grants: exact.levels, ...more });

describe('an answer', () => {
  it('says as whom it was made, and marks a preview as one', () => {
    expect(seen(exact).viewer).toEqual({ template: 'exact', administrator: false });
    expect(seen(exact, { viewer: { administrator: true } }).viewer.administrator).toBe(true);
    expect(seen(of({ mayLink: true })).viewer).toEqual({
      template: 'exact',
      administrator: false,
      mayLink: true,
    });
    expect(seen(of({ onlyVisibleDeals: true })).viewer).toEqual({
      template: 'custom',
      administrator: false,
      onlyVisibleDeals: true,
    });
    expect(seen(exact)).not.toHaveProperty('preview');
    expect(seen(exact, { preview }).preview).toEqual(preview);
    expect(page(exact)).not.toHaveProperty('preview');
    expect(page(exact, { preview }).preview).toEqual(preview);
  });

  it('names a built-in set only for somebody whom nothing else is hidden from', () => {
    expect(of({}).template).toBe('exact');
    expect(of({ documentTypes: new Set(['invoice']) }).template).toBe('custom');
    expect(of({ onlyVisibleDeals: true }).template).toBe('custom');
    const sales = policyOf('sales');
    expect(settled({ ...sales, grants: sales.levels, documentTypes: new Set(['invoice']) }).template).toBe(
      'custom',
    );
  });

  it('has the address of a customer where there is one, and five rows of all', () => {
    expect(seen(exact).customers).toEqual([{ id: '1', name: 'Aster', currency: 'USD' }]);
    const customers = [{ id: '1', name: 'Aster', currency: 'USD', href: 'https://books.example/1' }];
    expect(seen(exact, { customers }).customers).toEqual(customers);
    expect(seen(exact).documents).toMatchObject({ total: 9, types: ['invoice', 'estimate'] });
    expect(seen(exact).documents.rows).toHaveLength(5);
    expect(page(exact)).toMatchObject({ total: 9, page: 1, pageSize: 25 });
    expect(page(exact).rows).toHaveLength(9);
  });

  it('lists no document of a type that is not seen, though it was given one', () => {
    const noQuotes = of({ documentTypes: new Set(['invoice']) });
    expect(seen(noQuotes).documents).toMatchObject({ total: 8, types: ['invoice'] });
    expect(page(noQuotes).rows.map(({ type }) => type)).toEqual(Array(8).fill('invoice'));
    expect(page(of({ documentTypes: new Set() }))).toMatchObject({ rows: [], total: 0 });
  });
});
