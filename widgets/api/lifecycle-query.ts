import { queryOptions } from '@tanstack/react-query';
import { BooksOrganisations, Lifecycle } from '../../server/contract/lifecycle.ts';
import { ask } from './ask.ts';

/** How the connection stands, and since when. */
export const lifecycleQuery = queryOptions({
  queryKey: ['settings', 'lifecycle'],
  queryFn: ({ signal }) => ask('/api/v1/settings/lifecycle', Lifecycle, { signal }),
  retry: false,
});

/** Books organisations that the connection opens. Asks Zoho, so only when somebody wants to see them. */
export const booksOrganisationsQuery = queryOptions({
  queryKey: ['settings', 'lifecycle', 'organisations'],
  queryFn: ({ signal }) => ask('/api/v1/settings/lifecycle/organisations', BooksOrganisations, { signal }),
  retry: false,
  gcTime: 0,
});
