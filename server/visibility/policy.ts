import type { Template } from '../contract/settings.ts';
import { FIGURE_IDS, type FigureId, inputsOf } from './figures.ts';
import { type Level, strictest } from './levels.ts';

/** What one person may see of each figure; derived figures already carry the strictest level of their inputs. */
export interface Policy {
  readonly template: Template;
  readonly levels: Readonly<Record<FigureId, Level>>;
}

type Grants = Partial<Readonly<Record<FigureId, Level>>>;

/** What a template grants; a figure it does not name is hidden. */
const GRANTS: Readonly<Record<Template, Grants>> = {
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

/** The level of one figure: what was granted, but never more than for anything it is derived from. */
export function levelIn(grants: Grants, figure: FigureId): Level {
  const inputs = inputsOf(figure).map((input) => levelIn(grants, input));
  return strictest([grants[figure] ?? 'hidden', ...inputs]);
}

export function levelOf(template: Template, figure: FigureId): Level {
  return levelIn(GRANTS[template], figure);
}

export function policyOf(template: Template): Policy {
  const levels = Object.fromEntries(FIGURE_IDS.map((figure) => [figure, levelOf(template, figure)]));
  return { template, levels: levels as Policy['levels'] }; // safe because every figure id was just mapped
}
