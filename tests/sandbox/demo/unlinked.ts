import type { DealTag, EstimateFacts } from './book-facts.ts';
import type { DealFacts } from './crm-wire.ts';
import type { CustomerBook } from './customer-book.ts';
import type { Dice } from './dice.ts';
import { crmId } from './ids.ts';

/** What people forgot to put on a deal in Books. */
type Forgotten = 'nothing' | 'invoices' | 'last_invoice' | 'order' | 'everything';

/** Out of a hundred won deals. */
const WON: readonly (readonly [Forgotten, number])[] = [
  ['invoices', 14],
  ['last_invoice', 10],
  ['order', 9],
  ['everything', 9],
  ['nothing', 58],
];
const UNWON_QUOTES = 12;
const EXPENSES = 50;

interface Tagged {
  readonly id: string;
  readonly deal: DealTag | null;
  unlinked?: boolean;
  reference?: string;
  description?: string;
}

/** Deals as CRM holds them after the forgetting, and the deal each forgotten document belongs to. */
interface Forgetting {
  readonly deals: DealFacts[];
  readonly dealOfDocument: Readonly<Record<string, string>>;
}

/**
 * Takes the deal off some everyday documents, as if nobody had set it in Books, and leaves the evidence a business
 * leaves on all of them: the same lines and amounts, dates near the closing, references that name the project or only
 * an order number. Amounts, dates and documents stay as they are.
 */
export function forgetDeals(
  books: readonly CustomerBook[],
  deals: readonly DealFacts[],
  dice: Dice,
): Forgetting {
  const dealOfDocument: Record<string, string> = {};
  for (const book of books) for (const invoice of book.invoices) orderNumber(invoice, dice);

  const after = deals.map((deal) => {
    if (deal.id <= LAST_SHOWCASED) return deal;
    const luck = dice.named(deal.id);
    const own = documentsOf(deal.id, books);
    const forgotten =
      deal.stage === 'Closed Won' ? drawn(luck) : luck.chance(UNWON_QUOTES) ? 'everything' : 'nothing';
    const papers: readonly Tagged[] = {
      nothing: [],
      invoices: own.invoices,
      last_invoice: own.invoices.slice(-1),
      order: own.orders,
      everything: [...own.estimates, ...own.orders, ...own.invoices],
    }[forgotten];
    const expenses = own.expenses.filter(() => forgotten === 'everything' || luck.chance(EXPENSES));
    for (const document of [...papers, ...expenses]) {
      document.unlinked = true;
      dealOfDocument[document.id] = deal.id;
    }
    for (const paper of [...own.estimates, ...own.orders, ...own.invoices]) nameProject(paper, deal, luck);
    for (const expense of own.expenses)
      if (luck.chance(45)) expense.description = `Visit on site: ${subjectOf(deal)}`;
    const [quote] = own.estimates;
    return forgotten === 'everything' && quote ? retold(deal, quote, luck) : deal;
  });
  return { deals: after, dealOfDocument };
}

const LAST_SHOWCASED = crmId('deal', 100);

function drawn(dice: Dice): Forgotten {
  let left = dice.between(1, 100);
  for (const [forgotten, share] of WON) {
    left -= share;
    if (left <= 0) return forgotten;
  }
  return 'nothing';
}

function documentsOf(dealId: string, books: readonly CustomerBook[]) {
  const of = <Document extends Tagged>(list: readonly Document[]): Document[] =>
    list.filter(({ deal }) => deal?.id === dealId);
  return {
    estimates: books.flatMap(({ estimates }) => of(estimates)),
    orders: books.flatMap(({ orders }) => of(orders)),
    invoices: books.flatMap(({ invoices }) => of(invoices)),
    expenses: books.flatMap(({ expenses }) => of(expenses)),
  };
}

/** What comes after the account in an everyday deal's name. */
const subjectOf = ({ name }: DealFacts): string => name.split(' – ').at(-1) ?? name;

/** The customer's own order number, which says nothing of the deal. */
function orderNumber(document: Tagged, dice: Dice): void {
  const luck = dice.named(`order ${document.id}`);
  if (document.deal === null && luck.chance(25)) document.reference = `PO ${luck.between(1000, 9999)}`;
}

/** A third names the project, a quarter an order number, the rest say nothing. */
function nameProject(document: Tagged, deal: DealFacts, dice: Dice): void {
  const said = dice.between(1, 100);
  const po = `PO ${dice.between(1000, 9999)}`;
  if (said <= 18) document.reference = subjectOf(deal);
  else if (said <= 35) document.reference = `${po} ${subjectOf(deal)}`;
  else if (said <= 60) document.reference = po;
}

/** A deal nothing in Books names may carry the quote's number, or an amount somebody rounded. */
function retold(deal: DealFacts, quote: EstimateFacts, dice: Dice): DealFacts {
  const how = dice.between(1, 100);
  if (how <= 25) return { ...deal, quote };
  if (how <= 60 && deal.amount !== null && deal.amount > 2_000)
    return { ...deal, amount: Math.round(deal.amount / 100) * 100 };
  return deal;
}
