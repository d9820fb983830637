import type { FigureId, Level } from '../contract/policy.ts';
import type { Template } from '../contract/settings.ts';
import { FIGURE_IDS } from './figures.ts';

export type Grants = Partial<Readonly<Record<FigureId, Level>>>;

/** What each built-in set grants; a figure it does not name is hidden. */
export const TEMPLATES: Readonly<Record<Template, Grants>> = {
  exact: Object.fromEntries(FIGURE_IDS.map((figure) => [figure, 'exact'])),
  sales: {
    verdict: 'status',
    overdue: 'status',
    overdueCount: 'exact',
    oldestOverdueDays: 'exact',
    open: 'band',
    openCount: 'exact',
    collected: 'band',
    invoicedNet: 'band',
    unusedCredits: 'band',
    unusedRetainers: 'band',
    netExposure: 'band',
    writtenOff: 'band',
    lastPaymentDate: 'exact',
    lastPaymentAmount: 'band',
    ageing: 'band',
    ageingCounts: 'exact',
    // Decimals of an amount-weighted mean would let somebody who knows the dates work back to the amounts.
    paymentSpeed: 'band',
    reconciliation: 'status',
    documents: 'exact',
    documentTotal: 'band',
    documentBalance: 'status',
    suggestions: 'status',
    dealAmount: 'band',
    quoted: 'band',
    invoiced: 'band',
    dealCollected: 'band',
    leftToInvoice: 'band',
    overInvoiced: 'status',
  },
  least: { verdict: 'status' },
};
