import { type CalendarDay, calendarDay, parseCalendarDay } from '../../server/domain/calendar-day.ts';
import type { CustomerId, DealId, DocumentId } from '../../server/domain/documents.ts';
import type { MatchDeal, MatchDocument, MatchQuestion } from '../../server/domain/matching-question.ts';
import { type Money, money } from '../../server/domain/money.ts';
import type { Organisation, Wire } from '../sandbox/organisation.ts';

/** An organisation as suggestions see it: one question for each deal of an account that has Books customers. */
export interface SuggestionWorld {
  readonly deals: readonly MatchDeal[];
  questionFor(dealId: DealId): MatchQuestion | null;
}

type Type = MatchDocument['type'];
const LISTS = [
  ['invoices', 'invoice', 'invoice_id', 'invoice_number'],
  ['estimates', 'estimate', 'estimate_id', 'estimate_number'],
  ['salesorders', 'sales_order', 'salesorder_id', 'salesorder_number'],
  ['expenses', 'expense', 'expense_id', 'reference_number'],
] as const satisfies readonly (readonly [keyof Organisation['books'], Type, string, string])[];

/**
 * What a person with exact rights would have ranked: every field is read from Books' own detail answers.
 * @param today the organisation's calendar day
 */
export function suggestionWorld({ crm, books }: Organisation, today: string): SuggestionWorld {
  const documents = LISTS.flatMap(([list, type, idKey, numberKey]) =>
    books[list].map((wire) => documentOf(wire, { type, idKey, numberKey })),
  );
  const byCustomer = grouped(documents, ({ customerId }) => customerId);
  const accountOfContact = new Map(
    crm.Contacts.map((contact) => [text(contact, 'id'), lookup(contact.Account_Name)?.id ?? '']),
  );
  const customersOf = grouped(
    books.contacts,
    (contact) =>
      text(contact, 'zcrm_account_id') || (accountOfContact.get(text(contact, 'zcrm_contact_id')) ?? ''),
  );
  const accountOf = new Map(crm.Deals.map((deal) => [text(deal, 'id'), lookup(deal.Account_Name)] as const));
  const deals = crm.Deals.map((deal) => dealOf(deal));
  const dealsOf = grouped(deals, ({ id }) => accountOf.get(id)?.id ?? '');
  const baseCurrency = String(books.organizations[0]?.currency_code);

  return {
    deals,
    questionFor(dealId) {
      const account = accountOf.get(dealId)?.id ?? '';
      const deal = deals.find(({ id }) => id === dealId);
      const customersOfDeal = (account === '' ? [] : (customersOf.get(account) ?? [])).map(
        (contact) => text(contact, 'contact_id') as CustomerId, // safe because ids are any text
      );
      if (!deal || customersOfDeal.length === 0) return null;
      return {
        deal,
        customersOfDeal,
        candidates: customersOfDeal.flatMap((customer) => byCustomer.get(customer) ?? []),
        otherDeals: (dealsOf.get(account) ?? []).filter(({ id }) => id !== dealId),
        baseCurrency,
        today: calendarDay(today),
      };
    },
  };
}

function documentOf(
  wire: Wire,
  { type, idKey, numberKey }: { type: Type; idKey: string; numberKey: string },
): MatchDocument {
  const currency = text(wire, 'currency_code');
  const total = amount(wire, 'total', currency);
  const tax = amount(wire, 'tax_total', currency);
  // safe because ids are any text
  return {
    type,
    id: text(wire, idKey) as DocumentId,
    number: text(wire, numberKey),
    reference:
      [text(wire, 'reference_number'), text(wire, 'description')].filter((one) => one !== '').join(' ') ||
      null,
    customerId: text(wire, 'customer_id') as CustomerId,
    customerName: text(wire, 'customer_name'),
    date: calendarDay(text(wire, 'date')),
    status: text(wire, 'status'),
    ...(total ? { total } : {}),
    net: amount(wire, 'sub_total', currency) ?? (total && !tax ? total : null),
    exchangeRate: String(wire.exchange_rate ?? 1),
    dealId: (text(wire, 'zcrm_potential_id') || null) as DealId | null,
    estimateId: (type === 'estimate' ? null : text(wire, 'estimate_id') || null) as DocumentId | null,
    salesOrderId: (type === 'sales_order' ? null : text(wire, 'salesorder_id') || null) as DocumentId | null,
    itemNames: list(wire.line_items).map((line) => text(line, 'name')),
  };
}

function dealOf(wire: Wire): MatchDeal {
  const day = (value: string): CalendarDay | null => parseCalendarDay(value.slice(0, 10));
  return {
    id: text(wire, 'id') as DealId, // safe because ids are any text
    name: text(wire, 'Deal_Name'),
    accountName: lookup(wire.Account_Name)?.name ?? null,
    amount: typeof wire.Amount === 'number' ? money(text(wire, 'Currency'), wire.Amount) : null,
    closingDate: day(text(wire, 'Closing_Date')),
    created: day(text(wire, 'Created_Time')),
    stage: text(wire, 'Stage'),
  };
}

function grouped<Item>(
  items: readonly Item[],
  by: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
  return groups;
}

const text = (wire: Wire, field: string): string => {
  const value = wire[field];
  return typeof value === 'string' ? value : '';
};
const amount = (wire: Wire, field: string, currency: string): Money | undefined => {
  const value = wire[field];
  return typeof value === 'number' ? money(currency, value) : undefined;
};
const list = (value: unknown): readonly Wire[] => (Array.isArray(value) ? value : []);
const lookup = (value: unknown): { readonly id: string; readonly name: string } | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { id, name } = value as { id?: unknown; name?: unknown }; // safe because both are checked
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : null;
};
