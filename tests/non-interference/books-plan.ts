import * as fc from 'fast-check';
import type { Organisation, Wire } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import {
  aBooksCustomer,
  aCreditNote,
  anEstimate,
  anExpense,
  anInvoice,
  aPayment,
  aSalesOrder,
} from '../sandbox/small-organisation-documents.ts';

/** A deal on Aster that only its owner and those above may see. */
export const SECRET_DEAL = '3652397000000600009';
/** The rep's account that has no customer in Books. */
export const CEDAR = '3652397000000400009';

/** Birch's. */
export const STRANGE_INVOICE = '460000000000059001';

export const TYPES = ['invoice', 'estimate', 'sales_order', 'credit_note', 'expense', 'payment'] as const;
export type Type = (typeof TYPES)[number];

export interface DocumentPlan {
  /** Stable: a twin of a document keeps it. */
  readonly key: number;
  readonly type: Type;
  readonly cents: number;
  /** Part of the total that is tax, in percent. */
  readonly tax: 0 | 8 | 19;
  /** Days before the organisation's today. */
  readonly age: number;
  readonly term: 14 | 30 | 60;
  /** Of an invoice: draft, open, half paid, paid, void; of the others: its place among their words. */
  readonly state: 0 | 1 | 2 | 3 | 4;
  readonly deal: 'none' | 'fitOut' | 'secret';
  /** Of a paid invoice's payment: days after the invoice, and whether it came in two parts. */
  readonly paidAfter: number;
  readonly inTwo: boolean;
  /** Of two parts, the first one in percent; a third where nothing is said. */
  readonly firstPart?: number;
}

/** One state of the organisation: what Aster has, and everybody else. */
export interface BooksPlan {
  readonly documents: readonly DocumentPlan[];
  /** Keys of two paid invoices that were paid together, in two payments whose lists do not tell the split. */
  readonly together?: readonly [number, number];
  readonly creditLimit: number;
  readonly dealCents: { readonly fitOut: number; readonly secret: number };
  /** Customers nobody's record leads to, by name. */
  readonly strangers: readonly string[];
  readonly birch: { readonly name: string; readonly cents: number };
}

/** Away from the edges of bands, so that most small changes stay within one. */
const cents = fc.oneof(
  fc.integer({ min: 4_000, max: 80_000 }),
  fc.integer({ min: 250_000, max: 800_000 }),
  fc.integer({ min: 1_400_000, max: 4_200_000 }),
);

const documentPlan = (key: number): fc.Arbitrary<DocumentPlan> =>
  fc.record({
    key: fc.constant(key),
    type: fc.constantFrom(...TYPES, 'invoice' as const, 'invoice' as const),
    cents,
    tax: fc.constantFrom(0 as const, 8 as const, 19 as const),
    age: fc.integer({ min: 5, max: 300 }),
    term: fc.constantFrom(14 as const, 30 as const, 60 as const),
    state: fc.constantFrom(0 as const, 1 as const, 1 as const, 2 as const, 3 as const, 4 as const),
    deal: fc.constantFrom('none' as const, 'fitOut' as const, 'secret' as const),
    paidAfter: fc.integer({ min: 1, max: 50 }),
    inTwo: fc.boolean(),
  });

export const booksPlan: fc.Arbitrary<BooksPlan> = fc.record({
  documents: fc
    .integer({ min: 8, max: 14 })
    .chain((many) => fc.tuple(...Array.from({ length: many }, (_, at) => documentPlan(at + 1)))),
  creditLimit: fc.constantFrom(0, 900_000, 9_000_000),
  dealCents: fc.record({ fitOut: cents, secret: cents }),
  strangers: fc.subarray(['Cedar Trading', 'Cedar Holdings', 'Cedarwood', 'Dune Ltd'], { minLength: 1 }),
  birch: fc.record({ name: fc.constantFrom('Birch & Co', 'Birchwood'), cents }),
});

/** A document's id by its key. */
export const documentId = (key: number): string => `46000000000005${String(key).padStart(4, '0')}`;
const inMoney = (of: number): number => of / 100;
/** As on the day the organisation was made for; the clock goes on by hours only. */
const dayBefore = (days: number): string =>
  new Date(Date.parse(`${SMALL.today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

const WORDS: Readonly<Record<Exclude<Type, 'invoice' | 'payment'>, readonly string[]>> = {
  // a word nobody knows is reported in a warning
  estimate: ['draft', 'sent', 'accepted', 'declined', 'mystery'],
  sales_order: ['draft', 'open', 'closed', 'void', 'mystery'],
  credit_note: ['draft', 'open', 'open', 'closed', 'void'],
  expense: ['unbilled', 'nonbillable', 'invoiced', 'reimbursed', 'mystery'],
};

const paidShare = (state: number): number => [0, 0, 0.5, 1, 0][state] ?? 0;

/** Makes the local Zoho hold this state, in place. */
export function holdPlan(organisation: Organisation, plan: BooksPlan): void {
  const { books, crm } = organisation;
  const lists = {
    invoice: books.invoices,
    estimate: books.estimates,
    sales_order: books.salesorders,
  } as const;
  const others = {
    credit_note: books.creditnotes,
    expense: books.expenses,
    payment: books.customerpayments,
  } as const;
  const of = { ...lists, ...others };
  for (const list of [books.contacts, ...Object.values(of)]) list.length = 0;

  const aster = aBooksCustomer(SMALL.customers.aster, 'Aster Foods', {
    zcrm_account_id: SMALL.accounts.aster,
    credit_limit: inMoney(plan.creditLimit),
  });
  const birch = aBooksCustomer(SMALL.customers.birch, plan.birch.name, {
    zcrm_account_id: SMALL.accounts.birch,
  });
  const strangers = plan.strangers.map((name, at) => aBooksCustomer(`4600000000000260${at + 10}`, name));
  books.contacts.push(aster, birch, ...strangers);

  for (const planned of plan.documents) of[planned.type].push(wireOf(planned, aster));
  const isTogether = ({ key }: DocumentPlan): boolean => plan.together?.includes(key) ?? false;
  for (const planned of plan.documents)
    books.customerpayments.push(...(isTogether(planned) ? [] : paymentsOf(planned, aster)));
  if (plan.together)
    books.customerpayments.push(...paymentsTogether(plan.documents.filter(isTogether), aster));
  of.invoice.push(
    anInvoice(
      birch,
      { id: STRANGE_INVOICE, number: 'INV-9001', date: dayBefore(40), net: inMoney(plan.birch.cents) },
      { due_date: dayBefore(10) },
    ),
  );
  Object.assign(aster, {
    outstanding_receivable_amount: sumOf(of.invoice, aster, 'balance'),
    unused_credits_receivable_amount: sumOf(of.credit_note, aster, 'balance'),
  });
  for (const [id, cents] of [
    [SMALL.deals.fitOut, plan.dealCents.fitOut],
    [SECRET_DEAL, plan.dealCents.secret],
    [SMALL.deals.birch, plan.birch.cents],
  ] as const)
    Object.assign(crm.Deals.find((deal) => deal.id === id) ?? {}, { Amount: inMoney(cents) });
}

const sumOf = (list: readonly Wire[], customer: Wire, field: string): number =>
  list
    .filter(
      (wire) => wire.customer_id === customer.contact_id && !['draft', 'void'].includes(String(wire.status)),
    )
    .reduce((sum, wire) => sum + Math.round(Number(wire[field]) * 100), 0) / 100;

function wireOf(planned: DocumentPlan, customer: Wire): Wire {
  const tax = Math.round((planned.cents * planned.tax) / 100);
  const date = dayBefore(planned.age);
  const dated = {
    id: documentId(planned.key),
    number: `${planned.type.slice(0, 3).toUpperCase()}-${planned.key}`,
    date,
    net: inMoney(planned.cents - tax),
    tax: inMoney(tax),
  };
  const deal = dealOf(planned);
  switch (planned.type) {
    case 'invoice': {
      const paid = Math.round(planned.cents * paidShare(planned.state));
      return anInvoice(customer, dated, {
        due_date: dayBefore(planned.age - planned.term),
        total: inMoney(planned.cents),
        balance: inMoney(planned.cents - paid),
        status: ['draft', 'sent', 'partially_paid', 'paid', 'void'][planned.state],
        ...deal,
      });
    }
    case 'payment':
      return aPayment(
        customer,
        { id: dated.id, number: String(planned.key), date, amount: inMoney(planned.cents) },
        { unused_amount: inMoney(planned.cents) },
      );
    case 'estimate':
      return anEstimate(customer, dated, { status: WORDS.estimate[planned.state], ...deal });
    case 'sales_order':
      return aSalesOrder(customer, dated, { status: WORDS.sales_order[planned.state], ...deal });
    case 'credit_note':
      return aCreditNote(customer, dated, {
        status: WORDS.credit_note[planned.state],
        ...(planned.state >= 3 ? { balance: 0 } : {}),
      });
    case 'expense':
      return anExpense(customer, dated, { status: WORDS.expense[planned.state], ...deal });
  }
}

function dealOf({ deal }: DocumentPlan): Wire {
  if (deal === 'none') return {};
  return deal === 'fitOut'
    ? { zcrm_potential_id: SMALL.deals.fitOut, zcrm_potential_name: 'Aster fit-out' }
    : { zcrm_potential_id: SECRET_DEAL, zcrm_potential_name: 'Aster, not yet told' };
}

/** What was paid on an invoice, in one or two payments. */
function paymentsOf(planned: DocumentPlan, customer: Wire): readonly Wire[] {
  const paid = Math.round(planned.cents * paidShare(planned.state));
  if (planned.type !== 'invoice' || paid === 0) return [];
  const first = planned.inTwo ? Math.round((paid * (planned.firstPart ?? 100 / 3)) / 100) : paid;
  return [first, paid - first]
    .filter((part) => part > 0)
    .map((part, at) =>
      aPayment(
        customer,
        {
          id: documentId(planned.key + 1_000 * (at + 1)),
          number: `${planned.key}-${at}`,
          date: dayBefore(Math.max(0, planned.age - planned.paidAfter - at)),
          amount: inMoney(part),
        },
        {
          invoices: [
            {
              invoice_id: documentId(planned.key),
              invoice_number: `INV-${planned.key}`,
              invoice_amount: inMoney(planned.cents),
              amount_applied: inMoney(part),
              balance_amount: inMoney(planned.cents - paid),
            },
          ],
        },
      ),
    );
}

/** Three fifths of all of them, and then the rest, on the days their own payments would have had. */
const paymentsTogether = (paid: readonly DocumentPlan[], customer: Wire): readonly Wire[] =>
  [0.6, 0.4].map((part, at) => {
    const applied = paid.map(({ key, cents }) => ({ key, cents, part: Math.round(cents * part) }));
    const [first] = paid;
    return aPayment(
      customer,
      {
        id: documentId((paid[at]?.key ?? 0) + 1_000),
        number: `${paid[at]?.key}-0`,
        date: dayBefore((first?.age ?? 0) - (first?.paidAfter ?? 0)),
        amount: inMoney(applied.reduce((sum, one) => sum + one.part, 0)),
      },
      {
        invoices: applied.map(({ key, cents, part: settled }) => ({
          invoice_id: documentId(key),
          invoice_number: `INV-${key}`,
          invoice_amount: inMoney(cents),
          amount_applied: inMoney(settled),
          balance_amount: 0,
        })),
      },
    );
  });
