import type { BandView } from '../../../server/contract/figures.ts';
import { BandEdges } from '../../../server/contract/policy.ts';

/** Why a list of edges cannot be saved, and which of them is wrong. */
export interface EdgesFault {
  readonly why: 'empty' | 'too_many' | 'not_an_amount' | 'not_ascending';
  readonly at: string;
}

/** Edges as typed, one a line. Amounts are plain decimals: separators mean different things to different people. */
export const edgesTyped = (text: string): readonly string[] =>
  text
    .split(/[\s;]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));

export function faultOf(edges: readonly string[]): EdgesFault | null {
  if (edges.length === 0) return { why: 'empty', at: '' };
  const wrong = edges.find((edge) => !BandEdges.safeParse([edge]).success);
  if (wrong !== undefined) return { why: 'not_an_amount', at: wrong };
  const early = edges.find((edge, at) => at > 0 && !isLess(edges[at - 1] ?? '', edge));
  if (early !== undefined) return { why: 'not_ascending', at: early };
  return BandEdges.safeParse(edges).success ? null : { why: 'too_many', at: '' };
}

/** The ranges people will read; debts of ours mirror them below zero. */
export function bandsOf(currency: string, edges: readonly string[]): readonly BandView[] {
  const ends = ['0', ...edges];
  return ends.map((from, at) => ({ currency, from, to: ends[at + 1] ?? null }));
}

/** Decimal text without leading zeros, compared without making a float of it. */
function isLess(one: string, other: string): boolean {
  const [whole = '', part = ''] = one.split('.');
  const [otherWhole = '', otherPart = ''] = other.split('.');
  if (whole.length !== otherWhole.length) return whole.length < otherWhole.length;
  return whole === otherWhole ? part < otherPart : whole < otherWhole;
}
