import { Problem } from '../contract/problem.ts';
import { type Money, money } from '../domain/money.ts';
import type { Caller } from '../identity/caller.ts';
import type { LinkingNeeds } from './deal-asked.ts';

export interface AccountDealRaw {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly amount: Money | null;
}

/** As many as a list can be read through; whoever wants another one types more of its name. */
const MOST = 50;

/**
 * Deals of an account to link to, as CRM shows them to this person: deleted and invisible ones are not among them.
 * @throws Problem `record.not_found`
 */
export async function accountDeals(
  needs: LinkingNeeds,
  caller: Caller,
  { accountId, q }: { readonly accountId: string; readonly q: string },
): Promise<readonly AccountDealRaw[]> {
  const account = await needs.access.recordSeenBy(caller, { module: 'Accounts', recordId: accountId });
  if (!account) throw new Problem('record.not_found');
  const sought = folded(q);
  return (await needs.dealsOfAccount(caller, accountId))
    .filter(({ name }) => folded(name).includes(sought))
    .slice(0, MOST)
    .map(({ id, name, stage, amount, currency }) => ({
      id,
      name,
      stage,
      amount: amount === null ? null : money(currency ?? caller.install.crmCurrency, amount),
    }));
}

const folded = (name: string): string =>
  name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
