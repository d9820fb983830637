import { sumOf } from './book-facts.ts';
import type { AccountFacts, DealFacts, Stage } from './crm-wire.ts';
import { currency, wireAmount } from './currencies.ts';
import type { CustomerBook, LineWish } from './customer-book.ts';
import { writeChain } from './deal-chain.ts';
import type { Dice } from './dice.ts';
import { crmId } from './ids.ts';
import { DEAL_SUBJECTS } from './names.ts';
import { type Day, daysAfter, later } from './plain-day.ts';
import { priceIn } from './price-list.ts';
import { basket } from './trade.ts';

const OPEN_STAGES = [
  'Qualification',
  'Needs Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
] as const;

/** First everyday deal's number; the showcased ones come before. */
const FIRST = 101;

interface Where {
  readonly account: AccountFacts;
  readonly contact: { readonly id: string; readonly name: string } | null;
  /** Where its documents go; `null` when the account has no Books customer to write to. */
  readonly book: CustomerBook | null;
  readonly today: Day;
}

/** Makes everyday deals, their quotes, orders and invoices. Counts deals over the whole organisation. */
export function createDealMaker(dice: Dice) {
  let made = 0;

  const deal = (
    where: Where,
    stage: Stage,
    closing: Day,
    created: Day,
    lines: readonly LineWish[],
  ): DealFacts => {
    const { account, contact, today } = where;
    const done = stage === 'Closed Won' || stage === 'Closed Lost';
    const subject = DEAL_SUBJECTS[made % DEAL_SUBJECTS.length] ?? 'order';
    made += 1;
    return {
      id: crmId('deal', FIRST + made),
      name: `${account.name} – ${subject}`,
      owner: account.owner,
      account: { id: account.id, name: account.name },
      contact,
      stage,
      // hardly anyone knows a price before the needs are clear
      amount: stage === 'Qualification' && made % 4 === 0 ? null : netOf(lines, account),
      currency: account.currency,
      closing,
      created,
      modified: done ? closing : later(created, daysAfter(today, -dice.between(0, 20))),
    };
  };

  return {
    open(where: Where): DealFacts {
      const lines = basket(dice, 'large');
      const stage = dice.pick(OPEN_STAGES);
      const created = daysAfter(where.today, -dice.between(5, 90));
      // one in eight is past its date: nobody has updated it
      const closing = daysAfter(where.today, dice.chance(12) ? -dice.between(3, 40) : dice.between(4, 90));
      const facts = deal(where, stage, later(closing, daysAfter(created, 2)), created, lines);
      if (where.book && (stage === 'Proposal/Price Quote' || stage === 'Negotiation/Review')) {
        const quote = where.book.estimate({
          date: daysAfter(created, 3),
          lines,
          deal: facts,
          status: 'sent',
        });
        if (quote.expiry < where.today) quote.status = 'expired';
        else if (stage === 'Proposal/Price Quote' && dice.chance(20)) quote.status = 'draft';
      }
      return facts;
    },

    lost(where: Where): DealFacts {
      const lines = basket(dice, 'large');
      const closing = daysAfter(where.today, -dice.between(10, 380));
      const facts = deal(where, 'Closed Lost', closing, daysAfter(closing, -dice.between(20, 90)), lines);
      if (where.book && dice.chance(70)) {
        const quote = where.book.estimate({
          date: daysAfter(closing, -dice.between(6, 18)),
          lines,
          deal: facts,
          status: 'declined',
        });
        quote.touched = closing;
      }
      return facts;
    },

    won(where: Where): DealFacts {
      const lines = basket(dice, 'large');
      const closing = daysAfter(where.today, -dice.between(12, 400));
      const facts = deal(where, 'Closed Won', closing, daysAfter(closing, -dice.between(20, 90)), lines);
      if (where.book) {
        writeChain(where.book, {
          deal: { id: facts.id, name: facts.name },
          lines,
          quoted: daysAfter(closing, -dice.between(5, 18)),
          won: closing,
          split: dice.pick([1, 1, 2, 3]),
          pace: dice.between(4, 18),
          via: dice.chance(70) ? 'order' : 'invoice',
        });
        if (dice.chance(45) && where.book.customer.currency.code === 'USD') {
          const date = daysAfter(closing, dice.between(1, 11));
          where.book.expense({
            date,
            account: 'Travel expense',
            description: 'Visit on site',
            amount: dice.between(60, 900) * 100,
            deal: facts,
            billable: dice.chance(40),
          });
        }
      }
      return facts;
    },
  };
}

const netOf = (lines: readonly LineWish[], account: AccountFacts): number =>
  wireAmount(
    sumOf(
      lines.map(
        ({ item, quantity, discount = 0 }) =>
          (priceIn(account.currency, item) * quantity * (100 - discount)) / 100,
      ),
    ),
    currency(account.currency),
  );
