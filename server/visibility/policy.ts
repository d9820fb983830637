import { DocumentType } from '../contract/figures.ts';
import type { PolicyDocument } from '../contract/policy.ts';
import { Template } from '../contract/settings.ts';
import { FIGURE_IDS, type FigureId, inputsOf, madeOf } from './figures.ts';
import { type Level, strictest } from './levels.ts';
import { type Grants, TEMPLATES } from './templates.ts';

type Levels = Readonly<Record<FigureId, Level>>;

/** What one person may see; derived figures already carry the strictest level of their inputs. */
export interface Policy {
  /** Of the organisation's policy it was worked out from. */
  readonly version: number;
  /** The built-in set whose levels these are, or `custom`. It decides nothing. */
  readonly template: Template | 'custom';
  readonly levels: Levels;
  /** What was decided figure by figure, also of figures that are not true for this person and therefore hidden. */
  readonly grants: Grants;
  /** Types of document seen at all. */
  readonly documentTypes: ReadonlySet<DocumentType>;
  /** Only documents without a deal, or of deals this person may see in CRM, count and appear. */
  readonly onlyVisibleDeals: boolean;
  readonly mayLink: boolean;
  readonly bands: PolicyDocument['bands'];
}

export const ALL_TYPES: ReadonlySet<DocumentType> = new Set(DocumentType.options);

/**
 * Books tells these of a customer as a whole: what deals that somebody may not see have to do with them cannot be taken
 * off.
 */
export const OF_ALL_DEALS: readonly FigureId[] = [
  'unusedCredits',
  'unusedRetainers',
  'netExposure',
  'reconciliation',
  'reconciliationDifference',
];

/** What was decided for somebody, before any figure's inputs are looked at. */
export type Granted = Omit<Policy, 'template' | 'levels'>;

/** The level of one figure: what was granted, but never more than for anything it is derived from. */
export function levelIn(grants: Grants, figure: FigureId): Level {
  const inputs = inputsOf(figure).map((input) => levelIn(grants, input));
  return strictest([grants[figure] ?? 'hidden', ...inputs]);
}

/** Settles every level: a figure made of documents that are not seen is hidden, and so is all that comes from it. */
export function settled({ grants, ...rest }: Granted): Policy {
  const { documentTypes, onlyVisibleDeals } = rest;
  const isTrue = (figure: FigureId): boolean =>
    madeOf(figure).every((type) => documentTypes.has(type)) &&
    !(onlyVisibleDeals && OF_ALL_DEALS.includes(figure));
  const left = Object.fromEntries(
    FIGURE_IDS.filter(isTrue).map((figure) => [figure, grants[figure] ?? 'hidden']),
  );
  const levels = levelsFrom(left);
  return { ...rest, grants, levels, template: templateOf({ ...rest, levels }) };
}

/** A built-in set on its own. */
export const policyOf = (
  template: Template,
  given: Partial<Pick<Policy, 'version' | 'bands' | 'mayLink'>> = {},
): Policy =>
  settled({
    version: 0,
    bands: {},
    mayLink: false,
    ...given,
    grants: TEMPLATES[template],
    documentTypes: ALL_TYPES,
    onlyVisibleDeals: false,
  });

const levelsFrom = (grants: Grants): Levels =>
  Object.fromEntries(FIGURE_IDS.map((figure) => [figure, levelIn(grants, figure)])) as Levels; // safe because every figure id was just mapped

function templateOf({
  levels,
  documentTypes,
  onlyVisibleDeals,
}: Pick<Policy, 'levels' | 'documentTypes' | 'onlyVisibleDeals'>): Policy['template'] {
  if (documentTypes.size < ALL_TYPES.size || onlyVisibleDeals) return 'custom';
  const same = (template: Template): boolean =>
    FIGURE_IDS.every((figure) => levelIn(TEMPLATES[template], figure) === levels[figure]);
  return Template.options.find(same) ?? 'custom';
}
