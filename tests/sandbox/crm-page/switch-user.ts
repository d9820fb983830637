import type { Organisation } from '../organisation.ts';
import { text } from '../zoho-wire.ts';
import { USER_COOKIE, usersOf } from './pages/viewer.ts';

/** Answers the user menu: names the chosen user in the cookie and goes back to where it was opened. */
export async function switchUser(organisation: Organisation, request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const user = usersOf(organisation).find((one) => text(one, 'id') === form.get('user'));
  const to = form.get('to') ?? '/';
  return new Response(null, {
    status: 303,
    headers: {
      location: /^\/(?!\/)/.test(to) ? to : '/',
      ...(user ? { 'set-cookie': `${USER_COOKIE}=${text(user, 'id')}; Path=/; SameSite=Lax` } : {}),
    },
  });
}
