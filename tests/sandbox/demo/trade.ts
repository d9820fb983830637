import { balanceOf, type InvoiceFacts, isOwed } from './book-facts.ts';
import type { CustomerBook, LineWish } from './customer-book.ts';
import type { Dice } from './dice.ts';
import { type Day, daysAfter, later } from './plain-day.ts';
import { ITEMS } from './price-list.ts';

/** How a customer pays. Days count from the due date; negative is early. */
export interface Payer {
  readonly late: readonly [fewest: number, most: number];
  /** Of a hundred invoices, how many are paid in two parts. */
  readonly inParts: number;
  /** Of a hundred payments, how many settle several invoices. */
  readonly together: number;
}

export const PAYERS = {
  prompt: { late: [-14, 1], inParts: 4, together: 20 },
  relaxed: { late: [-5, 5], inParts: 10, together: 20 },
  slow: { late: [10, 24], inParts: 15, together: 10 },
  stubborn: { late: [28, 70], inParts: 20, together: 10 },
} as const satisfies Record<string, Payer>;

export interface Rhythm {
  /** Days ago the first invoice was written. */
  readonly since: number;
  /** Days between invoices. */
  readonly every: number;
  /** Days ago of the last one; 0 by default. */
  readonly until?: number;
}

/** Lines of an ordinary order. */
export function basket(dice: Dice, size: 'small' | 'large' = 'small'): LineWish[] {
  const count = dice.between(1, size === 'small' ? 3 : 4);
  const chosen = new Set(Array.from({ length: count }, () => dice.pick(ITEMS)));
  const discount = dice.chance(25) ? dice.pick([5, 10, 15]) : 0;
  return [...chosen].map((item) => {
    const most = item.listPrice > 100_000 ? 3 : 12;
    return { item, quantity: dice.between(1, size === 'small' ? most : most * 3), discount };
  });
}

/** Writes invoices at a steady rhythm with no deal behind them: supplies, small orders. */
export function tradeSteadily(book: CustomerBook, rhythm: Rhythm, dice: Dice): void {
  for (
    let ago = rhythm.since;
    ago >= (rhythm.until ?? 0);
    ago -= dice.between(Math.ceil(rhythm.every * 0.6), Math.ceil(rhythm.every * 1.4))
  ) {
    book.invoice({
      date: daysAfter(book.today, -ago),
      lines: basket(dice),
      state: dice.chance(30) ? 'viewed' : 'sent',
    });
  }
}

/** Pays what the customer owes, as far as its habit brings it to pay by today. */
export function settle(
  book: CustomerBook,
  payer: Payer,
  dice: Dice,
  except: readonly InvoiceFacts[] = [],
): void {
  const plans = book.invoices
    .filter((invoice) => isOwed(invoice) && balanceOf(invoice) > 0 && !except.includes(invoice))
    .map((invoice) => ({
      invoice,
      on: later(daysAfter(invoice.due, dice.between(...payer.late)), daysAfter(invoice.date, 1)),
    }))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.invoice.id < b.invoice.id ? -1 : 1));
  for (const [at, { invoice, on }] of plans.entries()) {
    if (on > book.today || balanceOf(invoice) === 0) continue;
    if (dice.chance(payer.inParts)) {
      payInTwo(book, invoice, on, dice);
      continue;
    }
    const company = dice.chance(payer.together) ? companyOf(plans.slice(at + 1), on) : [];
    book.pay({ date: on, parts: [invoice, ...company].map((one) => ({ invoice: one })) });
  }
}

function payInTwo(book: CustomerBook, invoice: InvoiceFacts, on: Day, dice: Dice): void {
  const first = Math.floor((balanceOf(invoice) * dice.between(3, 6)) / 10);
  const second = daysAfter(on, dice.between(3, 12));
  if (first > 0) book.pay({ date: on, parts: [{ invoice, amount: first }] });
  if (second <= book.today) book.pay({ date: second, parts: [{ invoice }] });
}

/** Up to two more invoices the customer meant to pay within ten days anyway. */
function companyOf(
  following: readonly { readonly invoice: InvoiceFacts; readonly on: Day }[],
  on: Day,
): InvoiceFacts[] {
  return following
    .filter((plan) => plan.on <= daysAfter(on, 10) && plan.invoice.date <= on && balanceOf(plan.invoice) > 0)
    .slice(0, 2)
    .map(({ invoice }) => invoice);
}

/** The odd slip of everyday business: a return credited, a void, a draft nobody sent yet. */
export function addSlips(book: CustomerBook, dice: Dice): void {
  const [some] = book.invoices.filter((invoice) => isOwed(invoice) && balanceOf(invoice) === invoice.total);
  const line = some?.lines[0];
  if (some && line && dice.chance(45)) {
    const date = daysAfter(some.date, 3);
    if (date <= book.today) {
      const note = book.creditNote({
        date,
        lines: [{ item: line.item, quantity: 1, discount: line.discount }],
      });
      if (dice.chance(75)) book.applyCredit(note, some, note.total, date);
    }
  }
  if (dice.chance(25))
    book.invoice({ date: daysAfter(book.today, -dice.between(20, 300)), lines: basket(dice), state: 'void' });
  if (dice.chance(30))
    book.invoice({ date: daysAfter(book.today, -dice.between(0, 6)), lines: basket(dice), state: 'draft' });
}
