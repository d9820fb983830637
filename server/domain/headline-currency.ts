import type { Amount, Caveat } from './amount.ts';
import type { CustomerBook } from './documents.ts';
import { creditNoteInScope, invoiceInScope } from './in-scope.ts';
import type { CurrencyCode, DecimalText, Money } from './money.ts';
import { convert, convertBack, isZero, negated, rounded, sum } from './money.ts';

/** The one currency a set of figures is told in. @see domain rule A0.3 */
export interface Headline {
  readonly currency: CurrencyCode;
  readonly baseCurrency: CurrencyCode;
  /** Base currency per unit of `currency`; only needed to bring foreign amounts into a currency that is not the base. */
  readonly rate: DecimalText | null;
}

/** An amount with the rate it was booked at (base currency per unit); `null` where nobody tells. */
export interface Entry {
  readonly money: Money;
  readonly rate: DecimalText | null;
}

/** The currency all customers and their counting documents share, else the organisation's base currency. */
export function headlineOf(books: readonly CustomerBook[], baseCurrency: CurrencyCode): Headline {
  const used = new Set<CurrencyCode>();
  for (const book of books) {
    used.add(book.customer.currency);
    for (const invoice of book.invoices) if (invoiceInScope(invoice)) used.add(invoice.total.currency);
    for (const note of book.creditNotes) if (creditNoteInScope(note)) used.add(note.total.currency);
    for (const payment of book.payments) if (!payment.voided) used.add(payment.amount.currency);
  }
  const [only, ...others] = used;
  const currency = only !== undefined && others.length === 0 ? only : baseCurrency;
  return { currency, baseCurrency, rate: null };
}

/** The amount in the headline's currency, unrounded; `null` when a rate is missing. */
export function revalued({ money, rate }: Entry, headline: Headline): Money | null {
  const { currency, baseCurrency } = headline;
  if (money.currency === currency) return money;
  const inBase =
    money.currency === baseCurrency ? money : rate === null ? null : convert(money, baseCurrency, rate);
  if (inBase === null || currency === baseCurrency) return inBase;
  return headline.rate === null ? null : convertBack(inBase, currency, headline.rate);
}

/** Sums first, rounds last. Amounts of other currencies come in at their own booked rates and are told apart as well. */
export function totalOf(
  headline: Headline,
  entries: readonly Entry[],
  caveats: readonly Caveat[] = [],
): Amount {
  const counting = entries.filter(({ money }) => !isZero(money));
  const converted: Money[] = [];
  for (const entry of counting) {
    const money = revalued(entry, headline);
    if (money === null) return { known: false, reason: 'mixed_currencies' };
    converted.push(money);
  }
  const foreign = counting.some(({ money }) => money.currency !== headline.currency);
  return {
    known: true,
    money: rounded(sum(headline.currency, converted)),
    caveats: foreign ? ['converted_at_booked_rates', ...caveats] : caveats,
    byCurrency: foreign ? perCurrency(counting) : [],
  };
}

export const taken = (entries: readonly Entry[]): readonly Entry[] =>
  entries.map(({ money, rate }) => ({ money: negated(money), rate }));

function perCurrency(entries: readonly Entry[]): readonly Money[] {
  const currencies = [...new Set(entries.map(({ money }) => money.currency))].sort();
  return currencies.map((currency) => {
    const own = entries.filter(({ money }) => money.currency === currency);
    return rounded(
      sum(
        currency,
        own.map(({ money }) => money),
      ),
    );
  });
}
