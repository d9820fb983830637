import type {
  FigureId,
  Level,
  PolicyDocument,
  PolicyRule,
  PolicyView,
} from '../../../server/contract/policy.ts';
import { FIGURES } from './figure-groups.ts';
import { cellOf, ruleKey, startOf } from './policy-rules.ts';

const SCOPE = ['documentTypes', 'onlyVisibleDeals', 'mayLink'] as const;

/** Something two people changed differently. */
export type Clash =
  | { readonly kind: 'level'; readonly rule: PolicyRule; readonly figure: FigureId }
  | { readonly kind: 'scope'; readonly rule: PolicyRule; readonly part: (typeof SCOPE)[number] }
  /** Both added it, or one removed what the other changed. */
  | { readonly kind: 'rule'; readonly rule: PolicyRule }
  | { readonly kind: 'bands'; readonly currency: string };

interface Reapplied {
  readonly document: PolicyDocument;
  /** Where mine replaces theirs. */
  readonly clashes: readonly Clash[];
}

type Tables = Pick<PolicyView, 'templates'>;

/**
 * Puts my changes (`base` → `mine`) on top of what is in force by now (`base` → `theirs`), cell by cell: what I did not
 * touch stays as they left it, what both touched becomes mine and is reported.
 */
export function reapply(
  { base, mine, theirs }: Readonly<Record<'base' | 'mine' | 'theirs', PolicyDocument>>,
  tables: Tables,
): Reapplied {
  const clashes: Clash[] = [];
  const rules = keysOf(theirs, mine).flatMap((key) => {
    const of = (document: PolicyDocument) => document.rules.find((rule) => ruleKey(rule) === key);
    const merged = mergedRule({ base: of(base), mine: of(mine), theirs: of(theirs) }, tables);
    clashes.push(...merged.clashes);
    return merged.rule ? [merged.rule] : [];
  });
  const bands: PolicyDocument['bands'] = {};
  for (const currency of new Set([...Object.keys(theirs.bands), ...Object.keys(mine.bands)])) {
    const [was, my, their] = [base, mine, theirs].map((document) => document.bands[currency]);
    const wanted = same(my, was) ? their : my;
    if (wanted) bands[currency] = wanted;
    if (!same(my, was) && !same(their, was) && !same(my, their)) clashes.push({ kind: 'bands', currency });
  }
  const cascadeFromBooks =
    mine.cascadeFromBooks === base.cascadeFromBooks ? theirs.cascadeFromBooks : mine.cascadeFromBooks;
  return { document: { rules, bands, cascadeFromBooks }, clashes };
}

const keysOf = (...documents: readonly PolicyDocument[]): readonly string[] => [
  ...new Set(documents.flatMap(({ rules }) => rules.map(ruleKey))),
];

type Three<Value> = Readonly<Record<'base' | 'mine' | 'theirs', Value>>;
interface Merged {
  readonly rule: PolicyRule | undefined;
  readonly clashes: readonly Clash[];
}

function mergedRule({ base, mine, theirs }: Three<PolicyRule | undefined>, tables: Tables): Merged {
  if (same(mine, base)) return { rule: theirs, clashes: [] };
  if (same(theirs, base) || same(mine, theirs)) return { rule: mine, clashes: [] };
  // one of us removed it, the other changed it; or both added it
  const [whole] = [mine ?? theirs].flatMap((rule) => rule ?? []);
  if (!whole) return { rule: undefined, clashes: [] };
  if (!base || !mine || !theirs) return { rule: mine, clashes: [{ kind: 'rule', rule: whole }] };
  return mergedCells({ base, mine, theirs }, tables);
}

/** All three know the rule: each cell and each switch is decided by itself. */
function mergedCells(three: Three<PolicyRule>, tables: Tables): Merged {
  const { base, mine, theirs } = three;
  const clashes: Clash[] = [];
  const template = pick(three, ({ template: of }) => of);
  const levels: PolicyRule['levels'] = {};
  for (const figure of FIGURES) {
    const says = (rule: PolicyRule): Level | null => cellOf(rule, figure, tables);
    const level = pick(three, says);
    if (level !== null && level !== startOf(template, figure, tables)) levels[figure] = level;
    const both = says(mine) !== says(base) && says(theirs) !== says(base);
    if (both && says(mine) !== says(theirs)) clashes.push({ kind: 'level', rule: mine, figure });
  }
  for (const part of SCOPE) {
    const [was, my, their] = [base[part], mine[part], theirs[part]];
    if (!same(my, was) && !same(their, was) && !same(my, their))
      clashes.push({ kind: 'scope', rule: mine, part });
  }
  const documentTypes = pick(three, (of) => of.documentTypes);
  const onlyVisibleDeals = pick(three, (of) => of.onlyVisibleDeals);
  const mayLink = pick(three, (of) => of.mayLink);
  const { role, profile } = theirs;
  const rule: PolicyRule = {
    ...(role === undefined ? {} : { role }),
    ...(profile === undefined ? {} : { profile }),
    template,
    levels,
    ...(documentTypes === undefined ? {} : { documentTypes }),
    ...(onlyVisibleDeals === undefined ? {} : { onlyVisibleDeals }),
    ...(mayLink === undefined ? {} : { mayLink }),
  };
  return { rule, clashes };
}

/** Mine where I changed it, else theirs. */
function pick<Value>({ base, mine, theirs }: Three<PolicyRule>, of: (rule: PolicyRule) => Value): Value {
  return same(of(mine), of(base)) ? of(theirs) : of(mine);
}

/** Plain JSON in the order our own edits and the server write it; a difference in order alone merges to the same. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
