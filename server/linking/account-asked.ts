import { Problem } from '../contract/problem.ts';
import { dayIn } from '../domain/calendar-day.ts';
import { documentRows } from '../domain/document-list.ts';
import type { Caller } from '../identity/caller.ts';
import type { Owner } from '../ledger/ledger.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import { isLinkable, type LinkableRow, type LinkingNeeds } from './deal-asked.ts';
import { linkableRows, nameOf, type Overlay, overlay } from './overlay.ts';
import type { Sight } from './sight.ts';

/** An account somebody may see, with its documents. */
export interface AccountAsked {
  readonly caller: Caller;
  readonly of: LedgerKey;
  readonly owner: Owner;
  readonly customerIds: readonly string[];
  readonly overlay: Overlay;
  /** Documents that can be linked, as the person sees them. */
  readonly rows: readonly LinkableRow[];
  /** Deals on a document by Books' word or by our links, those that are gone among them. */
  readonly dealsOn: (row: Pick<LinkableRow, 'type' | 'id'>) => readonly string[];
}

/**
 * @param when `now` for a change: whether the person may open the account is asked of CRM afresh
 * @throws Problem `record.not_found`, `books.not_connected`; ZohoTrouble when CRM or Books cannot be asked
 */
export async function accountAsked(
  { access, ledger, database, clock }: LinkingNeeds,
  {
    caller,
    accountId,
    sight,
  }: { readonly caller: Caller; readonly accountId: string; readonly sight: Sight },
  when?: 'now',
): Promise<AccountAsked> {
  const account = await access.recordSeenBy(caller, { module: 'Accounts', recordId: accountId }, when);
  if (!account) throw new Problem('record.not_found');
  const { install } = caller;
  const { books } = install;
  if (!books) throw new Problem('books.not_connected');
  const of = { installId: install.id, organisationId: books.organisationId };
  const owner = { accountId, contactsOfAccount: () => access.contactsOfAccount(caller, accountId) };
  const answer = await ledger.read({ install, owner });
  const listed = answer.state === 'linked' ? answer : null;
  const laid = await overlay(database, of, listed?.books ?? []);
  const seen = sight.documents
    ? await sight.seenBooks(laid.books, { dealId: '', untold: listed?.dealsUntold ?? [] })
    : [];
  const inLists = new Map(
    (listed?.books ?? [])
      .flatMap(linkableRows)
      .map(({ type, id, dealId }) => [nameOf(type, id), dealId] as const),
  );
  return {
    caller,
    of,
    owner,
    customerIds: listed?.books.map(({ customer }) => customer.id) ?? [],
    overlay: laid,
    rows: documentRows(seen, { today: dayIn(books.timeZone, clock()) })
      .filter(isLinkable)
      .filter(({ type }) => sight.types.has(type)),
    dealsOn: ({ type, id }) => {
      const name = nameOf(type, id);
      const page = laid.seen.get(name);
      const held = page ? page.booksDeal : (inLists.get(name) ?? null);
      const deals = (laid.active.get(name) ?? []).map(({ dealId }) => dealId);
      return [...new Set(held === null ? deals : [held, ...deals])];
    },
  };
}
