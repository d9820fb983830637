import { isDeepStrictEqual } from 'node:util';
import type { Invoice } from '../domain/documents.ts';
import { compare, subtract } from '../domain/money.ts';

/**
 * Whether an invoice differs from its version before in what has been settled of it and in nothing else a list tells:
 * then its lines, and the tax on them, are what they were, and its own page need not be read again.
 */
export function isOnlySettled(now: Invoice, before: Invoice): boolean {
  const { balance, total } = now;
  const moved =
    balance.currency === before.balance.currency &&
    total.currency === balance.currency &&
    compare(subtract(total, balance), subtract(before.total, before.balance)) !== 0;
  return moved && isDeepStrictEqual(unsettled(now), unsettled(before));
}

/** Without what a payment or a credit moves, and as stored: through JSON, where what is undefined is absent. */
function unsettled({ balance, status, version, net, ...rest }: Invoice): unknown {
  return JSON.parse(JSON.stringify(rest));
}
