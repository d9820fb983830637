import { FigureId, Level } from '../../../server/contract/policy.ts';

type Group = 'verdict' | 'receivables' | 'revenue' | 'payments' | 'documents' | 'deal';

/** Every figure once, by the field's concepts and in the order people read them on the panel. */
export const FIGURE_GROUPS: readonly { readonly group: Group; readonly figures: readonly FigureId[] }[] = [
  { group: 'verdict', figures: ['verdict'] },
  {
    group: 'receivables',
    figures: [
      'overdue',
      'overdueCount',
      'oldestOverdueDays',
      'open',
      'openCount',
      'ageing',
      'ageingCounts',
      'unusedCredits',
      'unusedRetainers',
      'netExposure',
      'writtenOff',
      'reconciliation',
      'reconciliationDifference',
    ],
  },
  { group: 'revenue', figures: ['collected', 'invoicedNet'] },
  { group: 'payments', figures: ['lastPaymentDate', 'lastPaymentAmount', 'paymentSpeed'] },
  { group: 'documents', figures: ['documents', 'documentTotal', 'documentBalance', 'suggestions'] },
  {
    group: 'deal',
    figures: ['dealAmount', 'quoted', 'invoiced', 'dealCollected', 'leftToInvoice', 'overInvoiced'],
  },
];

/** Numbers and dates that are told to the unit or not at all. */
const ALL_OR_NOTHING: ReadonlySet<FigureId> = new Set([
  'overdueCount',
  'oldestOverdueDays',
  'openCount',
  'ageingCounts',
  'lastPaymentDate',
]);
/** Seen at every level but `hidden`: there is nothing in them to make coarser. */
const SEEN_OR_NOT: ReadonlySet<FigureId> = new Set([
  'verdict',
  'documents',
  'reconciliation',
  'overInvoiced',
]);

/** The levels at which a figure looks different, least first: the others would be choices without effect. */
export function stepsOf(figure: FigureId): readonly Level[] {
  if (ALL_OR_NOTHING.has(figure) || SEEN_OR_NOT.has(figure)) return ['hidden', 'exact'];
  if (figure === 'paymentSpeed' || figure === 'documentTotal') return ['hidden', 'band', 'exact'];
  if (figure === 'suggestions') return ['hidden', 'status', 'exact'];
  return Level.options;
}

/** What a level comes to for this figure: the step that looks the same. */
export function stepAt(figure: FigureId, level: Level): Level {
  if (SEEN_OR_NOT.has(figure)) return level === 'hidden' ? 'hidden' : 'exact';
  const rank = Level.options.indexOf(level);
  return stepsOf(figure).findLast((step) => Level.options.indexOf(step) <= rank) ?? 'hidden';
}

/** Whether there is nothing between not seen and seen. */
export const isSeenOrNot = (figure: FigureId): boolean => SEEN_OR_NOT.has(figure);

/** Whether a step of this figure is simply "shown", without a degree. */
export const isPlain = (figure: FigureId): boolean => stepsOf(figure).length === 2;

export const FIGURES: readonly FigureId[] = FigureId.options;
