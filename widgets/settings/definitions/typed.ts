import {
  type DefinitionsDocument,
  MaterialityFloor,
  MaterialityPercent,
  MOST_DAYS,
} from '../../../server/contract/definitions.ts';

/** The definitions as somebody types them: not every text is a number yet. */
export interface Typed {
  readonly lifetimeValue: DefinitionsDocument['lifetimeValue'];
  readonly ageingEdges: readonly string[];
  readonly overdueSomeDays: string;
  readonly lateDays: string;
  readonly overdueLongDays: string;
  readonly approvalDaysLate: string;
  readonly materialityPercent: string;
  /** In base currency; empty leaves it to us. */
  readonly materialityFloor: string;
  readonly dealAmount: DefinitionsDocument['dealAmount'];
}

const PARTS = [
  'lifetimeValue',
  'ageingEdges',
  'overdueSomeDays',
  'lateDays',
  'overdueLongDays',
  'approvalDaysLate',
  'materialityPercent',
  'materialityFloor',
  'dealAmount',
] as const satisfies readonly (keyof Typed)[];
export type Part = (typeof PARTS)[number];

/** A floor set in another base currency does not count, so it is not shown as if it did. */
export function typedOf(document: DefinitionsDocument, baseCurrency: string): Typed {
  const { materialityFloor: floor, materialityPercent, ...days } = document.grade;
  return {
    lifetimeValue: document.lifetimeValue,
    ageingEdges: document.ageingEdges.map(String),
    overdueSomeDays: String(days.overdueSomeDays),
    lateDays: String(days.lateDays),
    overdueLongDays: String(days.overdueLongDays),
    approvalDaysLate: String(days.approvalDaysLate),
    materialityPercent,
    materialityFloor: floor?.currency === baseCurrency ? floor.amount : '',
    dealAmount: document.dealAmount,
  };
}

/** What keeps a field from being saved; `other` is the number it is held against. */
export type Fault =
  | { readonly why: 'days' | 'edge'; readonly most: number }
  | { readonly why: 'not_above' | 'below_late'; readonly other: number }
  | { readonly why: 'percent' | 'amount' };
export type Faults = ReadonlyMap<string, Fault>;

/** Names a field among its like; fields that are alone are named by their part. */
export const edgeField = (at: number): string => `ageingEdges.${at}`;

/** The document that is typed, or `null` and every field that keeps it from being one. */
export function readTyped(
  typed: Typed,
  baseCurrency: string,
): { readonly document: DefinitionsDocument | null; readonly faults: Faults } {
  const faults = new Map<string, Fault>();
  const ageingEdges = typed.ageingEdges.map((text) => wholeNumber(text));
  ageingEdges.forEach((edge, at) => {
    const before = ageingEdges[at - 1] ?? 0;
    if (!(edge >= 1 && edge <= MOST_DAYS)) faults.set(edgeField(at), { why: 'edge', most: MOST_DAYS });
    else if (edge <= before) faults.set(edgeField(at), { why: 'not_above', other: before });
  });
  const days = (part: DayPart): number => {
    const number = wholeNumber(typed[part]);
    if (!(number >= 0 && number <= MOST_DAYS)) faults.set(part, { why: 'days', most: MOST_DAYS });
    return number;
  };
  const [some, late] = [days('overdueSomeDays'), days('lateDays')];
  const [long, approval] = [days('overdueLongDays'), days('approvalDaysLate')];
  if (long < some) faults.set('overdueLongDays', { why: 'below_late', other: some });
  if (approval < late) faults.set('approvalDaysLate', { why: 'below_late', other: late });
  const percent = decimalText(typed.materialityPercent);
  if (!MaterialityPercent.safeParse(percent).success) faults.set('materialityPercent', { why: 'percent' });
  const amount = decimalText(typed.materialityFloor);
  const materialityFloor = amount === '' ? null : { currency: baseCurrency, amount };
  if (!MaterialityFloor.safeParse(materialityFloor).success)
    faults.set('materialityFloor', { why: 'amount' });
  if (faults.size > 0) return { document: null, faults };
  return {
    document: {
      lifetimeValue: typed.lifetimeValue,
      ageingEdges,
      grade: {
        overdueSomeDays: some,
        lateDays: late,
        overdueLongDays: long,
        approvalDaysLate: approval,
        materialityPercent: percent,
        materialityFloor,
      },
      dealAmount: typed.dealAmount,
    },
    faults,
  };
}

type DayPart = 'overdueSomeDays' | 'lateDays' | 'overdueLongDays' | 'approvalDaysLate';

/** Not a number where anything else is typed, nothing included. */
const wholeNumber = (text: string): number => {
  const digits = decimalText(text);
  return /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN;
};

/** Digits of Arabic and Persian are digits, and a comma between digits is a point. */
const decimalText = (text: string): string =>
  text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/(\d)[,٫](?=\d)/, '$1.');

/** Parts that differ, in the order of the form. */
export const changedParts = (before: Typed, after: Typed): readonly Part[] =>
  PARTS.filter((part) => String(before[part]) !== String(after[part]));

/** What I changed of `base` on top of what others made of it; what both changed is mine. */
export function onTopOf(base: Typed, mine: Typed, theirs: Typed): Typed {
  const own = Object.fromEntries(changedParts(base, mine).map((part) => [part, mine[part]]));
  return { ...theirs, ...own };
}
