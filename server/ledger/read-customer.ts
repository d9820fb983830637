import { appliedParts } from '../domain/applied-parts.ts';
import type { CustomerBook, DocumentId, Invoice, Payment } from '../domain/documents.ts';
import type { Books, CustomerDetail, LinkableType, Priority } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { CustomerSnapshot, SecondaryPart } from './customer-snapshot.ts';

/** Document pages read per pass for the tax split and the payment split: one Books call each. */
const DETAILS_PER_PASS = 40;

/**
 * The inputs of the figures, in one go: the customer's page and three lists (one call each while they fit a page).
 * What an earlier read learnt from document pages is kept where the document did not change since.
 */
export async function readFigureInputs(
  books: Books,
  known: { detail: CustomerDetail; earlier: CustomerSnapshot | null; now: Date },
  priority: Priority,
): Promise<CustomerSnapshot> {
  const { customer } = known.detail;
  const [invoices, payments, creditNotes] = await Promise.all([
    books.invoices(customer, priority),
    books.payments(customer, priority),
    books.creditNotes(customer, priority),
  ]);
  const earlier = known.earlier?.book;
  return {
    book: {
      customer,
      invoices: keepKnown(invoices.rows, earlier?.invoices, (row, before) => ({
        ...row,
        net: row.net ?? before.net,
      })),
      payments: keepKnown(payments.rows, earlier?.payments, (row, before) => ({
        ...row,
        applications: row.applications ?? before.applications,
      })),
      creditNotes: keepKnown(creditNotes.rows, earlier?.creditNotes, (row, before) => ({
        ...row,
        net: row.net ?? before.net,
      })),
      creditNoteRefunds: earlier?.creditNoteRefunds ?? null,
      estimates: earlier?.estimates ?? null,
      salesOrders: earlier?.salesOrders ?? null,
      expenses: earlier?.expenses ?? null,
    },
    readAt: known.now.toISOString(),
    warnings: [...new Set([...invoices.warnings, ...payments.warnings, ...creditNotes.warnings])],
    silentAboutDeals: invoices.tellsDeal ? [] : ['invoice'],
    refusedParts: [],
  };
}

/** Reads what the figures can wait for. A part Books refuses is noted and left out; other trouble stops the pass. */
export async function readRest(books: Books, snapshot: CustomerSnapshot): Promise<CustomerSnapshot> {
  const { customer } = snapshot.book;
  let book: CustomerBook = snapshot.book;
  const warnings = new Set(snapshot.warnings);
  const silent = new Set(snapshot.silentAboutDeals);
  const refused = new Set<SecondaryPart>();

  const part = async (name: SecondaryPart, read: () => Promise<Partial<CustomerBook>>): Promise<void> => {
    try {
      book = { ...book, ...(await read()) };
    } catch (trouble) {
      if (trouble instanceof ZohoTrouble && trouble.kind === 'refused') refused.add(name);
      else throw trouble;
    }
  };
  const listing = <Row>(from: { rows: readonly Row[]; warnings: readonly string[] }): readonly Row[] => {
    for (const warning of from.warnings) warnings.add(warning);
    return from.rows;
  };

  await part('quotes', async () => {
    const estimates = await books.estimates(customer, 'background');
    if (!estimates.tellsDeal) silent.add('estimate');
    return {
      estimates: keepKnown(listing(estimates), book.estimates ?? undefined, (row, before) => ({
        ...row,
        net: row.net ?? before.net,
      })),
    };
  });
  await part('sales_orders', async () => {
    const orders = await books.salesOrders(customer, 'background');
    if (!orders.tellsDeal) silent.add('sales_order');
    return {
      salesOrders: keepKnown(listing(orders), book.salesOrders ?? undefined, (row, before) => ({
        ...row,
        net: row.net ?? before.net,
      })),
    };
  });
  await part('refunds', async () =>
    book.creditNotes.length === 0
      ? { creditNoteRefunds: [] }
      : { creditNoteRefunds: listing(await books.creditNoteRefunds(customer, 'background')) },
  );
  await part('expenses', async () => ({ expenses: listing(await books.expenses(customer, 'background')) }));
  await part('tax_split', () => readTaxSplit(books, book));
  await part('payment_split', async () => ({ payments: await readPaymentSplit(books, book) }));

  return {
    ...snapshot,
    book,
    warnings: [...warnings],
    silentAboutDeals: [...silent],
    refusedParts: [...refused],
  };
}

/** The tax split of documents on a deal, newest first: only the deal ladder needs it. */
async function readTaxSplit(books: Books, book: CustomerBook): Promise<Partial<CustomerBook>> {
  const nets = new Map<DocumentId, Invoice['net']>();
  const ask = async (
    type: LinkableType,
    rows: readonly Pick<Invoice, 'id' | 'dealId' | 'net'>[],
  ): Promise<void> => {
    for (const row of rows) {
      if (nets.size >= DETAILS_PER_PASS) return;
      if (row.dealId !== null && row.net === null)
        nets.set(row.id, await books.net(type, row.id, 'background'));
    }
  };
  await ask('invoice', book.invoices);
  await ask('estimate', book.estimates ?? []);
  await ask('sales_order', book.salesOrders ?? []);
  const filled = <Row extends { id: DocumentId; net: Invoice['net'] }>(
    rows: readonly Row[],
  ): readonly Row[] =>
    rows.map((row) => (nets.has(row.id) ? { ...row, net: nets.get(row.id) ?? null } : row));
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

interface Versioned {
  readonly id: DocumentId;
  readonly version?: string;
}

/** Carries over what a document's own page told, as long as the document is the same version. */
function keepKnown<Row extends Versioned>(
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

/** Which parts of the answer are still owed, so that the panel can say so. */
export function missingParts(snapshot: CustomerSnapshot): readonly SecondaryPart[] {
  const { book } = snapshot;
  const missing = new Set<SecondaryPart>(snapshot.refusedParts);
  if (book.estimates === null) missing.add('quotes');
  if (book.salesOrders === null) missing.add('sales_orders');
  if (book.expenses === null) missing.add('expenses');
  if (book.creditNoteRefunds === null && book.creditNotes.length > 0) missing.add('refunds');
  const onDeals = [...book.invoices, ...(book.estimates ?? []), ...(book.salesOrders ?? [])].filter(
    ({ dealId }) => dealId !== null,
  );
  if (onDeals.some(({ net }) => net === null)) missing.add('tax_split');
  if (appliedParts(book).unsplit.length > 0) missing.add('payment_split');
  return [...missing];
}
