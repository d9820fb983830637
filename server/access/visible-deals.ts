import { LRUCache } from 'lru-cache';
import type { Caller } from '../identity/caller.ts';
import type { Crm } from '../zoho/crm/crm.ts';

interface Needs {
  readonly crmFor: (caller: Caller) => Pick<Crm, 'dealsSeen'>;
  readonly clock: () => Date;
  readonly yesMs: number;
  readonly noMs: number;
}

type DealsSeenBy = (caller: Caller, dealIds: readonly string[]) => Promise<ReadonlySet<string>>;

/** Which of many deals somebody may see: CRM is asked once for all that are not known by now. */
export function createVisibleDeals({ crmFor, clock, yesMs, noMs }: Needs): DealsSeenBy {
  const answers = new LRUCache<string, { seen: boolean; at: number }>({ max: 100_000 });

  return async (caller, dealIds) => {
    const at = clock().getTime();
    const keyOf = (dealId: string): string => [caller.install.id, caller.crmUserId, dealId].join(':');
    const visible = new Set<string>();
    const unknown: string[] = [];
    for (const dealId of new Set(dealIds)) {
      const has = answers.get(keyOf(dealId));
      if (!has || at - has.at >= (has.seen ? yesMs : noMs)) unknown.push(dealId);
      else if (has.seen) visible.add(dealId);
    }
    if (unknown.length === 0) return visible;
    const seen = await crmFor(caller).dealsSeen(unknown.sort());
    for (const dealId of unknown) {
      answers.set(keyOf(dealId), { seen: seen.has(dealId), at });
      if (seen.has(dealId)) visible.add(dealId);
    }
    return visible;
  };
}
