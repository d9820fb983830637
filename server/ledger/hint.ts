import type { CustomerId } from '../domain/documents.ts';
import type { Database } from '../store/database.ts';
import { wantLedgerCustomers } from '../store/ledger-customers.ts';
import { noteHint } from '../store/ledger-progress.ts';
import { isFollowed } from './age.ts';
import type { LedgerStore } from './customer-snapshot.ts';
import { isFollowedKind } from './follow.ts';
import { keyOf } from './key.ts';
import type { Ledger } from './ledger.ts';

interface Needs {
  readonly database: Database;
  readonly store: Pick<LedgerStore, 'known'>;
  readonly clock: () => Date;
}

/** Kinds that move what a customer owes. */
const BALANCES: ReadonlySet<string> = new Set(['invoice', 'payment', 'credit_note']);

/** Notes what somebody says changed. Nothing is asked of Books here, and nothing believed. */
export function createHint({ database, store, clock }: Needs): Ledger['hint'] {
  return async (install, { customerIds, types, own }) => {
    if (!install.books) return;
    const of = keyOf(install);
    const at = clock();
    const why = types.length > 0 && types.every(isFollowedKind) ? 'page' : 'changed';
    // Quotes, orders and expenses are in their own list of changes and move nothing else; where nobody follows that
    // list, the customer is all there is to read again.
    const moves = types.length === 0 || types.some((type) => BALANCES.has(type));
    const isRead = moves || !isFollowed((await store.known(of, { customerIds: [] })).state, at);
    // safe because an id nobody knows finds no row
    const wishes = customerIds.map((id) => ({ customerId: id as CustomerId, why, since: at }) as const);
    if (isRead) await wantLedgerCustomers(database, of, wishes);
    const lists = types.flatMap((type) => (BALANCES.has(type) ? [type, 'invoice'] : [type]));
    await noteHint(database, of, { types: [...new Set(lists)].filter(isFollowedKind), at, told: !own });
  };
}
