import type { AskBooks } from './ask.ts';
import type { BooksUser, Priority } from './books.ts';
import { ascending, readAll } from './lists.ts';
import { UserRow } from './wire.ts';

/** Everybody who works in the organisation, whatever their status. @see books users.yml, `list_users` */
export async function readUsers(ask: AskBooks, priority: Priority): Promise<readonly BooksUser[]> {
  const rows = await readAll(
    ask,
    {
      path: '/users',
      keys: ['users'],
      row: UserRow,
      query: { filter_by: 'Status.All' },
      order: ascending('name'),
      idOf: ({ user_id }) => user_id,
      keep: (all) => all,
    },
    priority,
  );
  return rows.map(({ email, user_role, status, is_customer_segmented }) => ({
    email,
    role: user_role,
    status: status.toLowerCase(),
    ownCustomersOnly: is_customer_segmented === true,
  }));
}
