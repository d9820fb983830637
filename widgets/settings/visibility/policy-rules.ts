import { DocumentType } from '../../../server/contract/figures.ts';
import {
  type FigureId,
  Level,
  type PolicyDocument,
  type PolicyRule,
  type PolicyView,
} from '../../../server/contract/policy.ts';
import type { Template } from '../../../server/contract/settings.ts';

/** What the server tells about figures and built-in sets. */
export type Tables = Pick<PolicyView, 'templates' | 'inputs' | 'madeOf' | 'ofAllDeals'>;

/** Rules, and what is needed to read them. What people really get is decided by the server alone. */
export interface Reading extends Tables {
  readonly rules: readonly PolicyRule[];
}

export const readingOf = (
  { templates, inputs, madeOf, ofAllDeals }: Tables,
  { rules }: Pick<PolicyDocument, 'rules'>,
): Reading => ({ rules, templates, inputs, madeOf, ofAllDeals });

/** Whom a rule is for; two rules for the same people are never both in force. */
export const ruleKey = ({ role, profile }: Pick<PolicyRule, 'role' | 'profile'>): string =>
  `${role ?? ''}|${profile ?? ''}`;

const rank = (level: Level): number => Level.options.indexOf(level);

/** The lower of some levels. */
const strictest = (levels: readonly Level[]): Level | undefined =>
  levels.toSorted((one, other) => rank(one) - rank(other))[0];

/** Where a cell starts by the rule's template; `null`: with what less specific rules say. */
export const startOf = (
  template: Template | null,
  figure: FigureId,
  { templates }: Pick<Reading, 'templates'>,
): Level | null => (template === null ? null : (templates[template][figure] ?? 'hidden'));

/** One cell as the rule itself says it; `null`: it leaves it to less specific rules. */
export const cellOf = (
  rule: PolicyRule,
  figure: FigureId,
  reading: Pick<Reading, 'templates'>,
): Level | null => rule.levels[figure] ?? startOf(rule.template, figure, reading);

/** What a rule grants: its own word, or that of less specific rules; without any, the least. */
export function grantedBy(rule: PolicyRule, figure: FigureId, reading: Reading): Level {
  const own = cellOf(rule, figure, reading);
  if (own !== null) return own;
  const told = lessSpecific(rule, reading.rules).flatMap((other) => cellOf(other, figure, reading) ?? []);
  return strictest(told) ?? reading.templates.least[figure] ?? 'hidden';
}

/** What somebody of this rule alone is shown: never more than of anything the figure depends on. */
export function shownBy(rule: PolicyRule, figure: FigureId, reading: Reading): Level {
  if (missingTypes(rule, figure, reading).length > 0 || lacksDeals(rule, figure, reading)) return 'hidden';
  const inputs = reading.inputs[figure].map((input) => shownBy(rule, input, reading));
  return strictest([grantedBy(rule, figure, reading), ...inputs]) ?? 'hidden';
}

/**
 * What a cell that is left to its template stands for. A template that keeps a figure below its own word says nothing
 * else by it, so the cell shows what comes of it; only where the rule itself keeps it lower does its word stand.
 * `null`: the rule has a word of its own, or no template.
 */
export function untouched(rule: PolicyRule, figure: FigureId, reading: Reading): Level | null {
  const start = startOf(rule.template, figure, reading);
  if (start === null || rule.levels[figure] !== undefined) return null;
  const alone = shownBy({ template: rule.template, levels: {} }, figure, { ...reading, rules: [] });
  const shown = shownBy(rule, figure, reading);
  return rank(shown) < rank(alone) ? start : shown;
}

/** What keeps a figure below what is granted. */
export type Limit =
  | { readonly by: 'figures'; readonly figures: readonly FigureId[] }
  | { readonly by: 'types'; readonly types: readonly DocumentType[] }
  | { readonly by: 'deals' };

/** Why less is shown than granted; `null` when nothing less is. */
export function limitOf(rule: PolicyRule, figure: FigureId, reading: Reading): Limit | null {
  const shown = shownBy(rule, figure, reading);
  if (shown === grantedBy(rule, figure, reading)) return null;
  const types = missingTypes(rule, figure, reading);
  if (types.length > 0) return { by: 'types', types };
  if (lacksDeals(rule, figure, reading)) return { by: 'deals' };
  return {
    by: 'figures',
    figures: reading.inputs[figure].filter((input) => shownBy(rule, input, reading) === shown),
  };
}

function missingTypes(rule: PolicyRule, figure: FigureId, reading: Reading): readonly DocumentType[] {
  const seen = typesSeen(rule, reading);
  return (reading.madeOf[figure] ?? []).filter((type) => !seen.includes(type));
}

const lacksDeals = (rule: PolicyRule, figure: FigureId, reading: Reading): boolean =>
  onlyVisibleDeals(rule, reading) && reading.ofAllDeals.includes(figure);

/** Document types somebody of this rule sees; of equally specific rules only what both name. */
export function typesSeen(rule: PolicyRule, { rules }: Pick<Reading, 'rules'>): readonly DocumentType[] {
  if (rule.documentTypes) return rule.documentTypes;
  return DocumentType.options.filter((type) =>
    lessSpecific(rule, rules).every(({ documentTypes }) => !documentTypes || documentTypes.includes(type)),
  );
}

/** Of equally specific rules the stricter wins: limiting what counts if one does, linking only if all allow. */
export function onlyVisibleDeals(rule: PolicyRule, { rules }: Pick<Reading, 'rules'>): boolean {
  return rule.onlyVisibleDeals ?? lessSpecific(rule, rules).some((other) => other.onlyVisibleDeals === true);
}

export function mayLink(rule: PolicyRule, { rules }: Pick<Reading, 'rules'>): boolean {
  if (rule.mayLink !== undefined) return rule.mayLink;
  const told = lessSpecific(rule, rules).flatMap((other) => other.mayLink ?? []);
  return told.length > 0 && told.every((allowed) => allowed);
}

/** Only a rule for a role and a profile has any: those for the one and for the other. */
const lessSpecific = ({ role, profile }: PolicyRule, rules: readonly PolicyRule[]): readonly PolicyRule[] =>
  role !== undefined && profile !== undefined
    ? rules.filter(
        (other) =>
          (other.role === role && other.profile === undefined) ||
          (other.profile === profile && other.role === undefined),
      )
    : [];
