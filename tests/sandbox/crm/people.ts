import { HttpResponse, type RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { child, text } from '../zoho-wire.ts';
import { invalidParameter, nothing } from './answers.ts';
import { unchangedSince } from './paging.ts';
import type { CrmEndpoint, Viewer } from './viewer.ts';
import { isAdministrator } from './visibility.ts';

const PER_PAGE = 200;

type Chooses = (user: Wire, viewer: Viewer) => boolean;
const is =
  (status: string): Chooses =>
  (user) =>
    user.status === status;
const confirmed: Chooses = (user) => user.confirm === true;
const both =
  (one: Chooses, other: Chooses): Chooses =>
  (user, viewer) =>
    one(user, viewer) && other(user, viewer);
const administrators: Chooses = (user) => isAdministrator(user);

/** `type` of `GET /users`. @see oas31/users */
const TYPES: Readonly<Record<string, Chooses>> = {
  CurrentUser: (user, viewer) => text(user, 'id') === viewer.id,
  AllUsers: () => true,
  ActiveUsers: is('active'),
  AllActiveUsers: is('active'),
  DeactiveUsers: is('inactive'),
  DeletedUsers: is('deleted'),
  ConfirmedUsers: confirmed,
  NotConfirmedUsers: (user) => user.confirm !== true,
  ActiveConfirmedUsers: both(is('active'), confirmed),
  AdminUsers: administrators,
  ActiveConfirmedAdmins: both(both(is('active'), confirmed), administrators),
  DeveloperUsers: () => false,
  ActiveLiteUser: both(is('active'), (user) => user.type__s === 'Lite User'),
};

/** The organisation and its people: users, roles, profiles. */
export function peopleHandlers(
  { organisation: { org, crm } }: ZohoState,
  crmEndpoint: CrmEndpoint,
): RequestHandler[] {
  const byId = (among: readonly Wire[], id: string): Wire | undefined =>
    among.find((one) => text(one, 'id') === id);
  return [
    crmEndpoint({ method: 'get', path: '/org', scopes: ['ZohoCRM.org.READ'] }, () =>
      HttpResponse.json({ org: [org.crm] }),
    ),

    crmEndpoint(
      { method: 'get', path: '/users', scopes: ['ZohoCRM.users.READ'] },
      ({ query, request }, viewer) => {
        const chooses = TYPES[query.get('type') ?? 'AllUsers'];
        if (!chooses) return invalidParameter('type');
        const page = Number(query.get('page') ?? 1);
        const perPage = Math.min(Number(query.get('per_page') ?? PER_PAGE), PER_PAGE);
        const chosen = crm.users.filter((user) => chooses(user, viewer));
        const users = chosen.slice((page - 1) * perPage, page * perPage);
        if (users.length === 0) return nothing();
        if (unchangedSince(request, users)) return new HttpResponse(null, { status: 304 });
        return HttpResponse.json({
          users,
          info: {
            per_page: perPage,
            count: users.length,
            page,
            more_records: chosen.length > page * perPage,
          },
        });
      },
    ),

    crmEndpoint({ method: 'get', path: '/users/:id', scopes: ['ZohoCRM.users.READ'] }, ({ param }) => {
      const user = byId(crm.users, param('id'));
      return user ? HttpResponse.json({ users: [user] }) : nothing();
    }),

    crmEndpoint({ method: 'get', path: '/settings/roles', scopes: ['ZohoCRM.settings.roles.READ'] }, () =>
      HttpResponse.json({ roles: crm.roles }),
    ),

    crmEndpoint(
      { method: 'get', path: '/settings/profiles', scopes: ['ZohoCRM.settings.profiles.READ'] },
      () =>
        HttpResponse.json({
          // the permissions come with the single profile only
          profiles: crm.profiles.map(({ permissions_details: _, sections: __, ...profile }) =>
            named(profile),
          ),
        }),
    ),

    crmEndpoint(
      { method: 'get', path: '/settings/profiles/:id', scopes: ['ZohoCRM.settings.profiles.READ'] },
      ({ param }) => {
        const profile = byId(crm.profiles, param('id'));
        return profile
          ? HttpResponse.json({ profiles: [{ permissions_details: [], sections: [], ...named(profile) }] })
          : nothing();
      },
    ),

    crmEndpoint(
      { method: 'get', path: '/settings/data_sharing', scopes: ['ZohoCRM.settings.data_sharing.READ'] },
      () =>
        HttpResponse.json({
          data_sharing: ['Accounts', 'Contacts', 'Deals'].map((module, at) => ({
            share_type: org.sharing?.[module] ?? 'private',
            public_in_portals: false,
            module: {
              api_name: module,
              id: `${text(org.crm, 'id').slice(0, 16)}${String(2000 + at).slice(-3)}`,
            },
            rule_computation_running: false,
          })),
        }),
    ),
  ];
}

/** Folders made before profiles had an API name lack it; the description wants one. */
const named = (profile: Wire): Wire => ({
  api_name: text(profile, 'name').replaceAll(/[^A-Za-z0-9]+/g, '_') || 'Profile',
  ...profile,
  ...(child(profile, 'modified_by') ? {} : { modified_by: null }),
});
