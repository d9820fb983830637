import { addDays, type CalendarDay, calendarDay } from '../../server/domain/calendar-day.ts';
import type {
  CreditNote,
  Customer,
  CustomerBook,
  CustomerId,
  Deal,
  DealId,
  DocumentId,
  Estimate,
  Invoice,
  Payment,
  SalesOrder,
} from '../../server/domain/documents.ts';
import { type CurrencyCode, type Money, money, zero } from '../../server/domain/money.ts';

/** Documents as tests speak of them: plain amounts and dates, everything else believable. */

export const TODAY = calendarDay('2026-03-15');
export const usd = (amount: string | number): Money => money('USD', amount);
export const documentId = (id: string): DocumentId => id as DocumentId; // safe because ids are any text here
const customerId = (id: string): CustomerId => id as CustomerId; // safe because ids are any text here
const dealId = (id: string): DealId => id as DealId; // safe because ids are any text here

let last = 1000;
const nextId = (): DocumentId => documentId(String(++last));

interface Usual {
  readonly id?: string;
  readonly number?: string;
  readonly currency?: CurrencyCode;
  /** `null`: nobody tells. */
  readonly rate?: string | null;
  readonly total?: string | number;
  /** Without tax; `null` is not known. */
  readonly net?: string | number | null;
  readonly dated?: string;
  readonly deal?: string | null;
}

function aDocument(prefix: string, given: Usual) {
  const id = given.id ? documentId(given.id) : nextId();
  const currency = given.currency ?? 'USD';
  return {
    id,
    number: given.number ?? `${prefix}-${id}`,
    customerId: customerId('C1'),
    date: given.dated ? calendarDay(given.dated) : addDays(TODAY, -20),
    total: money(currency, given.total ?? 100),
    exchangeRate: given.rate === undefined ? '1' : given.rate,
    net: given.net == null ? null : money(currency, given.net),
    dealId: given.deal ? dealId(given.deal) : null,
  };
}

/** Sent, unpaid and due in ten days unless said otherwise; `balance` follows `total`. */
export function anInvoice(
  given: Usual & {
    readonly due?: string | CalendarDay | null;
    readonly balance?: string | number;
    readonly writtenOff?: string | number;
    readonly status?: Invoice['status'];
  } = {},
): Invoice {
  const document = aDocument('INV', given);
  return {
    ...document,
    status: given.status ?? 'sent',
    dueDate: given.due === null ? null : calendarDay(given.due ?? addDays(TODAY, 10)),
    balance: money(document.total.currency, given.balance ?? document.total.amount),
    writtenOff: money(document.total.currency, given.writtenOff ?? 0),
  };
}

export function aCreditNote(
  given: Usual & { readonly unused?: string | number; readonly status?: CreditNote['status'] } = {},
): CreditNote {
  const document = aDocument('CN', given);
  return {
    ...document,
    status: given.status ?? 'open',
    unused: money(document.total.currency, given.unused ?? document.total.amount),
  };
}

export const anEstimate = (given: Usual & { readonly status?: string } = {}): Estimate => ({
  ...aDocument('QT', given),
  status: given.status ?? 'sent',
  expiryDate: null,
});

export const aSalesOrder = (given: Usual & { readonly status?: string } = {}): SalesOrder => ({
  ...aDocument('SO', given),
  status: given.status ?? 'open',
  shipmentDate: null,
});

/** `of`: numbers of the invoices it settles; `split`: how, once its own page has been read. */
export function aPayment(
  given: {
    readonly id?: string;
    readonly on?: string;
    readonly amount?: string | number;
    readonly unused?: string | number;
    readonly refunded?: string | number;
    readonly currency?: CurrencyCode;
    readonly rate?: string;
    readonly voided?: boolean;
    readonly of?: readonly string[];
    readonly split?: Readonly<Record<string, string | number>>;
  } = {},
): Payment {
  const id = given.id ? documentId(given.id) : nextId();
  const currency = given.currency ?? 'USD';
  return {
    id,
    number: `P-${id}`,
    customerId: customerId('C1'),
    date: given.on ? calendarDay(given.on) : addDays(TODAY, -5),
    amount: money(currency, given.amount ?? 100),
    unused: money(currency, given.unused ?? 0),
    refunded: money(currency, given.refunded ?? 0),
    voided: given.voided ?? false,
    exchangeRate: given.rate ?? '1',
    invoiceNumbers: given.of ?? [],
    applications: given.split
      ? Object.entries(given.split).map(([invoice, amount]) => ({
          invoiceId: documentId(invoice),
          amount: money(currency, amount),
        }))
      : null,
  };
}

export function aCustomer(
  given: {
    readonly id?: string;
    readonly currency?: CurrencyCode;
    readonly receivable?: string | number;
    readonly openingBalance?: string | number | null;
    readonly unusedCredits?: string | number;
    readonly unusedRetainers?: string | number | null;
    readonly creditLimit?: string | number | null;
    readonly rate?: string | null;
  } = {},
): Customer {
  const currency = given.currency ?? 'USD';
  const maybe = (amount: string | number | null | undefined): Money | null =>
    amount === null || amount === undefined ? null : money(currency, amount);
  return {
    id: customerId(given.id ?? 'C1'),
    name: 'Acme',
    currency,
    outstandingReceivable: money(currency, given.receivable ?? 0),
    outstandingOpeningBalance:
      given.openingBalance === undefined ? zero(currency) : maybe(given.openingBalance),
    unusedCredits: money(currency, given.unusedCredits ?? 0),
    unusedRetainers: given.unusedRetainers === undefined ? zero(currency) : maybe(given.unusedRetainers),
    creditLimit: maybe(given.creditLimit),
    exchangeRate: given.rate === undefined ? '1' : given.rate,
  };
}

/** One customer with nothing but what is given; every list has been read. */
export const aBook = (given: Partial<CustomerBook> = {}): CustomerBook => ({
  customer: aCustomer(),
  invoices: [],
  payments: [],
  creditNotes: [],
  creditNoteRefunds: [],
  estimates: [],
  salesOrders: [],
  expenses: [],
  ...given,
});

export const aDeal = (
  given: {
    readonly id?: string;
    readonly amount?: string | number | null;
    readonly currency?: CurrencyCode;
  } = {},
): Deal => ({
  id: dealId(given.id ?? 'D1'),
  name: 'Renewal',
  stage: 'Negotiation',
  amount: given.amount === null ? null : money(given.currency ?? 'USD', given.amount ?? 1000),
  closingDate: null,
});
