import type { AccountFacts, DealFacts, Stage } from './crm-wire.ts';
import { wireAmount } from './currencies.ts';
import type { CustomerBook } from './customer-book.ts';
import { PEOPLE, type Person } from './people.ts';
import { daysAfter } from './plain-day.ts';
import { SHOWCASE, SHOWCASE_DEAL_KEYS, type ShowcaseKey } from './showcase.ts';

interface DealPlan {
  readonly account: ShowcaseKey | null;
  readonly stage: Stage;
  /** Days from today, negative before it. */
  readonly closing: number;
  /** Used when the deal has no quote whose net it could take. */
  readonly amount: number;
  readonly owner?: Person;
}

const PLANS: Record<keyof typeof SHOWCASE.deals, DealPlan> = {
  ladder: { account: 'dealLadder', stage: 'Closed Won', closing: -60, amount: 0 },
  overInvoiced: { account: 'overInvoiced', stage: 'Closed Won', closing: -120, amount: 0 },
  wonNotInvoiced: { account: 'wonNotInvoiced', stage: 'Closed Won', closing: -49, amount: 0 },
  withoutAccount: { account: null, stage: 'Proposal/Price Quote', closing: 21, amount: 7_400 },
  accountHidden: {
    account: 'west',
    stage: 'Negotiation/Review',
    closing: 30,
    amount: 38_000,
    owner: PEOPLE.rep,
  },
  west: { account: 'west', stage: 'Closed Won', closing: -80, amount: 0 },
  unlinked: { account: 'nameMatchOnly', stage: 'Negotiation/Review', closing: 18, amount: 5_200 },
  goodPayer: { account: 'goodPayer', stage: 'Closed Won', closing: -110, amount: 0 },
  needsApproval: { account: 'needsApproval', stage: 'Closed Won', closing: -119, amount: 0 },
  yen: { account: 'yen', stage: 'Closed Won', closing: -100, amount: 0 },
  contactLinked: { account: 'contactLinked', stage: 'Closed Won', closing: -58, amount: 0 },
};

/** The deals with a story, worth what was quoted for them. */
export function showcaseDeals(
  accounts: ReadonlyMap<string, AccountFacts>,
  contacts: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
  books: readonly CustomerBook[],
  today: string,
): DealFacts[] {
  return SHOWCASE_DEAL_KEYS.map((key) => {
    const plan = PLANS[key];
    const account =
      plan.account === null ? undefined : accounts.get(SHOWCASE.accounts[plan.account].accountId);
    const closing = daysAfter(today, plan.closing);
    return {
      ...SHOWCASE.deals[key],
      owner: plan.owner ?? account?.owner ?? PEOPLE.rep,
      account: account ? { id: account.id, name: account.name } : null,
      contact: (account && contacts.get(account.id)) ?? null,
      stage: plan.stage,
      amount: quotedFor(SHOWCASE.deals[key].id, books) ?? plan.amount,
      currency: account?.currency ?? 'USD',
      closing,
      created: daysAfter(plan.closing < 0 ? closing : today, -45),
      modified: plan.closing < 0 ? closing : daysAfter(today, -3),
    };
  });
}

function quotedFor(dealId: string, books: readonly CustomerBook[]): number | null {
  for (const { estimates, customer } of books) {
    const quote = estimates.find(({ deal }) => deal?.id === dealId);
    if (quote) return wireAmount(quote.net, customer.currency);
  }
  return null;
}
