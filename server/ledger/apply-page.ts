import type { Customer, CustomerId, Invoice } from '../domain/documents.ts';
import { compare, isZero, type Money, money, subtract } from '../domain/money.ts';
import type { Database, Queries } from '../store/database.ts';
import {
  addLedgerCustomers,
  type CustomerWish,
  type LedgerCustomerRow,
  ledgerCustomers,
  noteAboutLedgerCustomers,
  noteCustomerFacts,
  wantLedgerCustomers,
} from '../store/ledger-customers.ts';
import {
  type LedgerDocumentRow,
  ledgerDocumentsById,
  removeLedgerDocuments,
  saveLedgerDocuments,
} from '../store/ledger-documents.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import {
  type ContactGlance,
  type FollowedRow,
  type FollowedType,
  instant,
  type WholePage,
} from '../zoho/books/whole-lists.ts';
import { isOnlySettled } from './kept-net.ts';

/** A change this shortly before a customer's own read may have come between two of its calls. Books counts seconds. */
const SAME_MOMENT_MS = 2_000;
/** Stamps further ahead than clocks differ are nonsense, and would have a customer read again for ever. */
const AHEAD_MS = 10 * 60_000;

export interface AskedPage {
  readonly type: FollowedType;
  readonly page: WholePage;
  readonly askedAt: Date;
  /** Customers it changed are read again. */
  readonly marks: boolean;
  /** Customers nobody knows are new, for the backfill has listed all others. */
  readonly isListed: boolean;
}

interface AppliedPage {
  /** Every row was new or had changed. */
  readonly allNew: boolean;
  /** The earliest change it brought to customers that had been read. */
  readonly newsSince: Date | null;
}

/** What changes of this kind cannot tell by themselves: payments and balances move together. */
const WISHES: Partial<Record<FollowedType, CustomerWish['why']>> = {
  invoice: 'changed',
  payment: 'changed',
  credit_note: 'credit_note',
};

/** Customers a page's rows can be read with. */
export async function readableCustomers(
  on: Queries,
  of: LedgerKey,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Customer>> {
  const rows = await ledgerCustomers(on, of, ids);
  // safe because the ledger writes a customer, or nothing at all while it knows no more than the id
  return new Map(
    rows.map(({ body }) => body as Customer | { id?: undefined }).flatMap((c) => (c.id ? [[c.id, c]] : [])),
  );
}

/**
 * Writes a page of a whole organisation's list into the copy, in one transaction with what `alongside` writes.
 */
export function applyPage(
  database: Database,
  of: LedgerKey,
  { type, page, askedAt, marks, isListed }: AskedPage,
  alongside: (on: Queries) => Promise<void> = async () => undefined,
): Promise<AppliedPage> {
  return database.transaction(async (on) => {
    const ids = new Set(page.rows.map(({ customerId }) => customerId));
    // Held, so that a customer's own read, which may be newer, is either seen here or waits.
    const customers = new Map(
      (await ledgerCustomers(on, of, [...ids], 'hold')).map((row) => [row.customerId, row]),
    );
    const documentIds = [...page.rows.map(({ document }) => document.id), ...page.unreadDocuments];
    const stored = new Map(
      (await ledgerDocumentsById(on, of, { type, documentIds })).map((row) => [row.documentId, row]),
    );
    const wishes = new Map<string, CustomerWish>();
    const want = (customerId: string, since: Date, isSettledAsBefore = false): void => {
      const wish = WISHES[type];
      if (!wish) return;
      const why = isSettledAsBefore ? 'page' : wish;
      wishes.set(`${customerId} ${why} ${since.getTime()}`, { customerId, why, since });
    };

    let news = 0;
    let newsSince: Date | null = null;
    const gone: LedgerDocumentRow[] = [];
    const rows = page.rows.flatMap((row): readonly LedgerDocumentRow[] => {
      const customer = customers.get(row.customerId);
      const before = stored.get(row.document.id);
      const same = isSame(row, before);
      if (!same) news += 1;
      if (before && isOlder(row, before)) return [];
      const changedAt = row.modifiedAt && row.modifiedAt < askedAt ? row.modifiedAt : askedAt;
      if (before && before.customerId !== row.customerId) want(before.customerId, changedAt);
      if (!customer || !takes(customer, type, askedAt)) {
        if (before && before.customerId !== row.customerId) gone.push(before);
        return [];
      }
      const { modifiedAt } = row;
      const isNews = !same && customer.filledAt !== null && modifiedAt !== null;
      if (isNews && (newsSince === null || modifiedAt < newsSince)) newsSince = modifiedAt;
      const between = cameBetween(row, customer, askedAt);
      if (!same || between) want(row.customerId, changedAt, !between && isSettledAsBefore(row, before));
      return [rowOf(type, row, { before, same })];
    });
    await saveLedgerDocuments(on, of, rows, askedAt);

    // Documents that moved to customers we do not know, or to nobody, are no longer those of whom we know.
    const lost = page.unreadDocuments.flatMap((id) => stored.get(id) ?? []);
    for (const { customerId } of lost) want(customerId, askedAt);
    const documentIdsGone = [...gone, ...lost].map(({ documentId }) => documentId);
    await removeLedgerDocuments(on, of, { type, documentIds: documentIdsGone });
    const strangers = page.unknownCustomers.map((customerId) => ({ customerId, body: {} }));
    if (isListed) await addLedgerCustomers(on, of, strangers, { why: 'new', since: askedAt });

    await noteAboutLedgerCustomers(on, of, notesOf(type, page, ids));
    if (marks) await wantLedgerCustomers(on, of, [...wishes.values()]);
    await alongside(on);
    return { allNew: news === page.rows.length, newsSince };
  });
}

/** Whether rows of this kind belong into the customer's copy: a read of its own that was asked for later knows better. */
const takes = ({ filledAt, readLists }: LedgerCustomerRow, type: FollowedType, askedAt: Date): boolean =>
  filledAt === null || (filledAt <= askedAt && readLists.includes(type));

function isSame({ customerId, document }: FollowedRow, before: LedgerDocumentRow | undefined): boolean {
  if (!before || before.customerId !== customerId) return false;
  const { version } = before.body as { version?: string }; // safe because the ledger wrote it from a document
  const now = 'version' in document ? document.version : undefined;
  return version !== undefined && version === now;
}

/** An invoice of which nothing more or less has been paid: its customer's payments are what they were. */
function isSettledAsBefore({ document }: FollowedRow, before: LedgerDocumentRow | undefined): boolean {
  if (!('writtenOff' in document)) return false;
  const settled = subtract(document.total, document.balance);
  if (!before) return isZero(settled);
  const { total, balance } = before.body as Invoice; // safe because the ledger wrote it from an invoice
  return total.currency === settled.currency && compare(subtract(total, balance), settled) === 0;
}

const keepsNet = (document: FollowedRow['document'], { body }: LedgerDocumentRow): boolean =>
  'writtenOff' in document && isOnlySettled(document, body as Invoice); // safe because the ledger wrote it from an invoice

/** A customer's own read may have brought a later version than a page that was on its way meanwhile. */
function isOlder({ modifiedAt }: FollowedRow, before: LedgerDocumentRow): boolean {
  const stored = instant((before.body as { version?: string }).version); // safe as above
  return modifiedAt !== null && stored !== null && modifiedAt < stored;
}

/** Whether the change may have come while the customer was last read, between two of its calls. */
function cameBetween(
  { modifiedAt }: { readonly modifiedAt: Date | null },
  { filledAt, checkedAt }: LedgerCustomerRow,
  askedAt: Date,
): boolean {
  if (!modifiedAt || !filledAt || modifiedAt.getTime() > askedAt.getTime() + AHEAD_MS) return false;
  const readAt = Math.max(filledAt.getTime(), checkedAt?.getTime() ?? 0);
  return modifiedAt.getTime() >= readAt - SAME_MOMENT_MS;
}

/** Keeps what the document's own page told, as long as it still holds. */
function rowOf(
  type: FollowedType,
  { customerId, document }: FollowedRow,
  { before, same }: { readonly before: LedgerDocumentRow | undefined; readonly same: boolean },
): LedgerDocumentRow {
  const known = (before?.body ?? {}) as { net?: unknown; applications?: unknown }; // safe as above
  const { net } = same || (before && keepsNet(document, before)) ? known : {};
  const { applications } = same ? known : {};
  const body = {
    ...document,
    ...('net' in document && document.net === null && net ? { net } : {}),
    ...('applications' in document && document.applications === null && applications ? { applications } : {}),
  };
  const dealId = 'dealId' in document ? document.dealId : null;
  return { type, documentId: document.id, customerId, dealId, body };
}

function notesOf(type: FollowedType, { warnings, tellsDeal }: WholePage, ids: ReadonlySet<CustomerId>) {
  const isSilent = !tellsDeal && (type === 'invoice' || type === 'estimate' || type === 'sales_order');
  return [...ids].flatMap((customerId) => {
    const words = warnings.get(customerId) ?? [];
    if (words.length === 0 && !isSilent) return [];
    return [{ customerId, warnings: words, silentAboutDeals: isSilent ? [type] : [] }];
  });
}

interface AskedContacts {
  readonly rows: readonly ContactGlance[];
  readonly askedAt: Date;
  /** Contacts changed after this are read again. `null`: customers are noted only, the backfill comes to them. */
  readonly since: Date | null;
  /** The backfill has been through all contacts. */
  readonly isListed?: boolean;
  /** What the organisation counts in: the currency of contacts that name none. */
  readonly baseCurrency: string;
}

/** Writes a page of the contact list: strangers are noted, and those that moved are wanted. */
export function applyContacts(
  database: Database,
  of: LedgerKey,
  { rows, askedAt, since, isListed = false, baseCurrency }: AskedContacts,
  alongside: (on: Queries) => Promise<void> = async () => undefined,
): Promise<void> {
  return database.transaction(async (on) => {
    const known = new Map(
      (
        await ledgerCustomers(
          on,
          of,
          rows.map(({ id }) => id),
          'hold',
        )
      ).map((row) => [row.customerId, row]),
    );
    // Before the backfill has listed everybody, most are strangers: it comes to them, and to the new ones we do.
    const isNew = ({ id, modifiedAt }: ContactGlance): boolean =>
      !known.has(id) && (since === null || isListed || (modifiedAt !== null && modifiedAt >= since));
    const strangers = rows
      .filter(isNew)
      .map((row) => ({ customerId: row.id, body: glanced(row, baseCurrency) }));
    await addLedgerCustomers(on, of, strangers, since ? { why: 'new', since: askedAt } : null);
    await noteCustomerFacts(
      on,
      of,
      rows.map(({ id, facts }) => ({ customerId: id, facts })),
    );
    if (since) {
      const changed = rows.flatMap((row): readonly CustomerWish[] => {
        const customer = known.get(row.id);
        if (!customer?.filledAt) return [];
        const isRecent = row.modifiedAt !== null && row.modifiedAt >= since;
        const moved = owesOtherwise(row, customer);
        if (!moved && !(isRecent && cameBetween(row, customer, askedAt))) return [];
        const at = isRecent && row.modifiedAt && row.modifiedAt < askedAt ? row.modifiedAt : askedAt;
        return [{ customerId: row.id, why: moved ? 'changed' : 'page', since: at }];
      });
      await wantLedgerCustomers(on, of, changed);
    }
    await alongside(on);
  });
}

function owesOtherwise(row: ContactGlance, { body }: LedgerCustomerRow): boolean {
  const customer = body as Customer; // safe because filled customers have been written whole
  const differs = (told: string | null, { currency, amount }: Money): boolean =>
    told !== null && compare(money(currency, told), money(currency, amount)) !== 0;
  return (
    differs(row.outstanding, customer.outstandingReceivable) ||
    differs(row.unusedCredits, customer.unusedCredits)
  );
}

/** As much of a customer as its row in the contact list tells; its own page completes it. */
function glanced(row: ContactGlance, baseCurrency: string): Customer {
  const currency = row.currency ?? baseCurrency;
  return {
    id: row.id,
    name: row.name,
    currency,
    outstandingReceivable: { currency, amount: row.outstanding ?? '0' },
    outstandingOpeningBalance: null,
    unusedCredits: { currency, amount: row.unusedCredits ?? '0' },
    unusedRetainers: null,
    creditLimit: null,
    exchangeRate: null,
  };
}
