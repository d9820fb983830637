import type { Money } from '../domain/money.ts';
import type { LinkableRow } from './deal-asked.ts';

interface Searched {
  readonly row: LinkableRow;
  readonly reference: string | null;
  readonly customerName: string;
  readonly net: Money | null;
}

/**
 * Whether a document is meant by what somebody typed: part of its number, reference or customer's name in any case and
 * with or without accents, or the beginning of its amount, for those who see amounts.
 */
export function searching(
  q: string | undefined,
  { totals }: { readonly totals: boolean },
): (of: Searched) => boolean {
  const sought = folded(q ?? '');
  if (sought === '') return () => true;
  const amount = totals ? amountTyped(q ?? '') : null;
  return ({ row, reference, customerName, net }) =>
    [row.number, reference ?? '', customerName].some((text) => folded(text).includes(sought)) ||
    (amount !== null && [row.total, net].some((value) => value?.amount.startsWith(amount)));
}

const folded = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

/** `1.234,50`, `1,234.5` and `1 234` as our decimals are written; `null` for what is no amount. */
function amountTyped(text: string): string | null {
  const plain = text.replaceAll(/[\s'’]/g, '');
  if (!/^\d[\d.,]*$/.test(plain)) return null;
  // A mark before one or two last digits parts the cents; every other one only groups.
  const cents = /[.,](\d{1,2})$/.exec(plain);
  const whole = (cents ? plain.slice(0, cents.index) : plain).replaceAll(/[.,]/g, '');
  const part = (cents?.[1] ?? '').replace(/0+$/, '');
  return part === '' ? whole : `${whole}.${part}`;
}
