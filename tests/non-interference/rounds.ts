import * as fc from 'fast-check';
import type { FigureId, Level } from '../../server/contract/policy.ts';
import { type BooksPlan, booksPlan, type DocumentPlan, TYPES, type Type } from './books-plan.ts';
import { hides, mostSeen, type Rule } from './rules.ts';

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

type Kind = 'amounts' | 'types' | 'deals' | 'others';

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
/** Told exactly, an amount could not change at all. */
const NO_AMOUNTS: readonly FigureId[] = [
  'verdict',
  'overdueCount',
  'oldestOverdueDays',
  'openCount',
  'lastPaymentDate',
  'ageingCounts',
  'reconciliation',
  'documents',
  'suggestions',
  'overInvoiced',
];
const mixed: fc.Arbitrary<Rule> = fc
  .tuple(
    ...ALL.map((figure) =>
      fc.constantFrom<Level>('hidden', 'status', 'band', NO_AMOUNTS.includes(figure) ? 'exact' : 'band'),
    ),
  )
  .map((levels) => ({
    template: null,
    levels: Object.fromEntries(ALL.map((figure, at) => [figure, levels[at]])),
    mayLink: true,
  }));
const some: fc.Arbitrary<Type[]> = fc.subarray([...TYPES], { minLength: 1, maxLength: TYPES.length - 1 });

/** Every level template with every way to differ, and rules mixed by chance beside them. */
const SHAPES: readonly { who: Who; rule: fc.Arbitrary<Rule>; kind: Kind }[] = [
  { who: 'director', rule: fc.constant(null), kind: 'amounts' },
  { who: 'rep', rule: fc.constant({ template: 'least', levels: {} }), kind: 'amounts' },
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
    const round = fc.record({ rule: shape.rule, plan: booksPlan, by: chances }).map(
      ({ rule, plan, by }): Round => ({
        number: at,
        name: `${at}: ${shape.who}, ${shape.kind}, ${JSON.stringify(rule)}`,
        who: shape.who,
        rule,
        plan,
        twin: twinOf(plan, { rule, kind: shape.kind, by: (nth) => (by[nth % by.length] ?? 0) / 1_000 }),
        mayDiffer: shape.kind === 'amounts',
      }),
    );
    const [made] = fc.sample(round, { seed: seed + at, numRuns: 1 });
    if (!made) throw new Error('No round was made');
    return made;
  });
}

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
        (figure) => !NO_AMOUNTS.includes(figure) && ['band', 'exact'].includes(mostSeen(rule, figure)),
      );
      const share = told ? 0.01 : mostSeen(rule, 'verdict') === 'hidden' ? 0.6 : 0.1;
      const near = (cents: number, nth: number): number =>
        Math.max(1, Math.round(cents * (1 + share * by(nth))));
      const kept = (exact: boolean, cents: number, nth: number): number => (exact ? cents : near(cents, nth));
      return {
        ...plan,
        documents: plan.documents.map((one) => ({ ...one, cents: near(one.cents, one.key) })),
        creditLimit: plan.creditLimit === 0 ? 0 : near(plan.creditLimit, 20),
        dealCents: {
          ...plan.dealCents,
          fitOut: kept(mostSeen(rule, 'dealAmount') === 'exact', plan.dealCents.fitOut, 21),
        },
      };
    }
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
