import { appliedParts } from '../domain/applied-parts.ts';
import type { CustomerBook, DealId, DocumentId, Invoice, Payment } from '../domain/documents.ts';
import type {
  Books,
  CustomerDetail,
  DocumentDetails,
  LinkableType,
  Listing,
  Priority,
} from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { CustomerSnapshot, ListName, SecondaryPart } from './customer-snapshot.ts';
import { isOnlySettled } from './kept-net.ts';

/** Document pages read per pass for the tax split and the payment split: one Books call each. */
const DETAILS_PER_PASS = 40;
/** Reported where the connected user may read invoices and payments, but not credit notes. */
export const CREDIT_NOTES_REFUSED = 'credit_note:refused';

/**
 * The inputs of the figures, in one go: the customer's page and three lists (one call each while they fit a page).
 * What an earlier read learnt from document pages is kept where the document did not change since. Credit notes that
 * Books refuses are left out and reported; without invoices or payments there are no figures, so their refusal throws.
 */
export async function readFigureInputs(
  books: Books,
  known: {
    detail: CustomerDetail;
    earlier: CustomerSnapshot | null;
    askedAt: Date;
    /** Quotes, orders and expenses are kept current by the change feed: they need not be read again. */
    restIsFollowed?: boolean;
  },
  priority: Priority,
): Promise<CustomerSnapshot> {
  const { customer } = known.detail;
  const [invoices, payments, creditNotes] = await Promise.all([
    books.invoices(customer, priority),
    books.payments(customer, priority),
    unlessRefused(books.creditNotes(customer, priority)),
  ]);
  const earlier = known.earlier?.book;
  const restIsCurrent =
    known.restIsFollowed === true &&
    known.earlier !== null &&
    known.earlier.restReadAt === known.earlier.readAt;
  return {
    book: {
      customer,
      invoices: keepNets(withNets(invoices.rows, earlier?.invoices), earlier?.invoices ?? []),
      payments: keepKnown(payments.rows, earlier?.payments, (row, before) => ({
        ...row,
        applications: row.applications ?? before.applications,
      })),
      creditNotes: creditNotes ? withNets(creditNotes.rows, earlier?.creditNotes) : [],
      creditNoteRefunds: creditNotes ? (earlier?.creditNoteRefunds ?? null) : null,
      estimates: earlier?.estimates ?? null,
      salesOrders: earlier?.salesOrders ?? null,
      expenses: earlier?.expenses ?? null,
    },
    crmAccountId: known.detail.crmAccountId,
    crmContactId: known.detail.crmContactId,
    readAt: known.askedAt.toISOString(),
    restReadAt: restIsCurrent ? known.askedAt.toISOString() : (known.earlier?.restReadAt ?? null),
    warnings: [
      ...new Set([
        ...invoices.warnings,
        ...payments.warnings,
        ...(creditNotes?.warnings ?? [CREDIT_NOTES_REFUSED]),
      ]),
    ],
    silentAboutDeals: invoices.tellsDeal ? [] : ['invoice'],
    refusedParts: creditNotes ? [] : ['refunds'],
  };
}

async function unlessRefused<Row>(list: Promise<Listing<Row>>): Promise<Listing<Row> | null> {
  try {
    return await list;
  } catch (trouble) {
    if (isRefusal(trouble)) return null;
    throw trouble;
  }
}

export const isRefusal = (trouble: unknown): boolean =>
  trouble instanceof ZohoTrouble && trouble.kind === 'refused';

/** Lists the figures are read from, as one read brings them. */
export const FIGURE_LISTS = ['invoices', 'payments', 'creditNotes'] as const satisfies readonly ListName[];

export interface RestRead {
  readonly snapshot: CustomerSnapshot;
  /** Lists that were read to their end in this pass. */
  readonly lists: readonly ListName[];
  /** What documents' pages told, by id. */
  readonly details: ReadonlyMap<DocumentId, DocumentDetails>;
  /** What stopped the pass; what had been read before it is in the snapshot. */
  readonly trouble: unknown;
}

/**
 * Reads what the figures can wait for, and only what is owed: lists once per read of the figures, document pages once
 * per version. A part Books refuses is noted and left out; other trouble ends the pass.
 *
 * @param dealId the deal somebody looks at: only its documents need their tax split, at one call each
 */
export async function readRest(
  books: Books,
  snapshot: CustomerSnapshot,
  dealId: DealId | undefined,
): Promise<RestRead> {
  const { customer } = snapshot.book;
  const warnings = new Set(snapshot.warnings);
  const silent = new Set(snapshot.silentAboutDeals);
  const refused = new Set<SecondaryPart>(snapshot.refusedParts);
  const details = new Map<DocumentId, DocumentDetails>();
  let book: CustomerBook = snapshot.book;
  const rows = <Row>(from: Listing<Row>, type?: LinkableType): readonly Row[] => {
    for (const warning of from.warnings) warnings.add(warning);
    if (type && !from.tellsDeal) silent.add(type);
    return from.rows;
  };

  const readRefunds = async (): Promise<Partial<CustomerBook>> => ({
    creditNoteRefunds:
      book.creditNotes.length === 0 ? [] : rows(await books.creditNoteRefunds(customer, 'background')),
  });
  const lists: readonly Part[] = [
    [
      'quotes',
      async () => ({
        estimates: withNets(rows(await books.estimates(customer, 'background'), 'estimate'), book.estimates),
      }),
    ],
    [
      'sales_orders',
      async () => ({
        salesOrders: withNets(
          rows(await books.salesOrders(customer, 'background'), 'sales_order'),
          book.salesOrders,
        ),
      }),
    ],
    // Whoever may not see credit notes may not see their refunds: that none is known does not mean there is none.
    ...(warnings.has(CREDIT_NOTES_REFUSED) ? [] : [['refunds', readRefunds] as const]),
    ['expenses', async () => ({ expenses: rows(await books.expenses(customer, 'background')) })],
  ];
  const pages: readonly Part[] = [
    ...(dealId === undefined
      ? []
      : [['tax_split', () => readTaxSplit(books, book, dealId, details)] as const]),
    ['payment_split', async () => ({ payments: await readPaymentSplit(books, book) })],
  ];

  const listsAreCurrent = snapshot.restReadAt === snapshot.readAt;
  let restReadAt = snapshot.restReadAt;
  const justRead: ListName[] = [];
  let trouble: unknown = null;
  try {
    for (const [name, read] of listsAreCurrent
      ? lists.filter(([name]) => isOwed(name, book, refused))
      : lists) {
      const part = await orRefused(name, read, refused);
      justRead.push(...(Object.keys(part) as ListName[])); // safe because these parts are lists of the book
      book = { ...book, ...part };
    }
    restReadAt = snapshot.readAt;
    for (const [name, read] of pages) book = { ...book, ...(await orRefused(name, read, refused)) };
  } catch (cause) {
    trouble = cause;
  }
  return {
    snapshot: {
      ...snapshot,
      book,
      restReadAt,
      warnings: [...warnings],
      silentAboutDeals: [...silent],
      refusedParts: [...refused],
    },
    lists: justRead,
    details,
    trouble,
  };
}

/** Whether a list was never read, though the others are current: the backfill cannot bring refunds. */
const isOwed = (name: SecondaryPart, book: CustomerBook, refused: ReadonlySet<SecondaryPart>): boolean =>
  name === 'refunds' && book.creditNoteRefunds === null && !refused.has(name);

type Part = readonly [SecondaryPart, () => Promise<Partial<CustomerBook>>];

async function orRefused(
  name: SecondaryPart,
  read: () => Promise<Partial<CustomerBook>>,
  refused: Set<SecondaryPart>,
): Promise<Partial<CustomerBook>> {
  try {
    const part = await read();
    refused.delete(name);
    return part;
  } catch (trouble) {
    if (!isRefusal(trouble)) throw trouble;
    refused.add(name);
    return {};
  }
}

/** The tax split of a deal's documents: only its ladder needs it. @param details takes what pages tell */
async function readTaxSplit(
  books: Books,
  book: CustomerBook,
  dealId: DealId,
  details: Map<DocumentId, DocumentDetails>,
): Promise<Partial<CustomerBook>> {
  const ask = async (
    type: LinkableType,
    rows: readonly Pick<Invoice, 'id' | 'dealId' | 'net'>[],
  ): Promise<void> => {
    for (const row of rows) {
      if (details.size >= DETAILS_PER_PASS) return;
      if (row.dealId === dealId && row.net === null)
        details.set(row.id, await books.details(type, row.id, 'background'));
    }
  };
  await ask('invoice', book.invoices);
  await ask('estimate', book.estimates ?? []);
  await ask('sales_order', book.salesOrders ?? []);
  const filled = <Row extends { id: DocumentId; net: Invoice['net'] }>(
    rows: readonly Row[],
  ): readonly Row[] =>
    rows.map((row) => {
      const read = details.get(row.id);
      return read ? { ...row, net: read.net } : row;
    });
  return {
    invoices: filled(book.invoices),
    estimates: book.estimates && filled(book.estimates),
    salesOrders: book.salesOrders && filled(book.salesOrders),
  };
}

/** How payments were spread, for those where the lists leave more than one answer. */
async function readPaymentSplit(books: Books, book: CustomerBook): Promise<readonly Payment[]> {
  const splits = new Map<DocumentId, Payment['applications']>();
  for (const { id } of appliedParts(book).unsplit.slice(0, DETAILS_PER_PASS)) {
    splits.set(id, await books.applications(id, 'background'));
  }
  return book.payments.map((payment) =>
    splits.has(payment.id) ? { ...payment, applications: splits.get(payment.id) ?? null } : payment,
  );
}

/** Carries tax splits over to the newer rows of the same versions. */
const withNets = <Row extends Versioned & { readonly net: Invoice['net'] }>(
  rows: readonly Row[],
  before: readonly Row[] | null | undefined,
): readonly Row[] =>
  keepKnown(rows, before ?? undefined, (row, earlier) => ({ ...row, net: row.net ?? earlier.net }));

/** … and to later versions of which only more or less has been paid. */
function keepNets(rows: readonly Invoice[], before: readonly Invoice[]): readonly Invoice[] {
  const byId = new Map(before.map((row) => [row.id, row]));
  return rows.map((row) => {
    const earlier = byId.get(row.id);
    const keeps = row.net === null && earlier?.net && isOnlySettled(row, earlier);
    return keeps ? { ...row, net: earlier.net } : row;
  });
}

interface Versioned {
  readonly id: DocumentId;
  readonly version?: string;
}

/** Carries over what a document's own page told, as long as the document is the same version. */
export function keepKnown<Row extends Versioned>(
  rows: readonly Row[],
  before: readonly Row[] | undefined,
  merge: (row: Row, before: Row) => Row,
): readonly Row[] {
  if (!before) return rows;
  const byId = new Map(before.map((row) => [row.id, row]));
  return rows.map((row) => {
    const earlier = byId.get(row.id);
    return earlier?.version !== undefined && earlier.version === row.version ? merge(row, earlier) : row;
  });
}

const unsplit = new WeakMap<CustomerBook, boolean>();

/** Whether payments are left that lists alone do not spread; found out once per book. */
function isUnsplit(book: CustomerBook): boolean {
  const known = unsplit.get(book) ?? appliedParts(book).unsplit.length > 0;
  unsplit.set(book, known);
  return known;
}

/** Which parts of the answer are still owed, so that the panel can say so. */
export function missingParts(
  snapshot: CustomerSnapshot,
  dealId: DealId | undefined,
): readonly SecondaryPart[] {
  const { book } = snapshot;
  const missing = new Set<SecondaryPart>(snapshot.refusedParts);
  if (book.estimates === null) missing.add('quotes');
  if (book.salesOrders === null) missing.add('sales_orders');
  if (book.expenses === null) missing.add('expenses');
  if (book.creditNoteRefunds === null && book.creditNotes.length > 0) missing.add('refunds');
  const onDeals = [...book.invoices, ...(book.estimates ?? []), ...(book.salesOrders ?? [])].filter(
    (row) => row.dealId === dealId,
  );
  if (onDeals.some(({ net }) => net === null)) missing.add('tax_split');
  if (isUnsplit(book)) missing.add('payment_split');
  return [...missing];
}
