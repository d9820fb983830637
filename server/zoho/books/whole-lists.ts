import { z } from 'zod';
import type { CustomerFacts } from '../../domain/customer-facts.ts';
import type {
  CreditNote,
  CreditNoteRefund,
  Customer,
  CustomerId,
  DocumentId,
  Estimate,
  Expense,
  Invoice,
  Payment,
  SalesOrder,
} from '../../domain/documents.ts';
import type { CurrencyCode, DecimalText } from '../../domain/money.ts';
import { ZohoTrouble } from '../trouble.ts';
import { Currency, Decimal, Id, maybe, Stamp, Text } from '../wire-values.ts';
import type { AskBooks } from './ask.ts';
import type { Reading } from './booked-rate.ts';
import type { Priority } from './books.ts';
import { customerFacts } from './customer-facts.ts';
import { DOCUMENT_LISTS, type DocumentList } from './document-lists.ts';
import { readPage, type SortOrder } from './lists.ts';
import { RECOGNISED } from './wire.ts';

/** A kind of document as the ledger follows it, over all customers at once. */
interface FollowedDocuments {
  readonly invoice: Invoice;
  readonly payment: Payment;
  readonly credit_note: CreditNote;
  readonly credit_note_refund: CreditNoteRefund;
  readonly estimate: Estimate;
  readonly sales_order: SalesOrder;
  readonly expense: Expense;
}
export type FollowedType = keyof FollowedDocuments;

export interface FollowedRow {
  readonly customerId: CustomerId;
  readonly document: FollowedDocuments[FollowedType];
  /** When Books last changed it; `null` where its list does not tell. */
  readonly modifiedAt: Date | null;
}

export interface WholePage {
  readonly rows: readonly FollowedRow[];
  /** Customers of rows we cannot read without knowing the customer first. */
  readonly unknownCustomers: readonly CustomerId[];
  /** Documents of those, and of nobody. */
  readonly unreadDocuments: readonly DocumentId[];
  /** The newest change on the page. */
  readonly newest: Date | null;
  readonly hasMore: boolean;
  readonly warnings: ReadonlyMap<CustomerId, readonly string[]>;
  readonly tellsDeal: boolean;
}

/** What a page of the contact list tells of a customer: enough to see whether it moved. */
export interface ContactGlance {
  readonly id: CustomerId;
  readonly name: string;
  readonly currency: CurrencyCode | null;
  readonly outstanding: DecimalText | null;
  readonly unusedCredits: DecimalText | null;
  readonly modifiedAt: Date | null;
  readonly facts: CustomerFacts;
}

interface WholePageQuestion {
  readonly type: FollowedType;
  /** 1-based. */
  readonly page: number;
  /** Only what changed after this instant. Books ignores it where it knows no such filter, so rows are checked. */
  readonly changedSince?: Date;
  /** The newest first, for kinds without a filter by change. */
  readonly newestFirst?: boolean;
  /** Those of these customers that are known; rows of the others cannot be read. */
  readonly customersOf: (ids: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, Customer>>;
}

/** Lists of a whole organisation, page by page: for the backfill and the change feed. Throws `ZohoTrouble`. */
export interface WholeLists {
  documents(question: WholePageQuestion, priority: Priority): Promise<WholePage>;
  contacts(
    question: { readonly page: number; readonly newestFirst?: boolean },
    priority: Priority,
  ): Promise<{ readonly rows: readonly ContactGlance[]; readonly hasMore: boolean }>;
}

const LISTS = {
  invoice: DOCUMENT_LISTS.invoice,
  payment: DOCUMENT_LISTS.payment,
  credit_note: DOCUMENT_LISTS.creditNote,
  credit_note_refund: DOCUMENT_LISTS.creditNoteRefund,
  estimate: DOCUMENT_LISTS.estimate,
  sales_order: DOCUMENT_LISTS.salesOrder,
  expense: DOCUMENT_LISTS.expense,
} as const;

const Glance = z.object({
  contact_id: Id,
  contact_type: Text,
  ...RECOGNISED,
  currency_code: maybe(Currency),
  outstanding_receivable_amount: maybe(Decimal),
  unused_credits_receivable_amount: maybe(Decimal),
  last_modified_time: Stamp,
});

export function createWholeLists(needs: {
  readonly ask: AskBooks;
  readonly baseCurrency: CurrencyCode;
}): WholeLists {
  const { ask, baseCurrency } = needs;

  async function documents<Row extends z.ZodType<WireRow>>(
    list: DocumentList<Row, FollowedDocuments[FollowedType]>,
    { page, changedSince, newestFirst, customersOf }: WholePageQuestion,
    priority: Priority,
  ): Promise<WholePage> {
    const { rows: all, hasMore } = await readPage(
      ask,
      {
        ...list,
        order: newestFirst ? descending(list.order) : list.order,
        query: changedSince ? { last_modified_time: booksTime(changedSince) } : {},
      },
      page,
      priority,
    );
    const current = all.filter(({ last_modified_time }) => {
      const at = instant(last_modified_time);
      return !(changedSince && at && at < changedSince);
    });
    // Books ignores a filter it does not know without a word, and would have us read everything at every pass.
    if (changedSince && hasMore && current.length === 0)
      throw new ZohoTrouble('books', 'unreachable', { code: 'filter_ignored' });
    const rows = current.filter(({ customer_id }) => customer_id !== undefined);
    const unread = current.filter(({ customer_id }) => customer_id === undefined).map(list.idOf);
    const ids = [...new Set(rows.map(({ customer_id }) => customer_id as CustomerId))]; // safe because rows without one were left out
    const customers = await customersOf(ids);
    const unknown = new Set<CustomerId>();
    const warnings = new Map<CustomerId, Set<string>>();
    const known = rows.flatMap((row): readonly FollowedRow[] => {
      const id = row.customer_id as CustomerId; // safe because rows without one were left out
      const customer = customers.get(id);
      if (!customer) {
        unknown.add(id);
        unread.push(list.idOf(row));
        return [];
      }
      const warn = (warning: string): void => {
        const noted = warnings.get(id) ?? new Set();
        warnings.set(id, noted.add(warning));
      };
      const reading: Reading = { customer, baseCurrency, warn };
      const document = list.translate(row, reading);
      return [{ customerId: id, document, modifiedAt: instant(row.last_modified_time) }];
    });
    const changes = current.flatMap((row) => instant(row.last_modified_time)?.getTime() ?? []);
    return {
      rows: known,
      unknownCustomers: [...unknown],
      unreadDocuments: unread as DocumentId[], // safe because the wire schema checked them
      newest: changes.length > 0 ? new Date(Math.max(...changes)) : null,
      hasMore,
      warnings: new Map([...warnings].map(([id, words]) => [id, [...words]])),
      tellsDeal: rows.every((row) => row.zcrm_potential_id !== undefined),
    };
  }

  return {
    documents: (question, priority) =>
      // safe because every list's rows carry the members that are read here
      documents(LISTS[question.type] as unknown as AnyList, question, priority),

    async contacts({ page, newestFirst }, priority) {
      const order: SortOrder = newestFirst
        ? { sort_column: 'last_modified_time', sort_order: 'D' }
        : { sort_column: 'created_time', sort_order: 'A' };
      const asked = { path: '/contacts', keys: ['contacts'], row: Glance, query: {}, order };
      const { rows, hasMore } = await readPage(ask, asked, page, priority);
      return {
        hasMore,
        rows: rows
          .filter(({ contact_type }) => contact_type !== 'vendor')
          .map((row) => ({
            id: row.contact_id as CustomerId, // safe because the wire schema checked it
            name: row.contact_name,
            currency: row.currency_code ?? null,
            outstanding: row.outstanding_receivable_amount ?? null,
            unusedCredits: row.unused_credits_receivable_amount ?? null,
            modifiedAt: instant(row.last_modified_time),
            facts: customerFacts(row),
          })),
      };
    },
  };
}

interface WireRow {
  readonly customer_id?: string | undefined;
  readonly last_modified_time?: string | undefined;
  readonly zcrm_potential_id?: string | null | undefined;
}
type AnyList = DocumentList<z.ZodType<WireRow>, FollowedDocuments[FollowedType]>;

const descending = (order: SortOrder): SortOrder => ({ ...order, sort_order: 'D' });

/** The one form Books takes: no `Z`, no colon in the offset, no fractions. @see books-api §6 */
const booksTime = (at: Date): string => `${at.toISOString().slice(0, 19)}+0000`;

/** What Books' stamps mean; `null` for what no clock could have written. */
export function instant(stamp: string | undefined): Date | null {
  if (stamp === undefined) return null;
  const at = new Date(stamp.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at.getTime()) ? null : at;
}
