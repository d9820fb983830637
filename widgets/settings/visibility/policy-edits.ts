import { DocumentType } from '../../../server/contract/figures.ts';
import type { FigureId, Level, PolicyDocument, PolicyRule } from '../../../server/contract/policy.ts';
import type { Template } from '../../../server/contract/settings.ts';
import { isSeenOrNot, stepAt } from './figure-groups.ts';
import { cellOf, type Reading, ruleKey, startOf, typesSeen } from './policy-rules.ts';

/** One change of one rule; each makes a new rule and leaves the old one as it was. */
export type RuleEdit = (rule: PolicyRule) => PolicyRule;

/**
 * Sets one cell; back at its starting point it follows the template again. `null` leaves it to other rules.
 *
 * A figure that is seen or not looks the same at every level above `hidden`, but still limits what is derived from it.
 * Nobody could raise that limit by looking, so it goes up with the derived figure.
 */
export const setLevel =
  (figure: FigureId, level: Level | null, reading: Reading): RuleEdit =>
  (rule) => {
    const { [figure]: _before, ...others } = rule.levels;
    const start = startOf(rule.template, figure, reading);
    const asStart = level === null || (start !== null && stepAt(figure, level) === stepAt(figure, start));
    const lifted = reading.inputs[figure].filter((input) => {
      const says = cellOf(rule, input, reading);
      return level !== null && level !== 'hidden' && isSeenOrNot(input) && says !== null && says !== 'hidden';
    });
    return {
      ...rule,
      levels: {
        ...others,
        ...(asStart ? {} : { [figure]: level }),
        ...(asStart ? {} : Object.fromEntries(lifted.map((input) => [input, 'exact' as const]))),
      },
    };
  };

/** Starts over from a template: cells that differed from the old one are given up. */
export const setTemplate =
  (template: Template | null): RuleEdit =>
  (rule) => ({ ...rule, template, levels: {} });

export const setTypeSeen =
  (type: DocumentType, seen: boolean, reading: Pick<Reading, 'rules'>): RuleEdit =>
  (rule) => {
    const types = new Set(typesSeen(rule, reading));
    if (seen) types.add(type);
    else types.delete(type);
    return { ...rule, documentTypes: DocumentType.options.filter((option) => types.has(option)) };
  };

export const setOnlyVisibleDeals =
  (only: boolean): RuleEdit =>
  (rule) => ({ ...rule, onlyVisibleDeals: only });

export const setMayLink =
  (allowed: boolean): RuleEdit =>
  (rule) => ({ ...rule, mayLink: allowed });

export const withRule = (document: PolicyDocument, rule: PolicyRule): PolicyDocument => ({
  ...document,
  rules: [...document.rules, rule],
});

export const withoutRule = (document: PolicyDocument, key: string): PolicyDocument => ({
  ...document,
  rules: document.rules.filter((rule) => ruleKey(rule) !== key),
});

export const withEdit = (document: PolicyDocument, key: string, edit: RuleEdit): PolicyDocument => ({
  ...document,
  rules: document.rules.map((rule) => (ruleKey(rule) === key ? edit(rule) : rule)),
});

/** `null` goes back to the built-in ranges of that currency. */
export function withBands(
  document: PolicyDocument,
  currency: string,
  edges: readonly string[] | null,
): PolicyDocument {
  const { [currency]: _before, ...others } = document.bands;
  return { ...document, bands: edges === null ? others : { ...others, [currency]: [...edges] } };
}
