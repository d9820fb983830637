import type { Organisation, Wire } from '../../organisation.ts';
import { child, text } from '../../zoho-wire.ts';

/** Names who is logged in to CRM. It is no secret: this is a page for trying things out. */
export const USER_COOKIE = 'crm_user';
const THEME_COOKIE = 'crm_theme';

type Theme = 'day' | 'night';

/** Who looks at the CRM page, and how. */
export interface Viewer {
  readonly user: Wire;
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** `null`: as the system prefers. */
  readonly theme: Theme | null;
}

/** People who can log in to CRM. */
export const usersOf = ({ crm }: Organisation): readonly Wire[] =>
  crm.users.filter((user) => text(user, 'status') !== 'inactive');

/** The user named by the cookie, else the demo's rep, else the first one. */
export function viewerOf(organisation: Organisation, request: Request): Viewer {
  const cookies = cookiesOf(request);
  const users = usersOf(organisation);
  const byId = (id: string | undefined): Wire | undefined => users.find((user) => text(user, 'id') === id);
  const user = byId(cookies.get(USER_COOKIE)) ?? byId(organisation.org.demo?.repId) ?? users[0] ?? {};
  const wanted = new URL(request.url).searchParams.get('theme') ?? cookies.get(THEME_COOKIE);
  return {
    user,
    id: text(user, 'id'),
    name: text(user, 'full_name') || text(user, 'email') || 'Nobody',
    role: text(child(user, 'role'), 'name'),
    theme: wanted === 'day' || wanted === 'night' ? wanted : null,
  };
}

function cookiesOf(request: Request): ReadonlyMap<string, string> {
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}
