import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIGURE_IDS, inputsOf } from './figures.ts';
import { atLeast, LEVELS, strictest } from './levels.ts';
import { levelIn, levelOf, policyOf } from './policy.ts';

describe('levels', () => {
  it('the strictest of several is the one that shows least', () => {
    expect(strictest(['exact', 'status', 'band'])).toBe('status');
    expect(strictest(['band', 'hidden'])).toBe('hidden');
    expect(strictest(['exact'])).toBe('exact');
  });
});

describe('policy', () => {
  it('a derived figure is never shown at a higher level than anything it is derived from, whatever is granted', () => {
    const grants = fc.record(
      Object.fromEntries(FIGURE_IDS.map((figure) => [figure, fc.constantFrom(...LEVELS)])),
      { requiredKeys: [] },
    );
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

  it('a figure nobody granted is hidden', () => {
    for (const figure of FIGURE_IDS) expect(levelIn({}, figure)).toBe('hidden');
  });

  it('exact shows everything exactly', () => {
    for (const figure of FIGURE_IDS) expect(levelOf('exact', figure)).toBe('exact');
  });

  it('least shows the verdict and nothing else', () => {
    expect(FIGURE_IDS.filter((figure) => levelOf('least', figure) !== 'hidden')).toEqual(['verdict']);
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

  it('each template shows at most what the next one shows', () => {
    for (const figure of FIGURE_IDS) {
      expect(atLeast(levelOf('sales', figure), levelOf('least', figure)), figure).toBe(true);
      expect(atLeast(levelOf('exact', figure), levelOf('sales', figure)), figure).toBe(true);
    }
  });
});
