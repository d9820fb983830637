import type { Wire } from '../organisation.ts';
import { crmId } from './ids.ts';
import type { Stamps } from './plain-day.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly profile: string;
  /** Name of the role's holder this person answers to in the org chart. */
  readonly reportsTo?: string;
  readonly active: boolean;
}

export interface RolePlan {
  readonly name: string;
  readonly reportsTo: string | null;
}

/** `owner` as CRM nests it in records. */
export const ownerOf = ({ id, name, email }: Person): Wire => ({ id, name, email });

const emailOf = (name: string): string => {
  const plain = name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase();
  return `${plain.trim().split(/ +/).join('.')}@halden-office.example`;
};

export function person(
  n: number,
  name: string,
  role: string,
  profile: string,
  more: { reportsTo?: string; active?: boolean } = {},
): Person {
  const { active = true, ...rest } = more;
  return { id: crmId('user', n), name, email: emailOf(name), role, profile, active, ...rest };
}

/** Finance stands above sales in the tree, so that the hierarchy alone lets finance open every sales record. */
export const SALES_ROLES: readonly RolePlan[] = [
  { name: 'CEO', reportsTo: null },
  { name: 'Finance Manager', reportsTo: 'CEO' },
  { name: 'Sales Director', reportsTo: 'Finance Manager' },
  { name: 'Sales Manager East', reportsTo: 'Sales Director' },
  { name: 'Sales Manager West', reportsTo: 'Sales Director' },
  { name: 'Sales Representative', reportsTo: 'Sales Manager East' },
  { name: 'Sales Representative West', reportsTo: 'Sales Manager West' },
  { name: 'Support Agent', reportsTo: 'CEO' },
];

export const PEOPLE = {
  ceo: person(1, 'Amelia Hartmann', 'CEO', 'Administrator'),
  finance: person(2, 'Ingrid Sorensen', 'Finance Manager', 'Finance', { reportsTo: 'Amelia Hartmann' }),
  director: person(3, 'Rafael Ortiz', 'Sales Director', 'Standard', { reportsTo: 'Amelia Hartmann' }),
  managerEast: person(4, 'Dana Whitfield', 'Sales Manager East', 'Standard', { reportsTo: 'Rafael Ortiz' }),
  managerWest: person(5, 'Kenji Morita', 'Sales Manager West', 'Standard', { reportsTo: 'Rafael Ortiz' }),
  rep: person(6, 'Maya Lindqvist', 'Sales Representative', 'Standard', { reportsTo: 'Dana Whitfield' }),
  support: person(7, 'Samir Haddad', 'Support Agent', 'Support', { reportsTo: 'Amelia Hartmann' }),
  formerRep: person(8, 'Leo Brandt', 'Sales Representative West', 'Standard', {
    reportsTo: 'Kenji Morita',
    active: false,
  }),
} as const;

const PROFILES = [
  ['Administrator', 'This profile will have all the permissions.', false],
  ['Standard', 'This profile will have all the permissions except administrative privileges.', false],
  ['Finance', 'Finance staff: read sales records, no administration.', true],
  ['Support', 'Service desk: own records only, no deals.', true],
] as const;

const profileId = (name: string): string => {
  const at = PROFILES.findIndex(([profile]) => profile === name);
  if (at < 0) throw new Error(`No such profile: ${name}`);
  return crmId('profile', at + 1);
};

function roleId(roles: readonly RolePlan[], name: string): string {
  const at = roles.findIndex((role) => role.name === name);
  if (at < 0) throw new Error(`No such role: ${name}`);
  return crmId('role', at + 1);
}

/** Users, roles and profiles as CRM's settings calls answer them. */
export function wirePeople(
  people: readonly Person[],
  roles: readonly RolePlan[],
  where: { readonly stamps: Stamps; readonly since: string; readonly timeZone: string },
): { users: Wire[]; roles: Wire[]; profiles: Wire[] } {
  const [administrator] = people;
  if (!administrator) throw new Error('An organisation needs at least its administrator');
  const author = { id: administrator.id, name: administrator.name };
  const { stamps, since } = where;
  return {
    users: people.map((one) => wireUser(one, people, roles, where)),
    roles: roles.map(({ name, reportsTo }) => ({
      id: roleId(roles, name),
      name,
      api_name: name.replaceAll(' ', '_'),
      display_label: name,
      description: null,
      reporting_to: reportsTo === null ? null : { id: roleId(roles, reportsTo), name: reportsTo },
      forecast_manager: null,
      share_with_peers: false,
      admin_user: reportsTo === null,
      created_by__s: null,
      modified_by__s: author,
      created_time__s: null,
      modified_time__s: stamps.crm(since, roleId(roles, name)),
    })),
    profiles: PROFILES.map(([name, description, custom]) => ({
      id: profileId(name),
      name,
      api_name: name,
      display_label: name,
      description,
      permissions_details: name === 'Support' ? [noDeals(profileId(name))] : [],
      sections: [],
      type: 'normal_profile',
      permission_type: 'custom',
      category: custom,
      custom,
      default: name === 'Standard',
      _delete: custom,
      created_by: custom ? author : null,
      modified_by: custom ? author : null,
      created_time: custom ? stamps.crm(since, profileId(name)) : null,
      modified_time: custom ? stamps.crm(since, profileId(name)) : null,
    })),
  };
}

/** The service desk has no business with deals. */
const noDeals = (profile: string): Wire => ({
  id: `${profile.slice(0, -5)}90001`,
  name: 'Crm_Implied_View_Deals',
  display_label: 'View',
  module: 'Deals',
  enabled: false,
  customizable: true,
  parent_permissions: null,
});

function wireUser(
  one: Person,
  people: readonly Person[],
  roles: readonly RolePlan[],
  { stamps, since, timeZone }: { readonly stamps: Stamps; readonly since: string; readonly timeZone: string },
): Wire {
  const [first = '', ...rest] = one.name.split(' ');
  const above = people.find(({ name }) => name === one.reportsTo);
  return {
    id: one.id,
    // Zoho's user number across its products: nine digits, unlike the CRM id
    zuid: String(694_579_000 + Number(one.id.slice(-5))),
    full_name: one.name,
    first_name: first,
    last_name: rest.join(' '),
    email: one.email,
    role: { id: roleId(roles, one.role), name: one.role },
    profile: { id: profileId(one.profile), name: one.profile },
    status: one.active ? 'active' : 'inactive',
    confirm: true,
    type__s: 'Regular User',
    category: 'regular_user',
    status_reason__s: null,
    Reporting_To: above ? { id: above.id, name: above.name, email: above.email } : null,
    Isonline: false,
    language: 'en_US',
    locale: 'en_US',
    country_locale: 'en_US',
    date_format: 'MMM d, yyyy',
    time_format: 'hh:mm a',
    decimal_separator: 'Period',
    number_separator: 'Comma',
    time_zone: timeZone,
    Currency: 'USD',
    personal_account: false,
    microsoft: false,
    created_time: stamps.crm(since, one.id),
    Modified_Time: stamps.crm(since, one.id),
  };
}
