import type { Organisation, Wire } from '../organisation.ts';
import type { Clock } from '../zoho-clock.ts';
import { momentIn } from '../zoho-clock.ts';
import { amount, children, isWire, text } from '../zoho-wire.ts';
import { invalidAttribute } from './answers.ts';
import { amountsAfter, linesAfter, moveReceivables, owedFor, totalsAfter } from './changed-lines.ts';
import { type DealResource, ID_KEYS } from './deal-documents.ts';

/** Fields Books takes over as they are sent. */
const PLAIN = [
  'reference_number',
  'notes',
  'terms',
  'description',
  'date',
  'due_date',
  'expiry_date',
  'shipment_date',
  'account_id',
  'paid_through_account_id',
  'is_billable',
];

export interface Place {
  readonly organisation: Organisation;
  readonly clock: Clock;
}

/**
 * What a document becomes by a change, as Books understands it: whatever is sent counts, lines that are not sent are
 * gone. Answers the refusal when a value cannot be.
 */
export function changedBy(
  document: Wire,
  sent: Wire,
  { resource, organisation }: Place & { readonly resource: DealResource },
): Wire | Response {
  const after: Wire = {};
  for (const field of PLAIN) if (field in sent && field in document) after[field] = sent[field];

  if ('customer_id' in sent && text(sent, 'customer_id') !== text(document, 'customer_id')) {
    const customer = organisation.books.contacts.find(
      (one) => text(one, 'contact_id') === text(sent, 'customer_id'),
    );
    if (!customer) return invalidAttribute('customer_id');
    Object.assign(after, { customer_id: customer.contact_id, customer_name: customer.contact_name });
  }
  if ('zcrm_potential_id' in sent) {
    const deal = dealNamed(text(sent, 'zcrm_potential_id'), organisation);
    if (deal === null) return invalidAttribute('zcrm_potential_id');
    Object.assign(after, deal);
  }
  if (resource === 'expenses') {
    // the amount of an expense includes its tax only where the expense says so
    const inclusive = document.is_inclusive_tax === true;
    const before = amount(document, inclusive ? 'total' : 'sub_total');
    if ('amount' in sent && amount(sent, 'amount') !== before) {
      const share = inclusive ? amount(document, 'sub_total') / before || 1 : 1;
      Object.assign(after, amountsAfter(document, amount(sent, 'amount') * share));
    }
  } else if ('line_items' in sent) {
    const lines = Array.isArray(sent.line_items) ? sent.line_items.filter(isWire) : [];
    const own = lines.length === 0 ? null : linesAfter(document, lines, text(document, ID_KEYS[resource]));
    if (own === null) return invalidAttribute('line_items');
    Object.assign(after, { line_items: own }, totalsAfter(document, own));
  }
  return after;
}

/** The deal as a document names it; `null` when CRM has no such deal. */
export function dealNamed(id: string, { crm }: Organisation): Wire | null {
  if (id === '') return { zcrm_potential_id: '', zcrm_potential_name: '' };
  const deal = crm.Deals.find((one) => text(one, 'id') === id);
  return deal ? { zcrm_potential_id: id, zcrm_potential_name: text(deal, 'Deal_Name') } : null;
}

/** Writes a change into the books: the document, when it was changed, and what its customer owes. */
export function enter(document: Wire, after: Wire, { organisation, clock }: Place): void {
  const before = owedFor(document);
  Object.assign(document, after, { last_modified_time: modifiedNow(document, organisation, clock) });
  moveReceivables(organisation.books, document, Number((owedFor(document) - before).toFixed(6)));
}

/** Always later than the last time: two changes within a second are two changes. */
function modifiedNow(document: Wire, { books }: Organisation, clock: Clock): string {
  const before = Date.parse(text(document, 'last_modified_time')) || 0;
  const now = new Date(Math.max(clock.now().getTime(), before + 1000));
  return momentIn(text(books.organizations[0], 'time_zone') || 'UTC', now);
}

/** What `needs_full` misses in a change, in the order Books looks. */
export function missingIn(sent: Wire, resource: DealResource): string | null {
  const needed =
    resource === 'expenses'
      ? ['account_id', 'date', 'amount', 'paid_through_account_id']
      : ['customer_id', 'line_items'];
  return (
    needed.find((field) =>
      field === 'line_items' ? children(sent, field).length === 0 : text(sent, field) === '',
    ) ?? null
  );
}
