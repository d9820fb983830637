import type { z } from 'zod';
import type { Customer, DealId, DocumentId } from '../../domain/documents.ts';
import type { CurrencyCode } from '../../domain/money.ts';
import type { AccessToken } from '../authorised.ts';
import type { DataCentre } from '../data-centres.ts';
import type { Governor } from '../governor.ts';
import type { Transport } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';
import { parseAnswer } from '../wire-values.ts';
import { createAskBooks, createWriteBooks } from './ask.ts';
import type { Reading } from './booked-rate.ts';
import type {
  Books,
  BooksDocuments,
  BooksOrganisation,
  BooksPeople,
  CustomerMatch,
  Listing,
  Priority,
} from './books.ts';
import { contentsOf } from './contents.ts';
import { DETAIL_PAGES, DOCUMENT_LISTS, type DocumentList } from './document-lists.ts';
import { createSetDeal, readDocument } from './linked-documents.ts';
import { ascending, nameHolds, readAll, readPage, rowsOf } from './lists.ts';
import { customerDetail, customerMatch, netOf, organisations } from './translate.ts';
import { applications } from './translate-payment.ts';
import { readUsers } from './users.ts';
import { createWholeLists, type WholeLists } from './whole-lists.ts';
import { ContactDetail, ContactRow, OrganizationsAnswer, PaymentDetail } from './wire.ts';

interface BooksNeeds {
  readonly transport: Transport;
  /** The organisation's own: one for all clients of it. */
  readonly governor: Governor;
  readonly dataCentre: DataCentre;
  readonly organisationId: string;
  readonly accessToken: AccessToken;
  readonly baseCurrency: CurrencyCode;
}

/** Search text may hold this much. @see https://www.zoho.com/books/api/v3/contacts/#list-contacts */
const SEARCH_LENGTH = 100;

const CONTACTS = {
  path: '/contacts',
  keys: ['contacts'],
  row: ContactRow,
  order: ascending('created_time'),
} as const;

/** One connected organisation: customer by customer, document by document, or list by list. */
export type ConnectedOrganisation = Books & BooksDocuments & BooksPeople & { readonly whole: WholeLists };

export function createBooks({ baseCurrency, ...needs }: BooksNeeds): ConnectedOrganisation {
  const ask = createAskBooks(needs);
  const setDeal = createSetDeal(ask, createWriteBooks(needs));

  /** Customers only, from one page; `hasMore` says that the question was too wide. */
  async function contacts(query: Record<string, string>, priority: Priority) {
    const { rows, hasMore } = await readPage(ask, { ...CONTACTS, query }, 1, priority);
    return { rows: rows.filter(({ contact_type }) => contact_type !== 'vendor'), hasMore };
  }

  async function listing<Row extends z.ZodType<WireRow>, Document>(
    list: DocumentList<Row, Document>,
    customer: Customer,
    priority: Priority,
  ): Promise<Listing<Document>> {
    const warnings = new Set<string>();
    const reading: Reading = { customer, baseCurrency, warn: (warning) => warnings.add(warning) };
    const own = await readAll(
      ask,
      {
        ...list,
        query: { customer_id: customer.id },
        keep: (rows) => rowsOf(customer, rows, () => warnings.add(`${list.type}:foreign_rows`)),
      },
      priority,
    );
    return {
      rows: own.map((row) => list.translate(row, reading)),
      warnings: [...warnings],
      tellsDeal: own.every((row) => row.zcrm_potential_id !== undefined),
    };
  }

  async function onDeal<Row extends z.ZodType<WireRow>, Document>(
    list: DocumentList<Row, Document>,
    dealId: DealId,
    priority: Priority,
  ): Promise<readonly DocumentId[]> {
    const query = { zcrm_potential_id: dealId };
    const { rows, hasMore } = await readPage(ask, { ...list, query }, 1, priority);
    const own = rows.filter((row) => (row.zcrm_potential_id ?? dealId) === dealId);
    // A deal has a handful of documents; a full page, or none of the deal's, means the filter did nothing.
    if (hasMore || (rows.length > 0 && own.length === 0))
      throw new ZohoTrouble('books', 'unreachable', { code: 'filter_ignored' });
    return own.map((row) => list.idOf(row) as DocumentId); // safe because the wire schema checked it
  }

  return {
    users: (priority) => readUsers(ask, priority),

    async customersLinkedTo(record, priority): Promise<readonly CustomerMatch[]> {
      const query =
        'accountId' in record ? { zcrm_account_id: record.accountId } : { zcrm_contact_id: record.contactId };
      const { rows, hasMore } = await contacts(query, priority);
      // Nobody links 200 customers to one record: Books ignored the filter and listed everybody.
      if (hasMore) throw new ZohoTrouble('books', 'unreachable', { code: 'filter_ignored' });
      const own = rows.filter((row) =>
        'accountId' in record
          ? (row.zcrm_account_id ?? record.accountId) === record.accountId
          : (row.zcrm_contact_id ?? record.contactId) === record.contactId,
      );
      return own.map(customerMatch);
    },

    async customersNamed(name, priority) {
      const sought = [...name.trim()].slice(0, SEARCH_LENGTH).join('');
      if (sought === '') return [];
      const { rows } = await contacts({ contact_name_contains: sought }, priority);
      return rows
        .filter((row) => nameHolds(row.contact_name, sought) || nameHolds(row.company_name, sought))
        .map(customerMatch);
    },

    async customer(id, priority) {
      const body = await ask({ path: '/contacts/{id}', ids: { id } }, priority);
      const detail = parseAnswer('books', ContactDetail, body);
      mustBe(id, detail.contact.contact_id);
      return customerDetail(detail, baseCurrency);
    },

    invoices: (customer, priority) => listing(DOCUMENT_LISTS.invoice, customer, priority),
    payments: (customer, priority) => listing(DOCUMENT_LISTS.payment, customer, priority),
    creditNotes: (customer, priority) => listing(DOCUMENT_LISTS.creditNote, customer, priority),
    creditNoteRefunds: (customer, priority) => listing(DOCUMENT_LISTS.creditNoteRefund, customer, priority),
    estimates: (customer, priority) => listing(DOCUMENT_LISTS.estimate, customer, priority),
    salesOrders: (customer, priority) => listing(DOCUMENT_LISTS.salesOrder, customer, priority),
    expenses: (customer, priority) => listing(DOCUMENT_LISTS.expense, customer, priority),

    documentsOfDeal(type, dealId, priority) {
      switch (type) {
        case 'invoice':
          return onDeal(DOCUMENT_LISTS.invoice, dealId, priority);
        case 'estimate':
          return onDeal(DOCUMENT_LISTS.estimate, dealId, priority);
        case 'sales_order':
          return onDeal(DOCUMENT_LISTS.salesOrder, dealId, priority);
      }
    },

    async details(type, id, priority) {
      const { path, answer } = DETAIL_PAGES[type];
      const page = parseAnswer('books', answer, await ask({ path, ids: { id } }, priority));
      mustBe(id, page.id);
      return { net: netOf(page.detail, baseCurrency), contents: contentsOf(type, page.detail) };
    },

    async applications(paymentId, priority) {
      const body = await ask({ path: '/customerpayments/{id}', ids: { id: paymentId } }, priority);
      const detail = parseAnswer('books', PaymentDetail, body);
      mustBe(paymentId, detail.payment.payment_id);
      return applications(detail);
    },

    document: (type, id, priority) => readDocument(ask, { type, id, baseCurrency }, priority),
    setDeal,
    whole: createWholeLists({ ask, baseCurrency }),
  };
}

/** The organisations a new grant reaches, for an administrator to choose from. Inactive ones are left out. */
export async function listBooksOrganisations(needs: {
  readonly transport: Transport;
  readonly dataCentre: DataCentre;
  readonly accessToken: AccessToken;
}): Promise<readonly BooksOrganisation[]> {
  const body = await createAskBooks(needs)({ path: '/organizations' }, 'interactive');
  return organisations(parseAnswer('books', OrganizationsAnswer, body));
}

/** Whether an organisation lets the connection in: being listed is not enough. @throws ZohoTrouble when Books does not say */
export async function opensBooksOrganisation(needs: Omit<BooksNeeds, 'baseCurrency'>): Promise<boolean> {
  try {
    await createAskBooks(needs)({ path: '/contacts', query: { page: '1', per_page: '1' } }, 'interactive');
    return true;
  } catch (cause) {
    if (cause instanceof ZohoTrouble && cause.kind === 'refused') return false;
    throw cause;
  }
}

interface WireRow {
  readonly customer_id?: string | undefined;
  readonly customer_name: string;
  readonly zcrm_potential_id?: string | null | undefined;
}

function mustBe(asked: string, answered: string): void {
  if (asked !== answered) throw new ZohoTrouble('books', 'unreachable', { code: 'wrong_record' });
}
