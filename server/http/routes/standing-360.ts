import type { FastifyRequest } from 'fastify';
import type { Access } from '../../access/may-see-record.ts';
import type { Customer360 } from '../../contract/customer-360.ts';
import type { Projected } from '../../visibility/project.ts';
import { type AnswerNeeds, customer360, type RecordQuestion } from './record-answers.ts';

export interface StandingNeeds extends AnswerNeeds {
  readonly access: AnswerNeeds['access'] & Pick<Access, 'seenUntil'>;
}

/** The answer, noting until when it stands: unless other records of CRM were asked about, each believed for itself. */
export async function standing360(
  request: FastifyRequest,
  question: RecordQuestion,
  needs: StandingNeeds,
): Promise<Projected<Customer360>> {
  const { caller, record } = question;
  let asksOthers = false;
  const access: AnswerNeeds['access'] = {
    recordSeenBy: needs.access.recordSeenBy,
    contactsOfAccount(...of) {
      asksOthers = true;
      return needs.access.contactsOfAccount(...of);
    },
    dealsSeenBy(...of) {
      asksOthers = true;
      return needs.access.dealsSeenBy(...of);
    },
  };
  const wantsNewer = request.headers['cache-control'] === 'no-cache';
  const answer = await customer360({ ...question, wantsNewer }, { ...needs, access });
  if (isSettled(answer) && !asksOthers)
    request.standsUntil = Math.min(caller.believedUntil, needs.access.seenUntil(caller, record));
  return answer;
}

/** Nothing of it is being read, or will have to be asked for again soon. */
const isSettled = (answer: Customer360): boolean =>
  answer.state === 'linked' &&
  answer.freshness.state === 'fresh' &&
  answer.freshness.missing.length === 0 &&
  answer.freshness.refetchAfterSeconds === undefined;
