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
  /** Single balances add up to open, the late ones to overdue. What else both columns add up to: `PART_OF`. */
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

const OWED: readonly FigureId[] = ['open', 'ageing'];
const SETTLED: readonly FigureId[] = ['collected', 'dealCollected'];

/**
 * Figures that somebody could work out by adding up the totals of documents of a type. A row's total is never shown at a
 * higher level than any of them was granted, so that hiding a figure hides it in the list too. That a figure is not true
 * for somebody who does not see another type hides nothing of a row. Expenses are part of no figure.
 *
 * Whoever sees documents can count them and sees their dates: that is what seeing documents means.
 */
const PART_OF: Readonly<Record<DocumentType, readonly FigureId[]>> = {
  invoice: ['invoicedNet', 'invoiced'],
  estimate: ['quoted'],
  sales_order: ['quoted'],
  credit_note: ['invoicedNet', 'unusedCredits'],
  expense: [],
  payment: ['collected', 'lastPaymentAmount'],
};

/** What a total is part of besides, by the word for the row's state, which everybody reads who sees the row. */
const PART_OF_IN_STATE: Partial<Record<DocumentType, Readonly<Record<string, readonly FigureId[]>>>> = {
  invoice: {
    draft: [],
    void: [],
    sent: OWED,
    // Some of these may be paid: total less balance.
    due_today: [...OWED, ...SETTLED],
    part_paid: [...OWED, ...SETTLED],
    overdue: [...OWED, ...SETTLED, 'overdue'],
    paid: SETTLED,
    written_off: [...SETTLED, 'writtenOff'],
  },
  payment: {
    received: [],
    refunded: [],
    void: [],
    // All of it is still to be used.
    advance: ['unusedCredits', 'unusedRetainers'],
  },
};

/** Figures whose value a total of this type and state would help to work out; a state we have no word for is in all. */
export function totalIsPartOf({ type, status }: { type: DocumentType; status: string }): readonly FigureId[] {
  const byState = PART_OF_IN_STATE[type] ?? {};
  const inState = Object.hasOwn(byState, status) ? (byState[status] ?? []) : Object.values(byState).flat();
  return [...PART_OF[type], ...inState];
}

/** … and any total of this type, whatever its state. */
export const totalsOf = (type: DocumentType): readonly FigureId[] => PART_OF[type];

/** Figures that what is still to pay, or to use, of a document adds up to. */
export const BALANCE_IS_PART_OF: Readonly<Record<DocumentType, readonly FigureId[]>> = {
  invoice: ['open', 'overdue', 'ageing'],
  estimate: [],
  sales_order: [],
  credit_note: ['unusedCredits'],
  expense: [],
  payment: ['unusedCredits', 'unusedRetainers'],
};
