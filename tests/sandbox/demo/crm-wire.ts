import type { Wire } from '../organisation.ts';
import { type CurrencyCode, currency } from './currencies.ts';
import { crmId } from './ids.ts';
import { ownerOf, type Person } from './people.ts';
import type { Day, Stamps } from './plain-day.ts';
import { ITEMS } from './price-list.ts';

/** Stages of the standard pipeline with the probability CRM ships for them. */
export const STAGES = {
  Qualification: 10,
  'Needs Analysis': 20,
  Proposal: 50,
  Negotiation: 75,
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
  readonly product?: { readonly id: string; readonly name: string };
}

/** CRM counts foreign units per unit of home currency, the other way round than Books. */
const crmRate = (code: CurrencyCode): number =>
  Number((1_000_000 / currency(code).rateMillionths).toFixed(9));

const traces = (owner: Person, id: string, created: Day, modified: Day, stamps: Stamps): Wire => ({
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
  Deal_Name: deal.name,
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

export interface ProductFacts {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly category: string;
  readonly price: number;
}

export const demoProducts = (): ProductFacts[] =>
  ITEMS.map(({ productId, name, sku, category, listPrice }) => ({
    id: productId,
    name,
    code: sku,
    category,
    price: listPrice / 100,
  }));

export const wireProduct = (
  { id, name, code, category, price }: ProductFacts,
  owner: Person,
  since: Day,
  stamps: Stamps,
): Wire => ({
  id,
  Product_Name: name,
  Product_Code: code,
  Product_Category: category,
  Product_Active: true,
  Unit_Price: price,
  Taxable: true,
  ...traces(owner, id, since, since, stamps),
});

export const wireVendors = (owner: Person, since: Day, stamps: Stamps): Wire[] =>
  ['Nordholz Furniture Works', 'Tanaka Imaging', 'Greatlakes Paper'].map((name, at) => {
    const id = crmId('vendor', at + 1);
    return {
      id,
      Vendor_Name: name,
      Email: null,
      Phone: null,
      Category: null,
      ...traces(owner, id, since, since, stamps),
    };
  });

/** `GET /org` → `org[0]`. */
export function wireCrmOrganisation(
  name: string,
  administrator: Person,
  timeZone: string,
  multiCurrency: 'one' | 'several',
  since: string,
): Wire {
  return {
    id: crmId('organisation', 1),
    zgid: '845120397',
    ezgid: 'a93c5e1f7b20d4668',
    company_name: name,
    alias: null,
    domain_name: 'org845120397',
    type: 'Production',
    primary_email: administrator.email,
    primary_zuid: String(694_579_000 + Number(administrator.id.slice(-5))),
    country: 'United States',
    country_code: 'US',
    city: 'New York',
    state: 'NY',
    currency: 'US Dollar - USD',
    currency_symbol: '$',
    currency_locale: 'en_US',
    iso_code: 'USD',
    mc_status: multiCurrency === 'several',
    time_zone: timeZone,
    hierarchy_preferences: { type: 'Role_Hierarchy', strictly_reporting: false },
    license_details: {
      paid: true,
      paid_type: 'enterprise',
      paid_expiry: null,
      users_license_purchased: 25,
      trial_type: null,
      trial_expiry: null,
      trial_action: null,
    },
    privacy_settings: false,
    hipaa_compliance_enabled: false,
    translation_enabled: false,
    gapps_enabled: false,
    lite_users_enabled: false,
    oauth_presence: false,
    deletable_org_account: false,
    max_per_page: 200,
    created_time: since,
  };
}
