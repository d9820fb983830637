import type { Organisation, Wire } from '../organisation.ts';
import { child, children, text } from '../zoho-wire.ts';
import type { Viewer } from './viewer.ts';

const PRIVATE_BY_DEFAULT = ['Accounts', 'Contacts', 'Deals'];
const TREE_DEPTH = 300;

/** Zoho's shipped administrators' profile; its name cannot be changed. */
export const isAdministrator = (user: Wire): boolean =>
  text(child(user, 'profile'), 'name') === 'Administrator';

/** Who sees which CRM record: the owner, those above the owner, administrators, and everyone in a shared module. */
export function createVisibility({ org, crm }: Organisation) {
  const sharing = (module: string): string =>
    org.sharing?.[module] ?? (PRIVATE_BY_DEFAULT.includes(module) ? 'private' : 'public_read_only');
  const byId = (among: readonly Wire[], id: string): Wire | undefined =>
    among.find((one) => text(one, 'id') === id);

  const above = (start: string, next: (id: string) => string): Set<string> => {
    const found = new Set<string>();
    for (let id = next(start); id !== '' && found.size < TREE_DEPTH && !found.has(id); id = next(id))
      found.add(id);
    return found;
  };
  const roleAbove = (id: string): string => text(child(byId(crm.roles, id), 'reporting_to'), 'id');
  const managerOf = (id: string): string => text(child(byId(crm.users, id), 'Reporting_To'), 'id');

  const outranks = (viewer: Viewer, owner: Wire): boolean => {
    if (text(child(org.crm, 'hierarchy_preferences'), 'type') === 'Reporting_To_Hierarchy') {
      return above(text(owner, 'id'), managerOf).has(viewer.id);
    }
    const mine = text(child(viewer.user, 'role'), 'id');
    const theirs = text(child(owner, 'role'), 'id');
    const peers = mine === theirs && byId(crm.roles, mine)?.share_with_peers === true;
    return peers || above(theirs, roleAbove).has(mine);
  };

  return {
    /** Whether the viewer's profile opens the module at all. */
    opens(viewer: Viewer, module: string): boolean {
      const profile = byId(crm.profiles, text(child(viewer.user, 'profile'), 'id'));
      const shut = children(profile ?? {}, 'permissions_details').some((permission) => {
        const of = text(permission, 'module') || text(child(permission, 'module'), 'api_name');
        return of === module && permission.enabled === false && /view/i.test(text(permission, 'name'));
      });
      return !shut;
    },
    sees(viewer: Viewer, module: string, record: Wire): boolean {
      if (isAdministrator(viewer.user) || sharing(module) !== 'private') return true;
      const ownerId = text(child(record, 'Owner'), 'id');
      if (ownerId === viewer.id) return true;
      const owner = byId(crm.users, ownerId);
      return owner !== undefined && outranks(viewer, owner);
    },
  };
}
export type Visibility = ReturnType<typeof createVisibility>;
