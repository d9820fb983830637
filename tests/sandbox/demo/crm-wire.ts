import type { Wire } from '../organisation.ts';
import { type CurrencyCode, currency } from './currencies.ts';
import { ownerOf, type Person } from './people.ts';
import type { Day, Stamps } from './plain-day.ts';

/** Stages of the standard pipeline with the probability CRM ships for them. */
const STAGES = {
  Qualification: 10,
  'Needs Analysis': 20,
  'Proposal/Price Quote': 75,
  'Negotiation/Review': 90,
  'Closed Won': 100,
  'Closed Lost': 0,
} as const;

export type Stage = keyof typeof STAGES;

export interface AccountFacts {
  readonly id: string;
  readonly name: string;
  readonly owner: Person;
  readonly industry: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly since: Day;
  readonly type?: 'Customer' | 'Prospect';
}

export interface ContactFacts {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly account: AccountFacts;
}

export interface DealFacts {
  readonly id: string;
  readonly name: string;
  readonly owner: Person;
  readonly account: { readonly id: string; readonly name: string } | null;
  readonly contact: { readonly id: string; readonly name: string } | null;
  readonly stage: Stage;
  /** As CRM prints it; `null` when nobody has named an amount. */
  readonly amount: number | null;
  readonly currency: CurrencyCode;
  readonly closing: Day | null;
  readonly created: Day;
  readonly modified: Day;
  /** The quote whose number the deal's name carries. */
  readonly quote?: { readonly number: string };
  readonly product?: { readonly id: string; readonly name: string };
}

/** CRM counts foreign units per unit of home currency, the other way round than Books. */
const crmRate = (code: CurrencyCode): number =>
  Number((1_000_000 / currency(code).rateMillionths).toFixed(9));

/** Who owns and wrote a record, and when. */
export const traces = (owner: Person, id: string, created: Day, modified: Day, stamps: Stamps): Wire => ({
  Owner: ownerOf(owner),
  Created_By: ownerOf(owner),
  Modified_By: ownerOf(owner),
  Created_Time: stamps.crm(created, id),
  Modified_Time: stamps.crm(modified, id),
  Tag: [],
});

export const wireAccount = (account: AccountFacts, stamps: Stamps): Wire => ({
  id: account.id,
  Account_Name: account.name,
  Account_Type: account.type ?? 'Customer',
  Industry: account.industry,
  Phone: null,
  Website: null,
  Description: null,
  Parent_Account: null,
  Billing_City: account.city,
  Billing_State: account.state,
  Billing_Country: account.country,
  Annual_Revenue: null,
  Employees: null,
  Currency: account.currency,
  Exchange_Rate: crmRate(account.currency),
  ...traces(account.owner, account.id, account.since, account.since, stamps),
});

export const wireContactPerson = (
  { id, firstName, lastName, email, account }: ContactFacts,
  stamps: Stamps,
): Wire => ({
  id,
  First_Name: firstName,
  Last_Name: lastName,
  Full_Name: `${firstName} ${lastName}`,
  Email: email,
  Phone: null,
  Title: 'Office manager',
  Account_Name: { id: account.id, name: account.name },
  Currency: account.currency,
  Exchange_Rate: crmRate(account.currency),
  ...traces(account.owner, id, account.since, account.since, stamps),
});

export const wireDeal = (deal: DealFacts, stamps: Stamps): Wire => ({
  id: deal.id,
  Deal_Name: deal.quote ? `${deal.name} (${deal.quote.number})` : deal.name,
  Account_Name: deal.account,
  Contact_Name: deal.contact,
  Pipeline: 'Standard (Standard)',
  Stage: deal.stage,
  Probability: STAGES[deal.stage],
  Amount: deal.amount,
  Expected_Revenue: deal.amount === null ? null : Math.round(deal.amount * STAGES[deal.stage]) / 100,
  Closing_Date: deal.closing,
  Type: null,
  Next_Step: null,
  Lead_Source: null,
  Description: null,
  Currency: deal.currency,
  Exchange_Rate: crmRate(deal.currency),
  ...(deal.product ? { Product: deal.product } : {}),
  ...traces(deal.owner, deal.id, deal.created, deal.modified, stamps),
});
