import type { FastifyRequest } from 'fastify';
import type { Access } from '../../access/may-see-record.ts';
import { LinkableType } from '../../contract/links.ts';
import type { Caller } from '../../identity/caller.ts';
import type { Sight } from '../../linking/sight.ts';
import type { Policies } from '../../policies/policies.ts';
import { seesTotals } from '../../visibility/columns.ts';
import type { Policy } from '../../visibility/policy.ts';
import { dealsToAskFor, seenBooks } from '../../visibility/seen-books.ts';
import { callerOf } from '../rights.ts';

export interface SightNeeds {
  readonly policies: Pick<Policies, 'of'>;
  readonly access: Pick<Access, 'dealsSeenBy'>;
}

/** Who asks, and what their role lets them see and do about links. */
export async function seeing(
  request: FastifyRequest,
  { policies, access }: SightNeeds,
): Promise<{ caller: Caller; policy: Policy; sight: Sight }> {
  const caller = callerOf(request);
  const policy = await policies.of(caller);
  request.policyVersion = policy.version;
  const { levels, mayLink } = policy;
  return {
    caller,
    policy,
    sight: {
      mayLink: mayLink && levels.documents !== 'hidden',
      documents: levels.documents !== 'hidden',
      types: policy.documentTypes,
      onlyVisibleDeals: policy.onlyVisibleDeals,
      totals: seesTotals(
        policy,
        LinkableType.options.filter((type) => policy.documentTypes.has(type)),
      ),
      dealAmount: levels.dealAmount === 'exact',
      seenBooks: async (books, { dealId, untold }) => {
        const others = dealsToAskFor(books, policy).filter((id) => id !== dealId);
        const known = others.length === 0 ? [] : await access.dealsSeenBy(caller, others);
        return seenBooks(books, policy, { visible: new Set([dealId, ...known]), untold });
      },
    },
  };
}
