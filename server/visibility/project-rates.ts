import type { Suggestions } from '../contract/links.ts';
import { rounded, toPlaces } from '../domain/money.ts';
import type { SuggestionsRaw } from './links-raw.ts';

/** As many decimals of a rate as anybody reads. */
const PLACES = 6;

/** Adds the rate a document was booked at, and what it came to, for those who are told its amount exactly. */
export function withBookedRates(seen: Suggestions, { suggestions }: SuggestionsRaw): Suggestions {
  return {
    ...seen,
    suggestions: seen.suggestions.map((one) => {
      const { type, id, total } = one.document;
      const booked = suggestions.find(({ row }) => row.type === type && row.id === id)?.booked;
      if (!booked || total?.level !== 'exact') return one;
      const rate = toPlaces(booked.rate, PLACES)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
      return { ...one, booked: { rate, base: rounded(booked.base) } };
    }),
  };
}
