/**
 * Every figure that can leave the server, with the figures it can be worked out from or gives away. A derived figure
 * is never shown at a higher level than any of them.
 */
const FIGURES = {
  verdict: [],
  overdue: [],
  overdueCount: [],
  oldestOverdueDays: [],
  open: [],
  openCount: [],
  collected: [],
  invoicedNet: [],
  unusedCredits: [],
  unusedRetainers: [],
  netExposure: ['open', 'unusedCredits', 'unusedRetainers'],
  writtenOff: [],
  lastPaymentDate: [],
  lastPaymentAmount: ['collected'],
  /** Late buckets add up to overdue, all of them to open. */
  ageing: ['open', 'overdue'],
  ageingCounts: ['openCount', 'overdueCount'],
  paymentSpeed: [],
  reconciliation: [],
  reconciliationDifference: ['reconciliation', 'open'],
  documents: [],
  documentTotal: ['documents'],
  /** Single balances add up to open, the late ones to overdue. */
  documentBalance: ['documents', 'open', 'overdue'],
  /** Names of customers in Books that no record leads to; `status`: only whether the record's own name is there. */
  suggestions: ['documents'],
  dealAmount: [],
  quoted: [],
  invoiced: [],
  dealCollected: ['invoiced'],
  leftToInvoice: ['dealAmount', 'invoiced'],
  overInvoiced: ['leftToInvoice'],
} as const;

export type FigureId = keyof typeof FIGURES;

export const FIGURE_IDS = Object.keys(FIGURES) as readonly FigureId[]; // safe because the keys are the type

export const inputsOf = (figure: FigureId): readonly FigureId[] => FIGURES[figure];
