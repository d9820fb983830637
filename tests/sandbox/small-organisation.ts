import type { Organisation, Wire } from './organisation.ts';
import { smallBooks } from './small-organisation-books.ts';

/** Ids of the small organisation, to be named in tests. */
export const SMALL = {
  today: '2026-11-20',
  users: { administrator: '3652397000000100001', rep: '3652397000000100002', finance: '3652397000000100003' },
  roles: { ceo: '3652397000000200001', finance: '3652397000000200002', sales: '3652397000000200003' },
  profiles: { administrator: '3652397000000300001', standard: '3652397000000300002' },
  accounts: { aster: '3652397000000400001', birch: '3652397000000400002' },
  contacts: { aster: '3652397000000500001', birch: '3652397000000500002' },
  deals: { fitOut: '3652397000000600001', expansion: '3652397000000600002', birch: '3652397000000600003' },
  organisation: '60001234567',
  customers: { aster: '460000000000026001', birch: '460000000000026002' },
} as const;

const STAMP = '2026-10-01T09:00:00+02:00';
const named = (id: string, name: string): Wire => ({ id, name });
const ROLE_NAMES: Readonly<Record<string, string>> = {
  [SMALL.roles.ceo]: 'CEO',
  [SMALL.roles.finance]: 'Finance Manager',
  [SMALL.roles.sales]: 'Sales Representative',
};
const PROFILE_NAMES: Readonly<Record<string, string>> = {
  [SMALL.profiles.administrator]: 'Administrator',
  [SMALL.profiles.standard]: 'Standard',
};
const USER_NAMES: Readonly<Record<string, string>> = {
  [SMALL.users.administrator]: 'Ada Keller',
  [SMALL.users.rep]: 'Ravi Menon',
  [SMALL.users.finance]: 'Fay Osei',
};

const aRole = (id: string, reportsTo: string | null): Wire => ({
  id,
  name: ROLE_NAMES[id] ?? 'Role',
  display_label: ROLE_NAMES[id] ?? 'Role',
  api_name: (ROLE_NAMES[id] ?? 'Role').replaceAll(' ', '_'),
  description: null,
  reporting_to: reportsTo ? named(reportsTo, ROLE_NAMES[reportsTo] ?? 'Role') : null,
  share_with_peers: false,
  forecast_manager: null,
  created_by__s: null,
  modified_by__s: null,
  created_time__s: null,
  modified_time__s: null,
});

const aProfile = (id: string): Wire => ({
  id,
  api_name: PROFILE_NAMES[id] ?? 'Profile',
  name: PROFILE_NAMES[id] ?? 'Profile',
  display_label: PROFILE_NAMES[id] ?? 'Profile',
  custom: false,
  type: 'normal_profile',
  created_by: null,
  modified_by: null,
  created_time: null,
  modified_time: null,
  permissions_details: [],
  sections: [],
});

function aUser(id: string, roleId: string, profileId: string, more: Wire = {}): Wire {
  const name = USER_NAMES[id] ?? 'Some One';
  const [first = '', last = ''] = name.split(' ');
  return {
    id,
    zuid: String(694_570_000 + Number(id.slice(-4))),
    full_name: name,
    first_name: first,
    last_name: last,
    email: `${first}.${last}@keller.example`.toLowerCase(),
    role: named(roleId, ROLE_NAMES[roleId] ?? 'Role'),
    profile: named(profileId, PROFILE_NAMES[profileId] ?? 'Profile'),
    status: 'active',
    confirm: true,
    type__s: 'Regular User',
    time_zone: 'Europe/Berlin',
    Reporting_To: null,
    status_reason__s: null,
    created_time: STAMP,
    Modified_Time: STAMP,
    ...more,
  };
}

function record(id: string, ownerId: string, fields: Wire): Wire {
  const owner = named(ownerId, USER_NAMES[ownerId] ?? 'Some One');
  return {
    id,
    Owner: { ...owner, email: `${ownerId.slice(-3)}@keller.example` },
    Created_By: owner,
    Modified_By: owner,
    Created_Time: STAMP,
    Modified_Time: STAMP,
    ...fields,
  };
}

const anAccount = (id: string, ownerId: string, name: string, more: Wire = {}): Wire =>
  record(id, ownerId, { Account_Name: name, Phone: null, Website: null, Industry: null, ...more });

const aContact = (id: string, ownerId: string, name: string, account: Wire | null, more: Wire = {}): Wire =>
  record(id, ownerId, {
    First_Name: name.split(' ')[0] ?? null,
    Last_Name: name.split(' ').slice(1).join(' '),
    Full_Name: name,
    Email: `${name.toLowerCase().replaceAll(' ', '.')}@customer.example`,
    Account_Name: account ? named(String(account.id), String(account.Account_Name)) : null,
    ...more,
  });

const aDeal = (id: string, ownerId: string, name: string, account: Wire | null, more: Wire = {}): Wire =>
  record(id, ownerId, {
    Deal_Name: name,
    Account_Name: account ? named(String(account.id), String(account.Account_Name)) : null,
    Contact_Name: null,
    Stage: 'Negotiation/Review',
    Amount: 5000,
    Probability: 90,
    Closing_Date: '2026-12-15',
    ...more,
  });

/**
 * Two accounts, three people, a handful of documents; made for 2026-11-20. Aster Foods owes 796.00 (580.00 of it
 * overdue, 216.00 due today) and has 80.00 unused credits. The rep owns Aster, the administrator owns Birch.
 */
export function smallOrganisation(): Organisation {
  const { users, roles, profiles, accounts, contacts, deals } = SMALL;
  const aster = anAccount(accounts.aster, users.rep, 'Aster Foods');
  const birch = anAccount(accounts.birch, users.administrator, 'Birch & Co');
  const oneContact = aContact(contacts.aster, users.rep, 'Noor Haddad', aster);
  return {
    org: {
      today: SMALL.today,
      demo: { administratorId: users.administrator, repId: users.rep },
      crm: {
        id: '3652397000000020005',
        zgid: '60001239999',
        company_name: 'Keller Office Supplies',
        domain_name: 'org60001239999',
        primary_zuid: '694570001',
        primary_email: 'ada.keller@keller.example',
        type: 'production',
        country_code: 'DE',
        iso_code: 'USD',
        currency: 'US Dollar - USD',
        currency_symbol: '$',
        time_zone: 'Europe/Berlin',
        hierarchy_preferences: { type: 'Role_Hierarchy' },
        license_details: {
          paid: true,
          paid_type: 'enterprise',
          paid_expiry: null,
          users_license_purchased: 5,
          trial_type: null,
          trial_expiry: null,
          trial_action: null,
        },
      },
    },
    crm: {
      users: [
        aUser(users.administrator, roles.ceo, profiles.administrator),
        aUser(users.rep, roles.sales, profiles.standard),
        aUser(users.finance, roles.finance, profiles.standard),
      ],
      roles: [aRole(roles.ceo, null), aRole(roles.finance, roles.ceo), aRole(roles.sales, roles.finance)],
      profiles: [aProfile(profiles.administrator), aProfile(profiles.standard)],
      Accounts: [aster, birch],
      Contacts: [oneContact, aContact(contacts.birch, users.administrator, 'Lena Voss', birch)],
      Deals: [
        aDeal(deals.fitOut, users.rep, 'Aster fit-out', aster, {
          Stage: 'Closed Won',
          Amount: 1200,
          Probability: 100,
          Closing_Date: '2026-08-15',
          Contact_Name: named(contacts.aster, 'Noor Haddad'),
        }),
        aDeal(deals.expansion, users.rep, 'Aster expansion', aster),
        aDeal(deals.birch, users.administrator, 'Birch renewal', birch, { Amount: 300 }),
      ],
      Products: [],
      Vendors: [],
    },
    books: smallBooks(SMALL),
  };
}
