import type { Amount } from './amount.ts';
import type { CustomerBook } from './documents.ts';
import type { Entry, Headline } from './headline-currency.ts';
import { taken, totalOf } from './headline-currency.ts';
import { invoiceInScope } from './in-scope.ts';
import type { CurrencyCode } from './money.ts';
import { compare, isPositive } from './money.ts';
import { openItems } from './receivables.ts';

const creditEntries = (books: readonly CustomerBook[]): readonly Entry[] =>
  books.map(({ customer }) => ({ money: customer.unusedCredits, rate: customer.exchangeRate }));

const retainerEntries = (books: readonly CustomerBook[]): readonly Entry[] =>
  books.flatMap(({ customer }) =>
    customer.unusedRetainers === null
      ? []
      : [{ money: customer.unusedRetainers, rate: customer.exchangeRate }],
  );

const tellsRetainers = (books: readonly CustomerBook[]): boolean =>
  books.every(({ customer }) => customer.unusedRetainers !== null);

/** Open credit notes and unapplied payments, as Books holds them. Shown beside open, never taken off it. @see domain rule A2 */
export const unusedCredits = (books: readonly CustomerBook[], headline: Headline): Amount =>
  totalOf(headline, creditEntries(books));

/** Money taken in advance; not in every edition, and then unknown. */
export function unusedRetainers(books: readonly CustomerBook[], headline: Headline): Amount {
  if (!tellsRetainers(books)) return { known: false, reason: 'not_told' };
  return totalOf(headline, retainerEntries(books));
}

/** Open less unused credits and retainers: for credit decisions only. Unknown while retainers are. @see domain rule A2 */
export function netExposure(books: readonly CustomerBook[], headline: Headline): Amount {
  if (!tellsRetainers(books)) return { known: false, reason: 'not_told' };
  return exposureAtMost(books, headline);
}

/** Retainers nobody tells are not taken off, so the real exposure may be less, never more. */
const exposureAtMost = (books: readonly CustomerBook[], headline: Headline): Amount =>
  totalOf(headline, [...openItems(books), ...taken(creditEntries(books)), ...taken(retainerEntries(books))]);

/** What was given up as a bad debt on invoices that count. */
export const writtenOff = (books: readonly CustomerBook[], headline: Headline): Amount =>
  totalOf(
    headline,
    books.flatMap(({ invoices }) =>
      invoices
        .filter(invoiceInScope)
        .map(({ writtenOff: money, exchangeRate }) => ({ money, rate: exchangeRate })),
    ),
  );

/**
 * Whether any of the customers owes more, net of its credits, than its own limit. A limit of zero is one never set.
 * Where Books does not tell retainers it errs on the cautious side: finance is asked once too often, not too seldom.
 */
export function isOverCreditLimit(books: readonly CustomerBook[], baseCurrency: CurrencyCode): boolean {
  return books.some((book) => {
    const { creditLimit, currency, exchangeRate } = book.customer;
    if (creditLimit === null || !isPositive(creditLimit)) return false;
    const exposure = exposureAtMost([book], { currency, baseCurrency, rate: exchangeRate });
    return exposure.known && compare(exposure.money, creditLimit) > 0;
  });
}
