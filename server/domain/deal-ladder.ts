import type { Amount, Caveat, UnknownReason } from './amount.ts';
import { appliedParts, settledOf } from './applied-parts.ts';
import { cut, portionOf } from './deal-shares.ts';
import { type DealAmountTax, USUAL_DEFINITIONS } from './definitions.ts';
import type { CustomerBook, Deal, DocumentId, Estimate, Invoice, SalesOrder } from './documents.ts';
import type { Entry, Headline } from './headline-currency.ts';
import { taken, totalOf } from './headline-currency.ts';
import { creditNoteInScope, estimateIsLive, invoiceInScope, orderIsLive } from './in-scope.ts';
import { type CurrencyCode, compare, isNegative, type Money, prorated, rounded, sum, zero } from './money.ts';

type TaxBasis = 'net_of_tax' | 'tax_included';

/** Deal amount → Quoted → Invoiced → Collected → Left to invoice, all documents on one tax basis. @see domain rule A7 */
export interface DealLadderRaw {
  readonly stage: string;
  /** Of the documents. */
  readonly basis: TaxBasis;
  /** Of the deal's amount, and so of the documents as soon as they can be told on it. */
  readonly amountBasis: TaxBasis;
  readonly dealAmount: Amount;
  readonly quoted: Amount;
  readonly invoiced: Amount;
  readonly collected: Amount;
  /** Deal amount − invoiced, not clipped: negative is over-invoiced. */
  readonly leftToInvoice: Amount;
  /** `null` while deal amount or invoiced is unknown. */
  readonly overInvoiced: boolean | null;
}

type Linked = Invoice | Estimate | SalesOrder;

/**
 * The money of one deal. Everything is told in the deal's currency; documents of another one come in through the base
 * currency at their booked rates. Credit notes do not take part: Books holds no deal on them, and the caveat says so where one was used.
 * @param documents the customers' books, or why they are not known
 * @param quotesUnknown why quotes or orders are not there, where they are not
 * @param amountTax what the deal's amount means: with tax in it, the documents are told with theirs
 */
export function dealLadder(
  deal: Deal,
  documents: readonly CustomerBook[] | UnknownReason,
  {
    baseCurrency,
    quotesUnknown = 'still_reading',
    amountTax = USUAL_DEFINITIONS.dealAmount,
  }: { baseCurrency: CurrencyCode; quotesUnknown?: UnknownReason; amountTax?: DealAmountTax },
): DealLadderRaw {
  const dealAmount: Amount = deal.amount
    ? { known: true, money: rounded(deal.amount), caveats: [], byCurrency: [] }
    : unknown('no_deal_amount');
  const amountBasis: TaxBasis = amountTax === 'with_tax' ? 'tax_included' : 'net_of_tax';
  if (typeof documents === 'string') {
    const figure = unknown(documents);
    const leftToInvoice = deal.amount ? figure : dealAmount;
    return {
      stage: deal.stage,
      basis: amountBasis,
      amountBasis,
      dealAmount,
      quoted: figure,
      invoiced: figure,
      collected: figure,
      leftToInvoice,
      overInvoiced: null,
    };
  }
  const linked = linkedTo(deal, documents);
  const net =
    amountBasis === 'net_of_tax' &&
    [...linked.invoices, ...(linked.evidence ?? [])].every((document) => document.net !== null);
  const basis: TaxBasis = net ? 'net_of_tax' : 'tax_included';
  const caveats: readonly Caveat[] = basis === amountBasis ? [] : ['tax_included'];
  const headline = ladderCurrency(deal, [...linked.invoices, ...(linked.evidence ?? [])], {
    documents,
    baseCurrency,
  });
  const entry = (document: Linked): Entry => ({
    money: ofDeal(deal, document, inBasis(document, net)),
    rate: document.exchangeRate,
  });

  const invoicedEntries = linked.invoices.map(entry);
  const invoicedCaveats: readonly Caveat[] = [
    ...caveats,
    ...(documents.some(hasUsedCredit) ? (['credit_notes_not_deducted'] as const) : []),
  ];
  const invoiced = totalOf(headline, invoicedEntries, linked.invoices.length > 0 ? invoicedCaveats : []);
  const leftToInvoice: Amount = !deal.amount
    ? dealAmount
    : totalOf(
        headline,
        [{ money: deal.amount, rate: null }, ...taken(invoicedEntries)],
        linked.invoices.length > 0 ? invoicedCaveats : [],
      );
  return {
    stage: deal.stage,
    basis,
    amountBasis,
    dealAmount,
    quoted: linked.evidence
      ? totalOf(headline, linked.evidence.map(entry), linked.evidence.length > 0 ? caveats : [])
      : unknown(quotesUnknown),
    invoiced,
    collected: collectedOn(linked.invoices, { deal, documents, headline, net, caveats }),
    leftToInvoice,
    overInvoiced: leftToInvoice.known ? isNegative(leftToInvoice.money) : null,
  };
}

const unknown = (reason: UnknownReason): Amount => ({ known: false, reason });

/** Lists do not tell which invoice a credit note was applied to: it may be one of the deal's. */
const hasUsedCredit = ({ creditNotes }: CustomerBook): boolean =>
  creditNotes.some((note) => creditNoteInScope(note) && compare(note.total, note.unused) > 0);

/** What of an amount of the document is this deal's. */
function ofDeal(deal: Deal, document: Linked, amount: Money): Money {
  const portion = portionOf(document, deal.id);
  return portion ? cut(amount, portion) : zero(amount.currency);
}

const inBasis = ({ net, total }: Linked, withoutTax: boolean): Money => (withoutTax ? net : null) ?? total;

/**
 * `evidence` is what was offered: the live estimates, or, where there is none, the live sales orders. Never both: an
 * order made from an estimate is the same money. `null` while the lists that decide it have not been read.
 */
function linkedTo(
  deal: Deal,
  books: readonly CustomerBook[],
): { invoices: readonly Invoice[]; evidence: readonly (Estimate | SalesOrder)[] | null } {
  const onDeal = (document: Linked): boolean => portionOf(document, deal.id) !== null;
  const invoices = books.flatMap((book) =>
    book.invoices.filter((invoice) => onDeal(invoice) && invoiceInScope(invoice)),
  );
  if (books.some(({ estimates }) => estimates === null)) return { invoices, evidence: null };
  const estimates = books.flatMap((book) =>
    (book.estimates ?? []).filter((estimate) => onDeal(estimate) && estimateIsLive(estimate)),
  );
  if (estimates.length > 0) return { invoices, evidence: estimates };
  if (books.some(({ salesOrders }) => salesOrders === null)) return { invoices, evidence: null };
  return {
    invoices,
    evidence: books.flatMap((book) =>
      (book.salesOrders ?? []).filter((order) => onDeal(order) && orderIsLive(order)),
    ),
  };
}

function ladderCurrency(
  deal: Deal,
  linked: readonly Linked[],
  { documents, baseCurrency }: { documents: readonly CustomerBook[]; baseCurrency: CurrencyCode },
): Headline {
  const [only, ...others] = new Set(linked.map(({ total }) => total.currency));
  const currency = deal.amount?.currency ?? (only !== undefined && others.length === 0 ? only : baseCurrency);
  // several customers may share a currency at different rates: the choice must not depend on their order
  const [customer] = documents
    .map((book) => book.customer)
    .filter((one) => one.currency === currency && one.exchangeRate !== null)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const rate = customer?.exchangeRate ?? null;
  return { currency, baseCurrency, rate };
}

interface CollectedQuestion {
  readonly deal: Deal;
  readonly documents: readonly CustomerBook[];
  readonly headline: Headline;
  readonly net: boolean;
  readonly caveats: readonly Caveat[];
}

/**
 * The part of the payments that went to these invoices, without its tax. While the split of a payment over several
 * invoices is not known, what the invoice says was settled stands in for it and the caveat says so.
 */
function collectedOn(
  invoices: readonly Invoice[],
  { deal, documents, headline, net, caveats }: CollectedQuestion,
): Amount {
  const applied = documents.map(appliedParts);
  const parts = applied.flatMap((of) => of.parts);
  const unsplit = new Set(
    applied.flatMap((of) => of.unsplit).flatMap(({ invoiceNumbers }) => invoiceNumbers),
  );
  const partsOf = (id: DocumentId): readonly Money[] =>
    parts.filter(({ invoice }) => invoice.id === id).map(({ amount }) => amount);
  const isUnclear = ({ id, number, total }: Invoice): boolean =>
    unsplit.has(number) || partsOf(id).some(({ currency }) => currency !== total.currency);
  const paid = (invoice: Invoice): Money =>
    isUnclear(invoice) ? settledOf(invoice) : sum(invoice.total.currency, partsOf(invoice.id));

  const entries = invoices.map(
    (invoice): Entry => ({
      money: ofDeal(deal, invoice, prorated(paid(invoice), inBasis(invoice, net), invoice.total)),
      rate: invoice.exchangeRate,
    }),
  );
  const estimated: readonly Caveat[] = invoices.some(isUnclear) ? ['from_invoices'] : [];
  return totalOf(headline, entries, [...(invoices.length > 0 ? caveats : []), ...estimated]);
}
