import { Problem } from '../contract/problem.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { Queries } from '../store/database.ts';
import { holdInstallState } from '../store/life-cycle.ts';

/**
 * Keeps an install from being uninstalled while something is stored that lets somebody in, until the caller's
 * transaction ends: what comes before an uninstalling is ended by it, and nothing slips in behind it.
 * @param refusal what somebody is told who comes too late; `null` for whoever may come back to look
 * @returns the moment a permission that is stored now counts from, always behind the uninstalling of those who come back
 * @throws Problem `refusal`; `session.ended` once the install is gone
 */
export async function holdForGrant(
  on: Queries,
  installId: string,
  { now, refusal }: { now: Date; refusal: ProblemCode | null },
): Promise<Date> {
  const held = await holdInstallState(on, installId);
  if (!held) throw new Problem('session.ended');
  if (held.state !== 'uninstalling') return now;
  if (refusal !== null) throw new Problem(refusal);
  // by the clock of whichever server
  return new Date(Math.max(now.getTime(), (held.at?.getTime() ?? 0) + 1));
}

/** Administrators may come back to keep what was uninstalled. */
export const refusalOf = (purpose: 'panel' | 'setup'): ProblemCode | null =>
  purpose === 'panel' ? 'sign_in.not_installed' : null;
