import { LRUCache } from 'lru-cache';
import type { Caller } from '../identity/caller.ts';
import type { CrmDeal, CrmDeals } from '../zoho/crm/crm.ts';

/** Believed this long: a person types, and each letter asks. */
const DEALS_MS = 60_000;

interface Needs {
  readonly crmFor: (caller: Caller) => CrmDeals;
  readonly clock: () => Date;
}

export type DealsOfAccount = (caller: Caller, accountId: string) => Promise<readonly CrmDeal[]>;

/** Deals of an account as a person sees them. Throws `ZohoTrouble`. */
export function createDealsOfAccount({ crmFor, clock }: Needs): DealsOfAccount {
  const known = new LRUCache<string, { at: number; deals: readonly CrmDeal[] }>({ max: 2_000 });
  return async (caller, accountId) => {
    const key = `${caller.install.id}:${caller.crmUserId}:${accountId}`;
    const at = clock().getTime();
    const has = known.get(key);
    if (has && at - has.at < DEALS_MS) return has.deals;
    const deals = await crmFor(caller).dealsOfAccount(accountId);
    known.set(key, { at, deals });
    return deals;
  };
}
