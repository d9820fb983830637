import type { DocumentType } from '../../../server/contract/figures.ts';
import type { FigureId, Level, PolicyDocument, PolicyRule } from '../../../server/contract/policy.ts';
import type { Template } from '../../../server/contract/settings.ts';
import { FIGURES, stepAt } from './figure-groups.ts';
import {
  cellOf,
  mayLink,
  onlyVisibleDeals,
  type Reading,
  readingOf,
  ruleKey,
  shownBy,
  type Tables,
  typesSeen,
} from './policy-rules.ts';

/** A cell before or after: what the rule says (`null`: other rules decide) and what is shown. */
interface Cell {
  readonly says: Level | null;
  readonly shown: Level;
}

/** One thing that two policies say differently about the people of one rule. */
export type RuleChange =
  | { readonly kind: 'added'; readonly template: Template | null }
  | { readonly kind: 'removed' }
  | { readonly kind: 'template'; readonly from: Template | null; readonly to: Template | null }
  /** `follows`: nobody touched this cell; it moves with a figure it is derived from, or with another rule. */
  | {
      readonly kind: 'level';
      readonly figure: FigureId;
      readonly from: Cell;
      readonly to: Cell;
      readonly follows: boolean;
    }
  | {
      readonly kind: 'types';
      readonly gained: readonly DocumentType[];
      readonly lost: readonly DocumentType[];
    }
  | { readonly kind: 'only_visible_deals'; readonly to: boolean }
  | { readonly kind: 'may_link'; readonly to: boolean };

export interface PolicyDiff {
  readonly rules: readonly { readonly rule: PolicyRule; readonly changes: readonly RuleChange[] }[];
  readonly bands: readonly {
    readonly currency: string;
    /** `null`: the built-in ranges. */
    readonly from: readonly string[] | null;
    readonly to: readonly string[] | null;
  }[];
  readonly cascade: { readonly to: boolean } | null;
}

/** What `after` says differently from `before`, in the order of its rules; removed rules come last. */
export function policyDiff(before: PolicyDocument, after: PolicyDocument, tables: Tables): PolicyDiff {
  const was = readingOf(tables, before);
  const is = readingOf(tables, after);
  const known = new Map(before.rules.map((rule) => [ruleKey(rule), rule]));
  const kept = new Set(after.rules.map(ruleKey));
  const rules = [
    ...after.rules.map((rule) => {
      const earlier = known.get(ruleKey(rule));
      return { rule, changes: earlier ? ruleChanges(earlier, was, rule, is) : addedRule(rule, is) };
    }),
    ...before.rules
      .filter((rule) => !kept.has(ruleKey(rule)))
      .map((rule) => ({ rule, changes: [{ kind: 'removed' } as const] })),
  ];
  return {
    rules: rules.filter(({ changes }) => changes.length > 0),
    bands: bandChanges(before, after),
    cascade: before.cascadeFromBooks === after.cascadeFromBooks ? null : { to: after.cascadeFromBooks },
  };
}

/** How many lines a diff has. */
export const sizeOf = ({ rules, bands, cascade }: PolicyDiff): number =>
  rules.reduce((sum, { changes }) => sum + changes.length, 0) + bands.length + (cascade ? 1 : 0);

/** Whether two policies say the same, whatever the order they say it in. */
export const sameDocument = (one: PolicyDocument, other: PolicyDocument): boolean =>
  canonical(one) === canonical(other);

function canonical({ rules, bands, cascadeFromBooks }: PolicyDocument): string {
  const sorted = <Value>(of: Readonly<Record<string, Value>>): [string, Value][] =>
    Object.entries(of).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const told = rules.map(
    ({ template, levels, documentTypes, onlyVisibleDeals: only, mayLink: link, ...who }) => [
      ruleKey(who),
      template,
      sorted(levels),
      documentTypes ? [...documentTypes].toSorted() : null,
      only ?? null,
      link ?? null,
    ],
  );
  return JSON.stringify([
    told.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    sorted(bands),
    cascadeFromBooks,
  ]);
}

/** A new rule is told by its starting point and by what differs from it. */
function addedRule(rule: PolicyRule, is: Reading): readonly RuleChange[] {
  const bare: PolicyRule = { ...rule, levels: {} };
  const { documentTypes: _types, onlyVisibleDeals: _only, mayLink: _link, ...start } = bare;
  const details = ruleChanges(start, is, rule, is).filter(
    (change) => change.kind !== 'level' || !change.follows,
  );
  return [{ kind: 'added', template: rule.template }, ...details];
}

function ruleChanges(
  earlier: PolicyRule,
  was: Reading,
  rule: PolicyRule,
  is: Reading,
): readonly RuleChange[] {
  const template: RuleChange[] =
    earlier.template === rule.template
      ? []
      : [{ kind: 'template', from: earlier.template, to: rule.template }];
  const levels = FIGURES.flatMap((figure): RuleChange[] => {
    const from = { says: cellOf(earlier, figure, was), shown: shownBy(earlier, figure, was) };
    const to = { says: cellOf(rule, figure, is), shown: shownBy(rule, figure, is) };
    const follows = from.says === to.says;
    return looksTheSame(figure, from, to) ? [] : [{ kind: 'level', figure, from, to, follows }];
  });
  return [...template, ...levels, ...scopeChanges(earlier, was, rule, is)];
}

/** `status` → `exact` of a figure that is seen or not is no change anybody could notice. */
function looksTheSame(figure: FigureId, from: Cell, to: Cell): boolean {
  const said = ({ says }: Cell) => (says === null ? null : stepAt(figure, says));
  return said(from) === said(to) && stepAt(figure, from.shown) === stepAt(figure, to.shown);
}

function scopeChanges(
  earlier: PolicyRule,
  was: Reading,
  rule: PolicyRule,
  is: Reading,
): readonly RuleChange[] {
  const [typesBefore, typesAfter] = [typesSeen(earlier, was), typesSeen(rule, is)];
  const gained = typesAfter.filter((type) => !typesBefore.includes(type));
  const lost = typesBefore.filter((type) => !typesAfter.includes(type));
  const [only, link] = [onlyVisibleDeals(rule, is), mayLink(rule, is)];
  return [
    ...(gained.length + lost.length > 0 ? [{ kind: 'types', gained, lost } as const] : []),
    ...(onlyVisibleDeals(earlier, was) === only ? [] : [{ kind: 'only_visible_deals', to: only } as const]),
    ...(mayLink(earlier, was) === link ? [] : [{ kind: 'may_link', to: link } as const]),
  ];
}

function bandChanges(before: PolicyDocument, after: PolicyDocument): PolicyDiff['bands'] {
  const currencies = [...new Set([...Object.keys(before.bands), ...Object.keys(after.bands)])].toSorted();
  return currencies
    .map((currency) => ({
      currency,
      from: before.bands[currency] ?? null,
      to: after.bands[currency] ?? null,
    }))
    .filter(({ from, to }) => from?.join() !== to?.join());
}
