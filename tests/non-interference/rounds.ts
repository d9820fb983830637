import * as fc from 'fast-check';
import type { FigureId, Level } from '../../server/contract/policy.ts';
import { type BooksPlan, booksPlan, type DocumentPlan, TYPES, type Type } from './books-plan.ts';
import { hides, mostSeen, mostSeenOf, type Rule } from './rules.ts';

/** Whose eyes: the rep sees own records, finance and the director see all of them in CRM. */
export type Who = 'rep' | 'finance' | 'director';

export interface Round {
  readonly number: number;
  readonly name: string;
  readonly who: Who;
  readonly rule: Rule;
  readonly plan: BooksPlan;
  /** Differs from the plan only where this person may not look. */
  readonly twin: BooksPlan;
  /** Small changes of sums may cross an edge by chance: then an administrator's answers decide whether it counts. */
  readonly mayDiffer: boolean;
}

type Kind = 'amounts' | 'types' | 'deals' | 'others' | 'unlisted' | keyof typeof SECRETS;

const ALL: readonly FigureId[] = [
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
const NOT_SUMS: readonly FigureId[] = [
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
const SECRETS = {
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
const SHAPES: readonly { who: Who; rule: fc.Arbitrary<Rule>; kind: Kind }[] = [
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

/** The twin's chance: one number per document and a few to spare. */
const chances = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 40, maxLength: 40 });

/** As many rounds as asked for, each shape in turn; the same seed gives the same rounds. */
export function roundsOf(seed: number, many: number): readonly Round[] {
  return Array.from({ length: many }, (_, at) => {
    const shape = SHAPES[at % SHAPES.length] ?? SHAPES[0];
    if (!shape) throw new Error('There are no shapes');
    const plans = booksPlan.map((plan) => ({
      ...plan,
      documents: [...chanceOf(plan, shape.kind), ...always(shape.kind)],
    }));
    const round = fc.record({ rule: shape.rule, plan: plans, by: chances }).map(
      ({ rule, plan, by }): Round => ({
        number: at,
        name: `${at}: ${shape.who}, ${shape.kind}, ${JSON.stringify(rule)}`,
        who: shape.who,
        rule,
        plan,
        twin: twinOf(plan, { rule, kind: shape.kind, by: (nth) => (by[nth % by.length] ?? 0) / 1_000 }),
        mayDiffer: !['types', 'deals', 'others'].includes(shape.kind),
      }),
    );
    const [made] = fc.sample(round, { seed: seed + at, numRuns: 1 });
    if (!made) throw new Error('No round was made');
    return made;
  });
}

const plain = {
  cents: 300_000,
  tax: 0,
  age: 40,
  term: 14,
  deal: 'none',
  paidAfter: 1,
  inTwo: false,
} as const;

/** Somebody who sees a grade begins with a customer of whom nothing waits to be read but lists. */
const chanceOf = ({ documents }: BooksPlan, kind: Kind): readonly DocumentPlan[] =>
  kind === 'unlisted'
    ? documents
        .filter(({ type }) => type === 'invoice' || type === 'payment')
        .map((one): DocumentPlan => ({ ...one, deal: 'none' }))
    : documents;

/** What a kind of round needs to have beside what chance gives. */
function always(kind: Kind): readonly DocumentPlan[] {
  if (kind === 'unlisted') {
    // Two that were paid long ago count for no grade; of later ones there are enough to know the customer by.
    const paid = { ...plain, type: 'invoice', state: 3 } as const;
    const long = TOGETHER.map((key) => ({ ...paid, key, age: 500 }));
    return [...long, ...[63, 64, 65].map((key) => ({ ...paid, key, age: 120 }))];
  }
  return kind in SECRETS
    ? SECRETS[kind as keyof typeof SECRETS].with.map((one, at) => ({
        ...plain,
        ...one,
        key: 61 + at,
        inTwo: true,
      }))
    : [];
}
const TOGETHER = [61, 62] as const;

interface Twinning {
  readonly rule: Rule;
  readonly kind: Kind;
  /** Between −1 and 1, for the nth thing. */
  readonly by: (nth: number) => number;
}

function twinOf(plan: BooksPlan, { rule, kind, by }: Twinning): BooksPlan {
  switch (kind) {
    case 'amounts': {
      // Where no amount is told, amounts may be anything; where one is, only little of it may change.
      const told = ALL.some(
        (figure) => !NOT_SUMS.includes(figure) && ['band', 'exact'].includes(mostSeen(rule, figure)),
      );
      const share = told ? 0.01 : mostSeen(rule, 'verdict') === 'hidden' ? 0.6 : 0.1;
      const near = (cents: number, nth: number): number =>
        Math.max(1, Math.round(cents * (1 + share * by(nth))));
      const kept = (exact: boolean, cents: number, nth: number): number => (exact ? cents : near(cents, nth));
      return {
        ...plan,
        documents: plan.documents.map((one) => ({
          ...one,
          cents: kept(isTold(rule, one), one.cents, one.key),
        })),
        creditLimit: plan.creditLimit === 0 ? 0 : near(plan.creditLimit, 20),
        dealCents: {
          ...plan.dealCents,
          fitOut: kept(mostSeen(rule, 'dealAmount') === 'exact', plan.dealCents.fitOut, 21),
        },
      };
    }
    case 'unlisted':
      // Somebody who sees a grade hears nothing of notes, quotes and payments that were or were not there.
      return {
        ...plan,
        together: TOGETHER,
        documents: [
          ...plan.documents,
          { ...plain, key: 66, type: 'credit_note', state: 3 },
          { ...plain, key: 67, type: 'sales_order', state: 1, deal: 'fitOut', tax: 8 },
          { ...plain, key: 68, type: 'invoice', state: 0, deal: 'fitOut', tax: 8 },
        ],
      };
    case 'payments':
    case 'owed':
    case 'parts':
      return {
        ...plan,
        documents: plan.documents.map((one) => {
          if (!SECRETS[kind].varies(one)) return one;
          if (kind === 'parts') return { ...one, firstPart: 50 + Math.round(30 * by(one.key)) };
          return { ...one, cents: Math.max(1, Math.round(one.cents * (1 + 0.6 * by(one.key)))) };
        }),
      };
    case 'types':
      return othersOfHiddenTypes(plan, rule, by);
    case 'deals':
      return changed(plan, ({ deal, type }) => deal === 'secret' && holdsDeal(type), {
        by,
        type: 'invoice',
        deal: 'secret',
      });
    case 'others':
      return {
        ...plan,
        dealCents: { ...plan.dealCents, secret: plan.dealCents.secret + 12_345 },
        strangers: plan.strangers
          .map((name) => (name === 'Cedar Trading' ? name : `${name} & Sons`))
          .concat('Cedar Hill'),
        birch: { name: `${plan.birch.name} (new)`, cents: plan.birch.cents * 3 + 17 },
      };
  }
}

/** Expenses are in no sum: where the list tells amounts exactly, theirs are told. */
const isTold = (rule: Rule, { type }: DocumentPlan): boolean =>
  type === 'expense' && mostSeenOf(rule, { type, status: '' }, 'total') === 'exact';

/** Books holds a deal on these only. */
const holdsDeal = (type: Type): boolean => type !== 'credit_note' && type !== 'payment';

function othersOfHiddenTypes(plan: BooksPlan, rule: Rule, by: Twinning['by']): BooksPlan {
  const seesPayments = !hides(rule, 'payment');
  // What was paid on an invoice is told by payments that are seen: only the rest of it may be another.
  const isPaid = ({ type, state }: DocumentPlan): boolean =>
    type === 'invoice' && (state === 2 || state === 3);
  const type = TYPES.find((one) => hides(rule, one)) ?? 'payment';
  const others = changed(plan, (one) => hides(rule, one.type) && !(seesPayments && isPaid(one)), {
    by,
    type,
    deal: 'fitOut',
  });
  return {
    ...others,
    documents: others.documents.map((one): DocumentPlan => {
      if (!isPaid(one)) return one;
      if (seesPayments) return hides(rule, 'invoice') ? { ...one, term: one.term === 14 ? 60 : 14 } : one;
      return { ...one, paidAfter: one.paidAfter + 3, inTwo: !one.inTwo };
    }),
  };
}

/** Hidden documents are others: other amounts, days and states; one is gone, two are new, of the kind of `new`. */
function changed(
  plan: BooksPlan,
  hidden: (one: DocumentPlan) => boolean,
  { by, ...kind }: Pick<DocumentPlan, 'type' | 'deal'> & Pick<Twinning, 'by'>,
): BooksPlan {
  const kept = plan.documents.filter((one) => !hidden(one));
  const others = plan.documents.filter(hidden).map(
    (one): DocumentPlan => ({
      ...one,
      cents: Math.round(one.cents * (2 + by(one.key))),
      age: Math.round(one.age * (1 + 0.5 * by(one.key + 7))) + 1,
      state: one.state === 1 ? 0 : 1, // unpaid, so that no payment comes of it
    }),
  );
  const fresh = [51, 52].map(
    (key): DocumentPlan => ({
      ...kind,
      key,
      cents: 99_901 + key,
      tax: 8,
      age: 33,
      term: 14,
      state: 1,
      paidAfter: 1,
      inTwo: false,
    }),
  );
  return { ...plan, documents: [...kept, ...others.slice(1), ...fresh] };
}
