import type { Wire } from '../organisation.ts';
import { traces } from './crm-wire.ts';
import { crmId } from './ids.ts';
import type { Person } from './people.ts';
import type { Day, Stamps } from './plain-day.ts';
import { ITEMS } from './price-list.ts';

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
    mc_status: true,
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
