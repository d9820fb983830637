import type { RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { amount, text } from '../zoho-wire.ts';
import { booksAnswer } from './answers.ts';
import type { BooksEndpoints } from './endpoints.ts';
import { paged } from './list.ts';

/** The organisation's currencies: its own and every one its customers use. */
export function currencyHandlers(
  { organisation: { books } }: ZohoState,
  { ofOrganisation }: BooksEndpoints,
): RequestHandler[] {
  return [
    ofOrganisation(
      { method: 'get', path: '/settings/currencies', scope: 'ZohoBooks.settings.READ' },
      ({ query }, organisation) => {
        const base = text(organisation, 'currency_code');
        const found = new Map<string, Wire>([[base, currency(organisation, base)]]);
        for (const contact of books.contacts) {
          const code = text(contact, 'currency_code');
          if (code !== '' && !found.has(code)) found.set(code, currency(contact, base));
        }
        const page = paged([...found.values()], query);
        return page instanceof Response
          ? page
          : booksAnswer({ currencies: page.rows, page_context: page.context });
      },
    ),
  ];
}

function currency(holder: Wire, base: string): Wire {
  const code = text(holder, 'currency_code');
  const places =
    new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  const symbol = text(holder, 'currency_symbol') || code;
  return {
    currency_id: text(holder, 'currency_id'),
    currency_code: code,
    currency_name: `${code}- ${new Intl.DisplayNames('en', { type: 'currency' }).of(code) ?? code}`,
    currency_symbol: symbol,
    price_precision: places,
    currency_format: places === 0 ? '1,234,567' : `1,234,567.${'89'.padEnd(places, '0').slice(0, places)}`,
    is_base_currency: code === base,
    exchange_rate: code === base ? 1 : amount(holder, 'exchange_rate') || 1,
    effective_date: '',
  };
}
