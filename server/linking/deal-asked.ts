import type { Access } from '../access/may-see-record.ts';
import type { SeenRecord } from '../access/seen-record.ts';
import { Problem } from '../contract/problem.ts';
import { type CalendarDay, dayIn } from '../domain/calendar-day.ts';
import type { LinkableDocument } from '../domain/deal-shares.ts';
import { type DocumentRowRaw, documentRows } from '../domain/document-list.ts';
import type { CustomerBook, DealId, Document } from '../domain/documents.ts';
import type { Caller } from '../identity/caller.ts';
import type { ConnectedBooks, Install } from '../identity/install.ts';
import type { Ledger, LedgerAnswer, Owner } from '../ledger/ledger.ts';
import { forgetGoneDeal, noteGoneDeal } from '../store/gone-deals.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { CrmDeal, CrmDeals } from '../zoho/crm/crm.ts';
import type { Change } from './change.ts';
import type { DealsOfAccount } from './deals-of-account.ts';
import type { ObstacleRaw } from './linked-document.ts';
import type { LookBehind } from './look-behind.ts';
import type { Look } from './notice.ts';
import type { ChangeNeeds } from './order.ts';
import { nameOf, type Overlay, overlay } from './overlay.ts';
import type { Sight } from './sight.ts';

export interface LinkingNeeds extends Omit<ChangeNeeds, 'holder'> {
  readonly access: Access;
  /** As Books says it, without our links. */
  readonly ledger: Ledger;
  readonly crmFor: (caller: Caller) => CrmDeals & { deal(id: string): Promise<CrmDeal | null> };
  /** The CRM records a Books customer belongs to. */
  readonly customerFor: (
    install: Install,
    customerId: string,
  ) => Promise<{ readonly crmAccountId: string | null; readonly crmContactId: string | null }>;
  readonly change: Change;
  readonly dealsOfAccount: DealsOfAccount;
  readonly look: Look;
  readonly lookBehind: LookBehind;
  /** Trouble in work nobody waits for. */
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
}

type SeenDeal = Extract<SeenRecord, { module: 'Deals' }>;

export type LinkableRow = DocumentRowRaw & { readonly type: LinkableDocument };

/** A deal somebody may see, with the documents of its account. */
export interface DealAsked {
  readonly caller: Caller;
  readonly seen: SeenDeal;
  readonly dealId: DealId;
  readonly books: ConnectedBooks;
  readonly of: LedgerKey;
  readonly today: CalendarDay;
  /** `null` where the deal has no account, or none the person may see, or one without a Books customer. */
  readonly answer: Extract<LedgerAnswer, { state: 'linked' }> | null;
  readonly owner: Owner | null;
  /** Our links over what Books says; empty where there is no customer. */
  readonly overlay: Overlay;
  /** The books with our links, as the person sees them. */
  readonly seenBooks: readonly CustomerBook[];
  /** Documents that can be linked, in list order. */
  readonly rows: readonly LinkableRow[];
  readonly documents: ReadonlyMap<string, Document & { readonly status: string }>;
}

/**
 * @param when `now` for a change: whether the person may open the deal is asked of CRM afresh
 * @throws Problem `record.not_found`, `books.not_connected`; ZohoTrouble when CRM or Books cannot be asked
 */
export async function dealAsked(
  { access, ledger, database, lookBehind, clock }: LinkingNeeds,
  caller: Caller,
  dealId: string,
  sight: Sight,
  when?: 'now',
): Promise<DealAsked> {
  const seen = await access.recordSeenBy(caller, { module: 'Deals', recordId: dealId }, when);
  if (seen?.module !== 'Deals') throw new Problem('record.not_found');
  const { install } = caller;
  const { books } = install;
  if (!books) throw new Problem('books.not_connected');
  await forgetGoneDeal(database, install.id, dealId);
  const of = { installId: install.id, organisationId: books.organisationId };
  const owner = ownerOf(seen, caller, access);
  const answer = owner && (await ledger.read({ install, owner, dealId: seen.deal.id }));
  const linked = answer?.state === 'linked' ? answer : null;
  const laid = await overlay(database, of, linked?.books ?? []);
  lookBehind({ install, dealId: seen.deal.id }, laid.doubts);
  const today = dayIn(books.timeZone, clock());
  const seenBooks = sight.documents
    ? await sight.seenBooks(laid.books, { dealId, untold: linked?.dealsUntold ?? [] })
    : [];
  const documents = new Map(
    seenBooks.flatMap((book) => [
      ...book.invoices.map((one) => [nameOf('invoice', one.id), one] as const),
      ...(book.estimates ?? []).map((one) => [nameOf('estimate', one.id), one] as const),
      ...(book.salesOrders ?? []).map((one) => [nameOf('sales_order', one.id), one] as const),
      ...(book.expenses ?? []).map((one) => [nameOf('expense', one.id), one] as const),
    ]),
  );
  return {
    caller,
    seen,
    dealId: seen.deal.id,
    books,
    of,
    today,
    answer: linked,
    owner,
    overlay: laid,
    seenBooks,
    rows: documentRows(seenBooks, { today }).filter(isLinkable),
    documents,
  };
}

export const isLinkable = (row: DocumentRowRaw): row is LinkableRow =>
  row.type !== 'payment' && row.type !== 'credit_note';

function ownerOf({ account }: SeenDeal, caller: Caller, access: Access): Owner | null {
  if (typeof account === 'string') return null;
  const { id: accountId } = account;
  return { accountId, contactsOfAccount: () => access.contactsOfAccount(caller, accountId) };
}

export const customerIdsOf = ({ answer }: DealAsked): readonly string[] =>
  answer?.books.map(({ customer }) => customer.id) ?? [];

/**
 * Deals in the way that the person does not see may be deleted ones, which are in nobody's way.
 * @returns whether there is one more that is known to be gone
 */
export async function noticeGoneAmong(
  needs: LinkingNeeds,
  { caller, overlay }: DealAsked,
  obstacles: readonly ObstacleRaw[],
): Promise<boolean> {
  const others = obstacles.flatMap((obstacle) =>
    obstacle.code === 'linked_elsewhere' && obstacle.dealId && !overlay.gone.has(obstacle.dealId)
      ? [obstacle.dealId]
      : [],
  );
  return noticeGoneDeals(needs, caller, others);
}

/** @returns whether one of the deals is known to be gone that was not before */
export async function noticeGoneDeals(
  needs: LinkingNeeds,
  caller: Caller,
  deals: readonly string[],
): Promise<boolean> {
  const seen = deals.length === 0 ? new Set() : await needs.access.dealsSeenBy(caller, [...new Set(deals)]);
  const unseen = new Set(deals.filter((dealId) => !seen.has(dealId)));
  if (unseen.size === 0) return false;
  const deleted = await needs.crmFor(caller).deletedDeals();
  let noticed = false;
  for (const dealId of unseen) {
    const gone = { installId: caller.install.id, dealId, now: needs.clock() };
    if (deleted.has(dealId) && (await noteGoneDeal(needs.database, gone))) noticed = true;
  }
  return noticed;
}

/**
 * Notes a deal that CRM says was deleted, so that it stands in nobody's way. Invisible is not deleted: only CRM's own
 * list of deleted deals counts.
 */
export async function noticeGone(
  { access, crmFor, database, clock }: LinkingNeeds,
  caller: Caller,
  dealId: DealId,
): Promise<void> {
  if (await access.recordSeenBy(caller, { module: 'Deals', recordId: dealId })) return;
  const deleted = await crmFor(caller).deletedDeals();
  if (deleted.has(dealId))
    await noteGoneDeal(database, { installId: caller.install.id, dealId, now: clock() });
}
