import type { RequestHandler } from 'msw';
import type { ZohoState } from '../zoho.ts';
import { endpoint } from '../zoho-endpoint.ts';
import { text } from '../zoho-wire.ts';
import { booksAnswer, doesNotExist, invalidUrl, invalidValue } from './answers.ts';
import { currencyHandlers } from './currencies.ts';
import { createBooksEndpoints } from './endpoints.ts';
import { booksList } from './list.ts';
import { BOOKS_MODULES, type BooksModule, INVOICES } from './modules.ts';
import { refundHandlers } from './refunds.ts';
import { userHandlers } from './users.ts';
import { asOf } from './words.ts';
import { writeHandlers } from './writes.ts';

/** Books v3 as far as it is used. Fixed paths come before `/{resource}/{id}`. */
export function booksHandlers(zoho: ZohoState): RequestHandler[] {
  const { books } = zoho.organisation;
  const endpoints = createBooksEndpoints(zoho);
  const todayOf = (organisation: Parameters<typeof text>[0]): string =>
    zoho.clock.today(text(organisation, 'time_zone') || 'UTC');

  const organisations = [
    endpoints.ofUser({ method: 'get', path: '/organizations', scope: 'ZohoBooks.settings.READ' }, () =>
      booksAnswer({ organizations: books.organizations }),
    ),
    endpoints.ofUser(
      { method: 'get', path: '/organizations/:id', scope: 'ZohoBooks.settings.READ' },
      ({ param }) => {
        const organisation = books.organizations.find((one) => text(one, 'organization_id') === param('id'));
        return organisation ? booksAnswer({ organization: organisation }) : doesNotExist('Organization');
      },
    ),
  ];

  const documents = BOOKS_MODULES.flatMap((module) => {
    const scope = `ZohoBooks.${module.scope}.READ`;
    return [
      endpoints.ofOrganisation(
        { method: 'get', path: `/${module.resource}`, scope },
        ({ query }, organisation) => {
          const all = (listed: BooksModule) =>
            books[listed.resource].map((document) => asOf(document, listed, todayOf(organisation)));
          return booksList(all(module), query, { module, invoices: () => all(INVOICES) });
        },
      ),
      endpoints.ofOrganisation(
        { method: 'get', path: `/${module.resource}/:id`, scope },
        ({ param }, organisation) => {
          if (!/^\d{1,20}$/.test(param('id'))) return invalidValue(module.idKey);
          const document = books[module.resource].find((one) => text(one, module.idKey) === param('id'));
          if (!document) return doesNotExist(module.noun);
          return booksAnswer({ [module.single]: asOf(document, module, todayOf(organisation)) });
        },
      ),
    ];
  });

  return [
    ...organisations,
    ...currencyHandlers(zoho, endpoints),
    ...userHandlers(zoho, endpoints),
    ...refundHandlers(zoho, endpoints),
    ...documents,
    ...writeHandlers(zoho, endpoints),
    endpoint(zoho, { service: 'books', method: 'all', path: '/books/*', unknown: true }, invalidUrl),
  ];
}
