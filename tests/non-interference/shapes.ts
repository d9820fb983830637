import * as fc from 'fast-check';
import type { FigureId, Level } from '../../server/contract/policy.ts';
import { type DocumentPlan, TYPES, type Type } from './books-plan.ts';
import type { Rule } from './rules.ts';

/** Whose eyes: the rep sees own records, finance and the director see all of them in CRM. */
export type Who = 'rep' | 'finance' | 'director';

/** What of two states is different. */
export type Kind = 'amounts' | 'types' | 'deals' | 'others' | 'unlisted' | keyof typeof SECRETS;

export const ALL: readonly FigureId[] = [
  'verdict',
  'overdue',
  'overdueCount',
  'oldestOverdueDays',
  'open',
  'openCount',
  'collected',
  'invoicedNet',
  'unusedCredits',
  'unusedRetainers',
  'netExposure',
  'writtenOff',
  'lastPaymentDate',
  'lastPaymentAmount',
  'ageing',
  'ageingCounts',
  'paymentSpeed',
  'reconciliation',
  'reconciliationDifference',
  'documents',
  'documentTotal',
  'documentBalance',
  'suggestions',
  'dealAmount',
  'quoted',
  'invoiced',
  'dealCollected',
  'leftToInvoice',
  'overInvoiced',
];

const everyFigure = (level: Level): NonNullable<Rule> => ({
  template: null,
  levels: Object.fromEntries(ALL.map((figure) => [figure, level])),
});
/**
 * Figures that may be told exactly while amounts change a little, single documents' columns among them: as long as every
 * sum of documents is told as a band at most, no document may be told better.
 */
export const NOT_SUMS: readonly FigureId[] = [
  'verdict',
  'overdueCount',
  'oldestOverdueDays',
  'openCount',
  'lastPaymentDate',
  'ageingCounts',
  'reconciliation',
  'documents',
  'documentTotal',
  'documentBalance',
  'suggestions',
  'overInvoiced',
];
const mixed: fc.Arbitrary<Rule> = fc
  .tuple(
    ...ALL.map((figure) =>
      fc.constantFrom<Level>('hidden', 'status', 'band', NOT_SUMS.includes(figure) ? 'exact' : 'band'),
    ),
  )
  .map((levels) => ({
    template: null,
    levels: Object.fromEntries(ALL.map((figure, at) => [figure, levels[at]])),
    mayLink: true,
  }));
/**
 * Everything is told exactly but a few figures; what those are made of changes, and nothing else. The list of documents
 * is shown, with its amounts: it must not tell what the figures do not.
 */
export const SECRETS = {
  payments: {
    figures: ['collected', 'unusedCredits', 'unusedRetainers', 'quoted'],
    varies: ({ type }: DocumentPlan) => ['payment', 'estimate', 'sales_order'].includes(type),
    with: [
      { type: 'payment', state: 1 },
      { type: 'estimate', state: 1 },
    ],
  },
  owed: {
    // The speed of payment weighs what is unpaid as well.
    figures: ['open', 'overdue', 'invoicedNet', 'invoiced', 'ageing', 'unusedCredits', 'paymentSpeed'],
    varies: ({ type, state }: DocumentPlan) => type === 'credit_note' || (type === 'invoice' && state === 1),
    with: [
      { type: 'invoice', state: 1 },
      { type: 'credit_note', state: 1 },
    ],
  },
  parts: {
    figures: ['lastPaymentAmount', 'paymentSpeed'],
    varies: ({ type, state, inTwo }: DocumentPlan) => type === 'invoice' && state === 3 && inTwo,
    with: [{ type: 'invoice', state: 3 }],
  },
} as const satisfies Record<
  string,
  {
    readonly figures: readonly FigureId[];
    readonly varies: (one: DocumentPlan) => boolean;
    /** Documents there always are, so that something varies. */
    readonly with: readonly Pick<DocumentPlan, 'type' | 'state'>[];
  }
>;
const keeping = (secret: keyof typeof SECRETS): fc.Arbitrary<Rule> =>
  fc.constantFrom<Level>('hidden', 'status').map((level) => ({
    template: 'exact',
    levels: Object.fromEntries(SECRETS[secret].figures.map((figure) => [figure, level])),
  }));

const some: fc.Arbitrary<Type[]> = fc.subarray([...TYPES], { minLength: 1, maxLength: TYPES.length - 1 });

/** Every level template with every way to differ, and rules mixed by chance beside them. */
export const SHAPES: readonly { who: Who; rule: fc.Arbitrary<Rule>; kind: Kind }[] = [
  { who: 'director', rule: fc.constant(null), kind: 'amounts' },
  { who: 'rep', rule: fc.constant({ template: 'least', levels: {} }), kind: 'unlisted' },
  { who: 'rep', rule: fc.constant({ template: 'sales', levels: {} }), kind: 'amounts' },
  { who: 'director', rule: fc.constant({ template: 'sales', levels: {}, mayLink: true }), kind: 'amounts' },
  { who: 'rep', rule: fc.constant(everyFigure('hidden')), kind: 'amounts' },
  { who: 'finance', rule: fc.constant(everyFigure('status')), kind: 'amounts' },
  { who: 'rep', rule: fc.constant({ ...everyFigure('band'), mayLink: true }), kind: 'amounts' },
  { who: 'rep', rule: mixed, kind: 'amounts' },
  { who: 'finance', rule: mixed, kind: 'amounts' },
  {
    who: 'finance',
    rule: some.map(
      (documentTypes): Rule => ({ template: 'exact', levels: {}, documentTypes, mayLink: true }),
    ),
    kind: 'types',
  },
  {
    who: 'rep',
    rule: some.map((documentTypes): Rule => ({ template: 'sales', levels: {}, documentTypes })),
    kind: 'types',
  },
  {
    who: 'rep',
    rule: fc.constantFrom<Rule>(
      { template: 'exact', levels: {}, onlyVisibleDeals: true, mayLink: true },
      { template: 'sales', levels: {}, onlyVisibleDeals: true },
    ),
    kind: 'deals',
  },
  { who: 'finance', rule: keeping('payments'), kind: 'payments' },
  { who: 'director', rule: keeping('owed'), kind: 'owed' },
  { who: 'finance', rule: keeping('parts'), kind: 'parts' },
  { who: 'rep', rule: fc.constant({ template: 'exact', levels: { suggestions: 'status' } }), kind: 'others' },
  { who: 'rep', rule: fc.constant({ template: 'sales', levels: {} }), kind: 'others' },
];
