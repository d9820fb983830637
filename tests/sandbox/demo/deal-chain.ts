import type { DealTag, EstimateFacts, InvoiceFacts, OrderFacts } from './book-facts.ts';
import type { CustomerBook, LineWish } from './customer-book.ts';
import { type Day, daysAfter } from './plain-day.ts';

interface ChainPlan {
  readonly deal: DealTag;
  readonly lines: readonly LineWish[];
  readonly quoted: Day;
  readonly won: Day;
  /** Invoices the order is split into. */
  readonly split: number;
  /** How many of them to write at most; later ones wait for their day. */
  readonly upTo?: number;
  /** Days from the win to the first invoice, and between invoices. */
  readonly pace: number;
  readonly via: 'order' | 'invoice';
}

interface Chain {
  readonly estimate: EstimateFacts;
  readonly order: OrderFacts | null;
  readonly invoices: readonly InvoiceFacts[];
}

/** Quote → sales order → invoices of a won deal: one and the same money, linked by Books' own ids. */
export function writeChain(book: CustomerBook, plan: ChainPlan): Chain {
  const { deal, lines, won } = plan;
  const estimate = book.estimate({ date: plan.quoted, lines, deal, status: 'accepted' });
  estimate.touched = won;
  const order = plan.via === 'order' ? book.order({ date: won, lines, deal, estimate }) : null;
  const invoices: InvoiceFacts[] = [];
  splitLines(lines, plan.split).forEach((share, at) => {
    const date = daysAfter(won, plan.pace * (at + 1));
    if (date <= book.today && at < (plan.upTo ?? plan.split))
      invoices.push(book.invoice({ date, lines: share, deal, order }));
  });
  if (invoices.length > 0) {
    const complete = invoices.length === splitLines(lines, plan.split).length;
    if (complete) estimate.status = 'invoiced';
    if (order) {
      order.status = complete ? 'invoiced' : 'partially_invoiced';
      order.touched = invoices.at(-1)?.date ?? order.touched;
    }
  }
  return { estimate, order, invoices };
}

/** Splits quantities as evenly as whole pieces allow; empty shares are left out. */
function splitLines(lines: readonly LineWish[], shares: number): LineWish[][] {
  return Array.from({ length: shares }, (_, at) =>
    lines
      .map((line) => ({
        ...line,
        quantity: Math.floor((line.quantity * (at + 1)) / shares) - Math.floor((line.quantity * at) / shares),
      }))
      .filter(({ quantity }) => quantity > 0),
  ).filter((share) => share.length > 0);
}
