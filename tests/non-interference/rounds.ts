import * as fc from 'fast-check';
import { type BooksPlan, booksPlan } from './books-plan.ts';
import type { Rule } from './rules.ts';
import { SHAPES, type Who } from './shapes.ts';
import { always, chanceOf, twinOf } from './twins.ts';

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
