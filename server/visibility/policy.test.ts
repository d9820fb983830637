import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FigureId } from '../contract/policy.ts';
import { Template } from '../contract/settings.ts';
import { FIGURE_IDS, inputsOf, madeOf } from './figures.ts';
import { atLeast, LEVELS, strictest } from './levels.ts';
import { ALL_TYPES, levelIn, policyOf, settled } from './policy.ts';

describe('levels', () => {
  it('the strictest of several is the one that shows least', () => {
    expect(strictest(['exact', 'status', 'band'])).toBe('status');
    expect(strictest(['band', 'hidden'])).toBe('hidden');
    expect(strictest(['exact'])).toBe('exact');
  });
});

const grants = fc.record(
  Object.fromEntries(FIGURE_IDS.map((figure) => [figure, fc.constantFrom(...LEVELS)])),
  { requiredKeys: [] },
);
const types = fc.subarray([...ALL_TYPES]).map((some) => new Set(some));

describe('policy', () => {
  it('knows every figure of the contract', () => {
    expect([...FIGURE_IDS].sort()).toEqual([...FigureId.options].sort());
  });

  it('a derived figure is never shown at a higher level than anything it is derived from, whatever is granted', () => {
    fc.assert(
      fc.property(grants, (granted) => {
        for (const figure of FIGURE_IDS) {
          for (const input of inputsOf(figure)) {
            expect(
              atLeast(levelIn(granted, input), levelIn(granted, figure)),
              `${figure} from ${input}`,
            ).toBe(true);
          }
        }
      }),
    );
  });

  it('a figure made of a type that is not seen is hidden, and all that is derived from it', () => {
    fc.assert(
      fc.property(grants, types, fc.boolean(), (granted, documentTypes, onlyVisibleDeals) => {
        const rest = { version: 1, bands: {}, mayLink: false, documentTypes, onlyVisibleDeals };
        const { levels } = settled({ ...rest, grants: granted });
        for (const figure of FIGURE_IDS) {
          if (madeOf(figure).some((type) => !documentTypes.has(type)))
            expect(levels[figure], figure).toBe('hidden');
          for (const input of inputsOf(figure))
            expect(atLeast(levels[input], levels[figure]), `${figure} from ${input}`).toBe(true);
        }
        if (onlyVisibleDeals) {
          expect(levels).toMatchObject({ unusedCredits: 'hidden', netExposure: 'hidden' });
          expect(levels).toMatchObject({ reconciliation: 'hidden', reconciliationDifference: 'hidden' });
        }
      }),
    );
  });

  it('without payments there is no grade, nothing collected and no speed; without quotes nothing quoted', () => {
    const seeing = (...hidden: readonly string[]) =>
      settled({
        ...policyOf('exact'),
        grants: policyOf('exact').levels,
        documentTypes: new Set([...ALL_TYPES].filter((type) => !hidden.includes(type))),
      }).levels;
    const hiddenWithout = (...hidden: readonly string[]) =>
      FIGURE_IDS.filter((figure) => seeing(...hidden)[figure] === 'hidden');
    expect(hiddenWithout('payment')).toEqual([
      'verdict',
      'collected',
      'unusedCredits',
      'unusedRetainers',
      'netExposure',
      'lastPaymentDate',
      'lastPaymentAmount',
      'paymentSpeed',
      'dealCollected',
    ]);
    expect(hiddenWithout('estimate')).toEqual(['quoted']);
    expect(hiddenWithout('sales_order')).toEqual(['quoted']);
    expect(hiddenWithout('expense')).toEqual([]);
    expect(hiddenWithout('credit_note')).toEqual([
      'verdict',
      'collected',
      'invoicedNet',
      'unusedCredits',
      'netExposure',
      'lastPaymentAmount',
    ]);
    expect(hiddenWithout('invoice')).toEqual([
      'verdict',
      'overdue',
      'overdueCount',
      'oldestOverdueDays',
      'open',
      'openCount',
      'invoicedNet',
      'netExposure',
      'writtenOff',
      'ageing',
      'ageingCounts',
      'paymentSpeed',
      'reconciliation',
      'reconciliationDifference',
      'documentBalance',
      'invoiced',
      'dealCollected',
      'leftToInvoice',
      'overInvoiced',
    ]);
  });

  it('a figure nobody granted is hidden', () => {
    for (const figure of FIGURE_IDS) expect(levelIn({}, figure)).toBe('hidden');
  });

  it('exact shows everything exactly', () => {
    for (const figure of FIGURE_IDS) expect(policyOf('exact').levels[figure]).toBe('exact');
  });

  it('least shows the verdict and nothing else', () => {
    const { levels } = policyOf('least');
    expect(FIGURE_IDS.filter((figure) => levels[figure] !== 'hidden')).toEqual(['verdict']);
  });

  it('sales sees overdue as yes or no, so ageing and single balances too', () => {
    const { levels } = policyOf('sales');
    expect(levels).toMatchObject({
      overdue: 'status',
      overdueCount: 'exact',
      lastPaymentDate: 'exact',
      open: 'band',
      collected: 'band',
      dealAmount: 'band',
      leftToInvoice: 'band',
      ageing: 'status',
      documentBalance: 'status',
      reconciliationDifference: 'hidden',
    });
  });

  it('each template shows at most what the next one shows, and is told by its name', () => {
    const [exact, sales, least] = Template.options.map((template) => policyOf(template));
    for (const figure of FIGURE_IDS) {
      expect(atLeast(sales?.levels[figure] ?? 'hidden', least?.levels[figure] ?? 'exact'), figure).toBe(true);
      expect(atLeast(exact?.levels[figure] ?? 'hidden', sales?.levels[figure] ?? 'exact'), figure).toBe(true);
    }
    expect([exact, sales, least].map((policy) => policy?.template)).toEqual(['exact', 'sales', 'least']);
  });

  it('levels that are no built-in set have no name', () => {
    const { levels, ...sales } = policyOf('sales');
    expect(settled({ ...sales, grants: { ...levels, open: 'exact' } }).template).toBe('custom');
    expect(settled({ ...sales, grants: levels, onlyVisibleDeals: true }).template).toBe('custom');
    expect(settled({ ...sales, grants: levels, documentTypes: new Set(['invoice']) }).template).toBe(
      'custom',
    );
  });
});
