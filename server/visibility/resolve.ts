import type { DocumentType } from '../contract/figures.ts';
import type { FigureId, PolicyDocument, PolicyRule } from '../contract/policy.ts';
import { FIGURE_IDS } from './figures.ts';
import { type Level, strictest } from './levels.ts';
import { ALL_TYPES, type Policy, policyOf, settled } from './policy.ts';
import { type Grants, TEMPLATES } from './templates.ts';

/** As CRM names them: ids only. A name can be anybody's. */
export interface Holder {
  readonly roleId: string;
  readonly profileId: string;
}

/** A policy in force. */
export interface InForce {
  readonly version: number;
  readonly document: PolicyDocument;
}

/** What applies until an administrator has decided: nobody sees more than the least. */
export const BASE_DOCUMENT: PolicyDocument = { rules: [], bands: {}, cascadeFromBooks: true };

/**
 * What the rules say of a person. Cell by cell the most specific rule that says something decides: one for role and
 * profile, then one for either, then the least. Of several equally specific ones the strictest. The order of rules
 * means nothing.
 */
export function policyFor(holder: Holder, { version, document }: InForce): Policy {
  const own = document.rules.filter((rule) => isFor(rule, holder));
  const both = own.filter(({ role, profile }) => role !== undefined && profile !== undefined);
  const either = own.filter((rule) => !both.includes(rule));
  const decided = <Said>(said: (rule: PolicyRule) => Said | undefined, strict: Strictest<Said>) =>
    of(both, said, strict) ?? of(either, said, strict);
  const grants = Object.fromEntries(
    FIGURE_IDS.map((figure) => [
      figure,
      decided((rule) => levelSaid(rule, figure), strictest) ?? TEMPLATES.least[figure] ?? 'hidden',
    ]),
  ) as Grants; // safe because the keys are figure ids
  return settled({
    version,
    bands: document.bands,
    grants,
    documentTypes:
      decided(
        ({ documentTypes }): ReadonlySet<DocumentType> | undefined => documentTypes && new Set(documentTypes),
        ([first, ...others]) => inAll(first, others),
      ) ?? ALL_TYPES,
    onlyVisibleDeals:
      decided(
        (rule) => rule.onlyVisibleDeals,
        (said) => said.includes(true),
      ) ?? false,
    mayLink:
      decided(
        (rule) => rule.mayLink,
        (said) => !said.includes(false),
      ) ?? false,
  });
}

/** Administrators of CRM see and do everything: they could grant it to themselves. */
export const policyOfAdministrator = ({ version, document }: InForce): Policy =>
  policyOf('exact', { version, bands: document.bands, mayLink: true });

/** No more than the least, for somebody who may not look around in Books either. */
export function noMoreThanLeast(policy: Policy): Policy {
  const least = policyOf('least').levels;
  const grants = Object.fromEntries(
    FIGURE_IDS.map((figure) => [figure, strictest([policy.levels[figure], least[figure]])]),
  ) as Grants; // safe because the keys are figure ids
  return settled({ ...policy, grants, mayLink: false });
}

/** Whether a person's role and profile are the ones a rule names; a rule that names neither is for nobody. */
const isFor = ({ role, profile }: PolicyRule, { roleId, profileId }: Holder): boolean =>
  (role !== undefined || profile !== undefined) &&
  (role ?? roleId) === roleId &&
  (profile ?? profileId) === profileId;

/** A template speaks of every figure, those it hides included. */
const levelSaid = ({ levels, template }: PolicyRule, figure: FigureId): Level | undefined =>
  levels[figure] ?? (template === null ? undefined : (TEMPLATES[template][figure] ?? 'hidden'));

type Strictest<Said> = (said: readonly [Said, ...Said[]]) => Said;

function of<Said>(
  rules: readonly PolicyRule[],
  said: (rule: PolicyRule) => Said | undefined,
  strict: Strictest<Said>,
): Said | undefined {
  const [first, ...others] = rules.map(said).filter((word) => word !== undefined);
  return first === undefined ? undefined : strict([first, ...others]);
}

const inAll = (
  first: ReadonlySet<DocumentType>,
  others: readonly ReadonlySet<DocumentType>[],
): ReadonlySet<DocumentType> =>
  new Set([...first].filter((type) => others.every((types) => types.has(type))));
