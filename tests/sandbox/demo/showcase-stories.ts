import { balanceOf, type InvoiceFacts } from './book-facts.ts';
import type { CustomerBook, LineWish } from './customer-book.ts';
import { writeChain } from './deal-chain.ts';
import type { Dice } from './dice.ts';
import { daysAfter } from './plain-day.ts';
import { ITEMS, type Item } from './price-list.ts';
import { SHOWCASE, type ShowcaseKey } from './showcase.ts';
import { PAYERS, settle, tradeSteadily } from './trade.ts';

/** What happened to one showcased customer. `sibling` counts the customers of one account from 0. */
type Story = (book: CustomerBook, dice: Dice, sibling: number) => void;

const item = (sku: string): Item => {
  const found = ITEMS.find((one) => one.sku === sku);
  if (!found) throw new Error(`Not on the price list: ${sku}`);
  return found;
};

const line = (sku: string, quantity: number, discount = 0): LineWish => ({
  item: item(sku),
  quantity,
  discount,
});

/** `ago` days before today. */
const day = (book: CustomerBook, ago: number): string => daysAfter(book.today, -ago);

const sell = (book: CustomerBook, ago: number, dueIn: number, ...lines: LineWish[]): InvoiceFacts =>
  book.invoice({ date: day(book, ago), due: daysAfter(book.today, dueIn), lines });

/** A year and more of orderly business, so that the special case stands alone. */
const orderly: Story = (book, dice) => {
  tradeSteadily(book, { since: 400, every: 26, until: 45 }, dice);
  settle(book, { ...PAYERS.prompt, inParts: 0 }, dice);
};

const usual: Story = (book, dice) => {
  tradeSteadily(book, { since: 380, every: 24 }, dice);
  settle(book, PAYERS.relaxed, dice);
};

export const STORIES: Record<ShowcaseKey, Story> = {
  goodPayer(book, dice) {
    tradeSteadily(book, { since: 520, every: 18 }, dice);
    writeChain(book, {
      deal: SHOWCASE.deals.goodPayer,
      lines: [line('TBL-CNF', 3, 5), line('CHR-ERG', 30, 5), line('DSP-86', 3)],
      quoted: day(book, 130),
      won: day(book, 110),
      split: 2,
      pace: 12,
      via: 'order',
    });
    settle(book, { late: [-14, -1], inParts: 0, together: 30 }, dice);
  },
  paysLate(book, dice) {
    tradeSteadily(book, { since: 430, every: 24, until: 60 }, dice);
    settle(book, { late: [11, 19], inParts: 0, together: 0 }, dice);
    sell(book, 44, -14, line('PRT-TON', 6));
    sell(book, 39, -9, line('CHR-VIS', 8), line('WHB-200', 2));
    sell(book, 12, 18, line('PAP-A4', 2));
  },
  needsApproval(book, dice) {
    tradeSteadily(book, { since: 420, every: 30, until: 110 }, dice);
    settle(book, PAYERS.relaxed, dice);
    const { invoices } = writeChain(book, {
      deal: SHOWCASE.deals.needsApproval,
      lines: [line('DSK-180', 20), line('CHR-ERG', 20), line('PRT-LAS', 2)],
      quoted: day(book, 135),
      won: day(book, 119),
      split: 1,
      pace: 15,
      via: 'order',
    });
    const [depot] = invoices;
    if (depot)
      book.pay({ date: day(book, 60), parts: [{ invoice: depot, amount: Math.floor(depot.total / 4) }] });
    sell(book, 71, -41, line('SVC-INS', 16));
    sell(book, 20, 10, line('PRT-TON', 4));
  },
  overCreditLimit(book, dice) {
    orderly(book, dice, 0);
    sell(book, 25, 5, line('DSK-140', 10));
    sell(book, 11, 19, line('CHR-ERG', 12), line('CAB-LCK', 6));
  },
  newCustomer(book) {
    const first = sell(book, 35, -5, line('CHR-VIS', 6));
    book.pay({ date: day(book, 8), parts: [{ invoice: first }] });
    sell(book, 9, 21, line('DSK-140', 2), line('CHR-ERG', 2));
  },
  partPayments(book, dice) {
    orderly(book, dice, 0);
    const gym = sell(book, 96, -66, line('CHR-VIS', 60));
    for (const [at, ago] of [80, 70, 61].entries()) {
      book.pay({
        date: day(book, ago),
        parts: [{ invoice: gym, amount: at === 2 ? balanceOf(gym) : Math.floor(gym.total / 3) }],
      });
    }
    const lab = sell(book, 40, -4, line('DSK-180', 6));
    book.pay({ date: day(book, 6), parts: [{ invoice: lab, amount: Math.floor(lab.total / 2) }] });
    const office = sell(book, 15, 15, line('PRT-LAS', 2));
    book.pay({
      date: day(book, 2),
      parts: [{ invoice: office, amount: Math.floor((office.total * 2) / 5) }],
    });
  },
  jointPayments(book, dice) {
    orderly(book, dice, 0);
    const old = [70, 66, 61].map((ago) => sell(book, ago, 30 - ago, line('PRT-TON', 3)));
    book.pay({ date: day(book, 38), parts: old.map((invoice) => ({ invoice })) });
    const [a, b] = [sell(book, 40, -10, line('WHB-200', 2)), sell(book, 33, -3, line('CAB-LCK', 3))];
    book.pay({
      date: day(book, 4),
      parts: [{ invoice: a }, { invoice: b, amount: Math.floor(b.total / 2) }],
    });
    book.pay({ date: day(book, 1), parts: [{ invoice: b }] });
    sell(book, 6, 24, line('PAP-A4', 1));
  },
  creditNotes(book, dice) {
    orderly(book, dice, 0);
    const beds = sell(book, 42, -12, line('CHR-VIS', 20));
    const applied = book.creditNote({ date: day(book, 30), lines: [line('CHR-VIS', 4)] });
    book.applyCredit(applied, beds, applied.total, day(book, 30));
    book.pay({ date: day(book, 15), parts: [{ invoice: beds }] });
    book.creditNote({ date: day(book, 20), lines: [line('WHB-200', 1)] });
    const refunded = book.creditNote({ date: day(book, 90), lines: [line('PRT-TON', 2)] });
    book.refundCredit(refunded, refunded.total, day(book, 84));
    const shared = book.creditNote({ date: day(book, 25), lines: [line('CAB-LCK', 2)] });
    const ward = sell(book, 22, 8, line('CAB-LCK', 5));
    book.applyCredit(shared, ward, Math.floor(shared.total / 2), day(book, 21));
    book.refundCredit(shared, Math.floor(shared.total / 4), day(book, 18));
    book.creditNote({ date: day(book, 5), lines: [line('DSP-86', 1)], state: 'draft' });
    book.creditNote({ date: day(book, 50), lines: [line('DSP-86', 1)], state: 'void' });
  },
  paymentRefunds(book, dice) {
    orderly(book, dice, 0);
    const trip = sell(book, 60, -30, line('CHR-ERG', 4));
    const over = book.pay({ date: day(book, 31), parts: [{ invoice: trip }], advance: 50_000 });
    book.refundPayment(over, 50_000, day(book, 26));
    const mistaken = book.pay({ date: day(book, 5), advance: 123_450 });
    book.refundPayment(mistaken, 123_450, day(book, 3));
  },
  voidsAndDrafts(book, dice) {
    orderly(book, dice, 0);
    for (const ago of [200, 95, 40])
      book.invoice({ date: day(book, ago), lines: [line('DSP-86', 2)], state: 'void' });
    for (const ago of [50, 33, 3])
      book.invoice({ date: day(book, ago), lines: [line('TBL-CNF', 1)], state: 'draft' });
    sell(book, 10, 20, line('PRT-TON', 5));
  },
  writeOff(book, dice) {
    tradeSteadily(book, { since: 500, every: 28, until: 40 }, dice);
    settle(book, { ...PAYERS.prompt, inParts: 0 }, dice);
    const bar = sell(book, 460, -430, line('CHR-VIS', 14));
    book.pay({ date: day(book, 400), parts: [{ invoice: bar, amount: Math.floor(bar.total / 2) }] });
    book.writeOff(bar, day(book, 300));
    sell(book, 8, 22, line('PRT-TON', 2));
  },
  retainers(book, dice) {
    orderly(book, dice, 0);
    const gala = book.pay({ date: day(book, 30), advance: 500_000, retainer: true });
    const invoice = sell(book, 14, 16, line('TBL-CNF', 2), line('CHR-VIS', 10));
    book.applyLeft(gala, invoice, 300_000, day(book, 13));
    book.pay({ date: day(book, 2), advance: 120_000, retainer: true });
  },
  openingBalance(book, dice) {
    book.opening = { amount: 480_000, left: 480_000 };
    orderly(book, dice, 0);
    book.pay({ date: day(book, 200), towardsOpening: 180_000 });
    sell(book, 38, -8, line('CAB-LCK', 4));
    sell(book, 9, 21, line('SVC-MNT', 6));
  },
  advances(book, dice) {
    orderly(book, dice, 0);
    const spring = book.pay({ date: day(book, 55), advance: 300_000 });
    book.applyLeft(spring, sell(book, 28, 2, line('CHR-VIS', 5)), 60_000, day(book, 27));
    book.pay({ date: day(book, 4), advance: 250_000 });
    sell(book, 6, 24, line('WHB-200', 3));
  },
  dueToday(book, dice) {
    orderly(book, dice, 0);
    sell(book, 31, -1, line('PRT-TON', 1));
    sell(book, 30, 0, line('CHR-ERG', 2));
    sell(book, 29, 1, line('CHR-VIS', 3));
    book.invoice({ date: book.today, lines: [line('SVC-INS', 4)] });
  },
  yen(book, dice) {
    tradeSteadily(book, { since: 390, every: 25, until: 70 }, dice);
    writeChain(book, {
      deal: SHOWCASE.deals.yen,
      lines: [line('DSK-140', 12, 10), line('CHR-ERG', 12, 10)],
      quoted: day(book, 120),
      won: day(book, 100),
      split: 3,
      upTo: 2,
      pace: 20,
      via: 'order',
    });
    settle(book, { ...PAYERS.relaxed, inParts: 0 }, dice);
    const shop = sell(book, 36, -6, line('WHB-200', 3));
    book.pay({ date: day(book, 5), parts: [{ invoice: shop, amount: 33_333 }] });
    sell(book, 5, 25, line('PAP-A4', 1));
  },
  dinar(book, dice) {
    tradeSteadily(book, { since: 390, every: 27, until: 60 }, dice);
    settle(book, { ...PAYERS.relaxed, inParts: 0 }, dice);
    const office = sell(book, 37, -7, line('CHR-ERG', 3, 5));
    book.pay({ date: day(book, 3), parts: [{ invoice: office, amount: 100_125 }] });
    const note = book.creditNote({ date: day(book, 11), lines: [line('PRT-TON', 1)] });
    book.applyCredit(note, office, 250, day(book, 10));
    sell(book, 8, 22, line('DSK-140', 2));
  },
  nameMatchOnly: usual,
  noTransactions() {
    // linked, and that is all
  },
  twoCustomers(book, dice, sibling) {
    tradeSteadily(book, { since: 360, every: sibling === 0 ? 24 : 40 }, dice);
    settle(book, PAYERS.relaxed, dice);
    if (sibling === 1) sell(book, 42, -12, line('PRT-TON', 3));
  },
  twoCurrencies: usual,
  contactLinked(book, dice) {
    tradeSteadily(book, { since: 300, every: 30, until: 40 }, dice);
    writeChain(book, {
      deal: SHOWCASE.deals.contactLinked,
      lines: [line('DSK-140', 4), line('CHR-ERG', 4)],
      quoted: day(book, 70),
      won: day(book, 58),
      split: 1,
      pace: 9,
      via: 'invoice',
    });
    settle(book, PAYERS.prompt, dice);
    sell(book, 7, 23, line('CHR-ERG', 1));
  },
  doesNotReconcile(book, dice) {
    usual(book, dice, 0);
    sell(book, 10, 20, line('CAB-LCK', 1));
    book.unexplained = 12_500;
  },
  quotes: usual,
  apostrophe: usual,
  emoji: usual,
  markup: usual,
  hebrew: usual,
  dealLadder(book, dice) {
    orderly(book, dice, 0);
    const { invoices } = writeChain(book, {
      deal: SHOWCASE.deals.ladder,
      lines: [line('DSK-140', 40, 5), line('CHR-ERG', 40, 5), line('CHR-VIS', 40)],
      quoted: day(book, 75),
      won: day(book, 60),
      split: 4,
      upTo: 2,
      pace: 14,
      via: 'order',
    });
    const [paid, half] = invoices;
    if (paid) book.pay({ date: day(book, 22), parts: [{ invoice: paid }] });
    if (half)
      book.pay({ date: day(book, 9), parts: [{ invoice: half, amount: Math.floor(half.total / 2) }] });
  },
  overInvoiced(book, dice) {
    orderly(book, dice, 0);
    writeChain(book, {
      deal: SHOWCASE.deals.overInvoiced,
      lines: [line('DSK-180', 8), line('CHR-ERG', 8)],
      quoted: day(book, 140),
      won: day(book, 120),
      split: 2,
      pace: 15,
      via: 'order',
    });
    // extra work the quote did not have
    book.invoice({ date: day(book, 60), lines: [line('SVC-INS', 30)], deal: SHOWCASE.deals.overInvoiced });
    settle(book, PAYERS.prompt, dice);
  },
  wonNotInvoiced(book, dice) {
    orderly(book, dice, 0);
    book.estimate({
      date: day(book, 65),
      lines: [line('CAB-LCK', 30), line('CHR-VIS', 40)],
      deal: SHOWCASE.deals.wonNotInvoiced,
      status: 'accepted',
    });
  },
  west(book, dice) {
    tradeSteadily(book, { since: 350, every: 22 }, dice);
    writeChain(book, {
      deal: SHOWCASE.deals.west,
      lines: [line('DSK-180', 24, 10), line('DSP-86', 4)],
      quoted: day(book, 95),
      won: day(book, 80),
      split: 2,
      pace: 20,
      via: 'order',
    });
    settle(book, PAYERS.relaxed, dice);
  },
  euro: usual,
  prospect() {
    // has no Books customer at all
  },
  everyBucket(book, dice) {
    tradeSteadily(book, { since: 420, every: 30, until: 200 }, dice);
    settle(book, PAYERS.relaxed, dice);
    for (const overdueDays of [118, 75, 44, 12, 0, -15]) {
      sell(book, overdueDays + 30, -overdueDays, line('CHR-VIS', 4), line('PRT-TON', 1));
    }
  },
  manyInvoices(book, dice) {
    tradeSteadily(book, { since: 640, every: 2 }, dice);
    settle(book, { ...PAYERS.prompt, together: 70 }, dice);
  },
};
