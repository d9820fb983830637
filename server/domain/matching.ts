import { isBefore } from './calendar-day.ts';
import { type Evidence, evidenceFor, type MatchReason } from './matching-evidence.ts';
import { type DealFacts, dealFacts, paperOf, surroundings } from './matching-facts.ts';
import type { MatchDocument, MatchQuestion } from './matching-question.ts';
import { comparedIds } from './payments.ts';

export interface RankedDocument<Candidate extends MatchDocument = MatchDocument> {
  readonly candidate: Candidate;
  /** The weightiest first. */
  readonly reasons: readonly MatchReason[];
  /** Points, for explaining and comparing within one answer; never shown to people. */
  readonly score: number;
}

const ON_THIS_DEAL = -1000;
const ON_ANOTHER_DEAL = -100;
const VOID = -100;

/**
 * Every candidate once, the likeliest first. The score is the sum of its evidence (`matching-evidence.ts` holds the
 * points), less what it fits another deal of the account better, less a hundred when another deal has it already or it
 * is void; documents already on this deal come last, for there is nothing to link. Same score: the newer first.
 */
export function rankedDocuments<Candidate extends MatchDocument>(
  question: MatchQuestion<Candidate>,
): readonly RankedDocument<Candidate>[] {
  const given = question.candidates.map((candidate) => ({ candidate, paper: paperOf(candidate) }));
  const around = surroundings(
    question,
    given.map(({ paper }) => paper),
  );
  const own = dealFacts(question.deal, around);
  const others = (question.otherDeals ?? [])
    .filter(({ id }) => id !== question.deal.id)
    .map((deal) => dealFacts(deal, around));
  return given
    .map(({ candidate, paper }) => {
      const evidence = evidenceFor(paper, own, around);
      const points = pointsOf(evidence);
      const elsewhere = others.map((other) => pointsOf(evidenceFor(paper, other, around)));
      const better = Math.max(0, ...elsewhere.map((other) => other - points));
      return {
        candidate,
        reasons: evidence.flatMap(({ reason }) => reason ?? []),
        score: points - better + place(candidate, own),
      };
    })
    .sort(likeliestFirst);
}

function place({ dealId, status }: MatchDocument, { deal }: DealFacts): number {
  if (dealId === deal.id) return ON_THIS_DEAL;
  return (dealId === null ? 0 : ON_ANOTHER_DEAL) + (status === 'void' ? VOID : 0);
}

const pointsOf = (evidence: readonly Evidence[]): number =>
  evidence.reduce((sum, { points }) => sum + points, 0);

function likeliestFirst(a: RankedDocument, b: RankedDocument): number {
  if (a.score !== b.score) return b.score - a.score;
  const [one, other] = [a.candidate, b.candidate];
  if (one.date !== other.date) return isBefore(one.date, other.date) ? 1 : -1;
  return comparedIds(other.id, one.id) || (one.type < other.type ? -1 : 1);
}
