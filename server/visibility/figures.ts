import type { DocumentType } from '../contract/figures.ts';
import type { FigureId } from '../contract/policy.ts';

export type { FigureId };

interface Figure {
  /** Figures it can be worked out from or gives away: it is never shown at a higher level than any of them. */
  readonly inputs: readonly FigureId[];
  /** Types of document its value depends on: without one of them it is not a true figure, so it is hidden. */
  readonly madeOf: readonly DocumentType[];
}

const figure = (madeOf: readonly DocumentType[], inputs: readonly FigureId[] = []): Figure => ({
  madeOf,
  inputs,
});

/** Every figure that can leave the server. */
const FIGURES: Readonly<Record<FigureId, Figure>> = {
  // What is owed, how it was paid, and, for what matters and the credit limit, what was credited.
  verdict: figure(['invoice', 'payment', 'credit_note']),
  overdue: figure(['invoice']),
  overdueCount: figure(['invoice']),
  oldestOverdueDays: figure(['invoice']),
  open: figure(['invoice']),
  openCount: figure(['invoice']),
  // Refunds of credit notes come off.
  collected: figure(['payment', 'credit_note']),
  invoicedNet: figure(['invoice', 'credit_note']),
  // Open credit notes and payments that were not applied.
  unusedCredits: figure(['credit_note', 'payment']),
  unusedRetainers: figure(['payment']),
  netExposure: figure(['invoice', 'credit_note', 'payment'], ['open', 'unusedCredits', 'unusedRetainers']),
  writtenOff: figure(['invoice']),
  lastPaymentDate: figure(['payment']),
  lastPaymentAmount: figure(['payment'], ['collected']),
  /** Late buckets add up to overdue, all of them to open. */
  ageing: figure(['invoice'], ['open', 'overdue']),
  ageingCounts: figure(['invoice'], ['openCount', 'overdueCount']),
  paymentSpeed: figure(['invoice', 'payment']),
  reconciliation: figure(['invoice']),
  reconciliationDifference: figure(['invoice'], ['reconciliation', 'open']),
  documents: figure([]),
  documentTotal: figure([], ['documents']),
  /** Single balances add up to open, the late ones to overdue. */
  documentBalance: figure([], ['documents', 'open', 'overdue']),
  /** Names of customers in Books that no record leads to; `status`: only whether the record's own name is there. */
  suggestions: figure([], ['documents']),
  dealAmount: figure([]),
  quoted: figure(['estimate', 'sales_order']),
  invoiced: figure(['invoice']),
  dealCollected: figure(['invoice', 'payment'], ['invoiced']),
  leftToInvoice: figure(['invoice'], ['dealAmount', 'invoiced']),
  overInvoiced: figure(['invoice'], ['leftToInvoice']),
};

export const FIGURE_IDS = Object.keys(FIGURES) as readonly FigureId[]; // safe because the keys are the type

export const inputsOf = (id: FigureId): readonly FigureId[] => FIGURES[id].inputs;

export const madeOf = (id: FigureId): readonly DocumentType[] => FIGURES[id].madeOf;
