import type { Wire } from '../organisation.ts';
import { amount, text } from '../zoho-wire.ts';
import { invalidValue } from './answers.ts';
import type { BooksModule } from './modules.ts';

type Passes = (document: Wire) => boolean;

/** Books refuses `Z`, a colon in the offset and fractions of a second. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SEARCH_TEXT = 100;

/** The organisation's invoices as of today: contacts are filtered by what they owe on them. */
export type Invoices = () => readonly Wire[];

/** All filters of a list together, or the refusal. Parameters Books does not know change nothing, without a word. */
export function listFilter(
  query: URLSearchParams,
  module: BooksModule,
  invoices: Invoices,
): Passes | Response {
  const passes: Passes[] = [];
  for (const [name, value] of query) {
    const filter = value === '' ? null : oneFilter(name, value, { module, invoices });
    if (filter instanceof Response) return filter;
    if (filter) passes.push(filter);
  }
  return (document) => passes.every((pass) => pass(document));
}

interface Listed {
  readonly module: BooksModule;
  readonly invoices: Invoices;
}

function oneFilter(name: string, value: string, { module, invoices }: Listed): Passes | Response | null {
  if (name === 'status') return module.statuses ? byStatus(value, module) : null;
  if (name === 'filter_by') return byNamedFilter(value, { module, invoices });
  if (name === 'search_text') return bySearch(value, module);
  if (name === 'last_modified_time') return module.hasLastModifiedFilter ? sinceModified(value) : null;
  if (module.equals.includes(name))
    return (document) => text(document, name) === value || Number(value) === document[name];
  const words = /^(.+?)(?:_(startswith|contains))?$/.exec(name);
  if (words?.[1] && module.texts.includes(words[1])) return byText(words[1], words[2], value.toLowerCase());
  const range = /^(.+?)(?:_(start|end|before|after))?$/.exec(name);
  if (range?.[1] && module.ranges.includes(range[1])) return byDay(name, range[1], range[2], value);
  return null;
}

function byStatus(status: string, { statuses }: BooksModule): Passes | Response {
  if (!statuses?.includes(status)) return invalidValue('status');
  // unpaid is no word of a document but everything sent and still owed
  if (status === 'unpaid') return isUnpaid;
  if (status === 'billable') return (document) => document.is_billable === true;
  if (status === 'non-billable')
    return (document) => ['nonbillable', 'non-billable'].includes(text(document, 'status'));
  return (document) => text(document, 'status') === status;
}

function byNamedFilter(filter: string, { module, invoices }: Listed): Passes | Response {
  const [group = '', name = ''] = filter.split('.');
  if (!['Status', 'Invoice', 'Date', 'PaymentMode'].includes(group) || !module.filters.includes(name))
    return invalidValue('filter_by');
  const word = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
  switch (name) {
    case 'All':
      return () => true;
    case 'Crm':
      return (document) => document.is_linked_with_zohocrm === true;
    case 'OverDue':
      return module.resource === 'contacts'
        ? byInvoices(invoices, (invoice) => text(invoice, 'status') === 'overdue')
        : (document) => text(document, 'status') === 'overdue';
    case 'Unpaid':
      return module.resource === 'contacts' ? byInvoices(invoices, isUnpaid) : byStatus('unpaid', module);
    case 'CreditLimitExceed':
      return (document) =>
        amount(document, 'credit_limit') > 0 &&
        amount(document, 'outstanding_receivable_amount') > amount(document, 'credit_limit');
    case 'PaymentExpectedDate':
      return (document) => text(document, 'payment_expected_date') !== '';
    default:
      return group === 'PaymentMode'
        ? (document) => text(document, 'payment_mode').replaceAll('_', '') === name.toLowerCase()
        : (document) => text(document, 'status') === word;
  }
}

const isUnpaid: Passes = (document) =>
  ['sent', 'viewed', 'unpaid', 'partially_paid', 'overdue'].includes(text(document, 'status'));

/** Contacts with such an invoice: debt of an opening balance is on none, and what is not due yet is not overdue. */
function byInvoices(invoices: Invoices, counts: Passes): Passes {
  const owing = new Set(
    invoices()
      .filter(counts)
      .map((invoice) => text(invoice, 'customer_id')),
  );
  return (contact) => owing.has(text(contact, 'contact_id'));
}

function bySearch(searched: string, module: BooksModule): Passes | Response {
  if (searched.length > SEARCH_TEXT) return invalidValue('search_text');
  const wanted = searched.toLowerCase();
  return (document) => module.searched.some((field) => text(document, field).toLowerCase().includes(wanted));
}

function sinceModified(value: string): Passes | Response {
  if (!MOMENT.test(value) && !DAY.test(value)) return invalidValue('last_modified_time');
  const since = Date.parse(value);
  if (Number.isNaN(since)) return invalidValue('last_modified_time');
  return (document) => Date.parse(text(document, 'last_modified_time')) > since;
}

function byText(field: string, how: string | undefined, wanted: string): Passes {
  return (document) => {
    const own = text(document, field).toLowerCase();
    return how === 'startswith'
      ? own.startsWith(wanted)
      : how === 'contains'
        ? own.includes(wanted)
        : own === wanted;
  };
}

function byDay(name: string, field: string, edge: string | undefined, value: string): Passes | Response {
  if (!DAY.test(value) || Number.isNaN(Date.parse(value))) return invalidValue(name);
  return (document) => {
    const own = text(document, field === 'created_date' ? 'created_time' : field).slice(0, 10);
    if (own === '') return false;
    switch (edge) {
      case 'start':
        return own >= value;
      case 'end':
        return own <= value;
      case 'before':
        return own < value;
      case 'after':
        return own > value;
      default:
        return own === value;
    }
  };
}
