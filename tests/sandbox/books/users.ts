import type { RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { text } from '../zoho-wire.ts';
import { booksAnswer, invalidValue } from './answers.ts';
import type { BooksEndpoints } from './endpoints.ts';
import { paged } from './list.ts';

const SORT_COLUMNS = ['name', 'email', 'user_role', 'status'];
const STATUSES = ['All', 'Active', 'Inactive', 'Invited', 'Deleted'];

/** `GET /users`: who works in this Books organisation. A CRM user need not be one of them. */
export function userHandlers(zoho: ZohoState, { ofOrganisation }: BooksEndpoints): RequestHandler[] {
  const { books, crm } = zoho.organisation;
  return [
    ofOrganisation(
      { method: 'get', path: '/users', scope: 'ZohoBooks.settings.READ' },
      ({ query, request, now }) => {
        const status = (query.get('filter_by') ?? 'Status.All').replace(/^Status\./, '');
        if (!STATUSES.includes(status)) return invalidValue('filter_by');
        const column = query.get('sort_column') ?? 'name';
        if (!SORT_COLUMNS.includes(column)) return invalidValue('sort_column');
        const token = /\S+$/.exec(request.headers.get('authorization') ?? '')?.[0] ?? '';
        const asking = crm.users.find((one) => text(one, 'id') === zoho.grants.access(token, now)?.userId);
        const found = books.users
          .filter((user) => status === 'All' || text(user, 'status') === status.toLowerCase())
          .sort((a, b) => text(a, column).localeCompare(text(b, column)));
        const page = paged(found, query);
        if (page instanceof Response) return page;
        return booksAnswer({
          users: page.rows.map((user) => row(user, text(asking, 'email'))),
          page_context: { ...page.context, report_name: 'Users', sort_column: column, sort_order: 'A' },
        });
      },
    ),
  ];
}

const row = (user: Wire, asking: string): Wire => ({
  photo_url: '',
  is_customer_segmented: false,
  is_vendor_segmented: false,
  user_type: 'zoho',
  ...user,
  is_current_user: asking !== '' && text(user, 'email') === asking,
});
