import { type BooksPlan, type DocumentPlan, TYPES, type Type } from './books-plan.ts';
import { hides, mostSeen, mostSeenOf, type Rule } from './rules.ts';
import { ALL, type Kind, NOT_SUMS, SECRETS } from './shapes.ts';

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
export const chanceOf = ({ documents }: BooksPlan, kind: Kind): readonly DocumentPlan[] =>
  kind === 'unlisted'
    ? documents
        .filter(({ type }) => type === 'invoice' || type === 'payment')
        .map((one): DocumentPlan => ({ ...one, deal: 'none' }))
    : documents;

/** What a kind of round needs to have beside what chance gives. */
export function always(kind: Kind): readonly DocumentPlan[] {
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

export function twinOf(plan: BooksPlan, { rule, kind, by }: Twinning): BooksPlan {
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
