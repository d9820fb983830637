import { queryOptions, skipToken } from '@tanstack/react-query';
import { BooksOrganisations, Lifecycle, type Uninstalled } from '../../server/contract/lifecycle.ts';
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

/** What came of uninstalling on this page, until somebody signs in again. No server is asked for it. */
export const uninstalledQuery = queryOptions<Uninstalled & { organisation: string }>({
  queryKey: ['uninstalled'],
  queryFn: skipToken,
  gcTime: Number.POSITIVE_INFINITY,
});
