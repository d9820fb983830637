import { z } from 'zod';
import type { LinkableDocument } from '../../domain/deal-shares.ts';
import type { CustomerId, DealId, DocumentId } from '../../domain/documents.ts';
import { type CurrencyCode, type Money, money, subtract } from '../../domain/money.ts';
import { ZohoTrouble } from '../trouble.ts';
import { Id, parseAnswer } from '../wire-values.ts';
import { isAbsent, refusalOf, troubleOf } from './answers.ts';
import type { AskBooks, WriteBooks } from './ask.ts';
import type { BooksDocument, BooksDocuments, Priority } from './books.ts';
import { contentsOf } from './contents.ts';
import { fullBody } from './full-body.ts';
import { statusOf } from './statuses.ts';
import { netOf } from './translate.ts';
import { LinkableDetail } from './wire.ts';

type Detail = z.infer<typeof LinkableDetail>;

/** Where each kind of document has its page, and what the page calls it. */
const PAGES: Readonly<Record<LinkableDocument, { path: string; key: string }>> = {
  invoice: { path: '/invoices/{id}', key: 'invoice' },
  estimate: { path: '/estimates/{id}', key: 'estimate' },
  sales_order: { path: '/salesorders/{id}', key: 'salesorder' },
  expense: { path: '/expenses/{id}', key: 'expense' },
};

interface Page {
  readonly detail: Detail;
  /** As it came, for a full update. */
  readonly wire: Readonly<Record<string, unknown>>;
}

const Wire = z.record(z.string(), z.unknown());

/** @throws ZohoTrouble; `null` when there is no such document */
async function page(
  ask: AskBooks,
  { type, id }: { readonly type: LinkableDocument; readonly id: DocumentId },
  priority: Priority,
): Promise<Page | null> {
  const { path, key } = PAGES[type];
  let body: unknown;
  try {
    body = await ask({ path, ids: { id } }, priority);
  } catch (trouble) {
    if (trouble instanceof ZohoTrouble && isMissing(trouble)) return null;
    throw trouble;
  }
  const wire = parseAnswer('books', z.object({ [key]: Wire }), body)[key] ?? {};
  if (parseAnswer('books', z.object({ [`${key}_id`]: Id }), wire)[`${key}_id`] !== id)
    throw new ZohoTrouble('books', 'unreachable', { code: 'wrong_record' });
  return { detail: parseAnswer('books', LinkableDetail, wire), wire };
}

const isMissing = ({ kind, detail: { status, code } }: ZohoTrouble): boolean =>
  kind === 'refused' && (status === 404 || code === '1002');

export async function readDocument(
  ask: AskBooks,
  { type, id, baseCurrency }: Pick<BooksDocument, 'type' | 'id'> & { readonly baseCurrency: CurrencyCode },
  priority: Priority,
): Promise<BooksDocument | null> {
  const found = await page(ask, { type, id }, priority);
  if (!found) return null;
  const { detail } = found;
  const currency = detail.currency_code ?? baseCurrency;
  return {
    type,
    id,
    customerId: (detail.customer_id ?? null) as CustomerId | null, // safe because the wire schema checked it
    status: statusOf(type, detail.status, () => undefined), // a word nobody knows is told by the lists
    dealId: heldBy(detail),
    total: money(currency, detail.total),
    balance: detail.balance === undefined ? null : money(currency, detail.balance),
    net: netWithoutTax(type, detail, baseCurrency),
    lineCount: detail.line_items?.length ?? 0,
    contents: contentsOf(type, detail),
    ...(detail.last_modified_time === undefined ? {} : { version: detail.last_modified_time }),
  };
}

const heldBy = ({ zcrm_potential_id }: Detail): DealId | null => (zcrm_potential_id || null) as DealId | null; // safe because the wire schema checked it

/** Expenses tell their net amount, the others their tax. */
function netWithoutTax(type: LinkableDocument, detail: Detail, baseCurrency: CurrencyCode): Money | null {
  const currency = detail.currency_code ?? baseCurrency;
  const total = money(currency, detail.total);
  if (type === 'expense') {
    if (detail.sub_total !== undefined) return money(currency, detail.sub_total);
    return detail.tax_amount === undefined ? null : subtract(total, money(currency, detail.tax_amount));
  }
  return detail.tax_total === undefined && detail.taxes === undefined ? null : netOf(detail, baseCurrency);
}

/**
 * Sets the deal with the smallest body first. Zoho documents that an update needs more; where it insists, the page is
 * read again and sent back with exactly the fields the documentation requires, lines complete and with their ids.
 * @see https://www.zoho.com/books/api/v3/invoices/#update-an-invoice "To delete a line item just remove it"
 */
export function createSetDeal(ask: AskBooks, write: WriteBooks): BooksDocuments['setDeal'] {
  return async ({ type, id }, { from, to }) => {
    const { path } = PAGES[type];
    const deal = { zcrm_potential_id: to ?? '' };
    const first = await write({ path, ids: { id }, json: deal });
    const trouble = troubleOf(first);
    if (!trouble) return 'answered';
    if (isAbsent(first)) return 'gone';
    if (trouble.kind !== 'refused') throw trouble;
    const refusal = refusalOf(first);
    // Whoever connected Books may read and not edit: more fields change nothing about that.
    if (refusal !== 'refused' || trouble.detail.code === NOT_AUTHORISED) return refusal;

    const found = await page(ask, { type, id }, 'interactive');
    if (!found) return 'gone';
    if (heldBy(found.detail) === to) return 'answered';
    if (heldBy(found.detail) !== from) return 'changed';
    const full = fullBody(type, found.wire);
    if (!full) return 'refused';
    const second = await write({ path, ids: { id }, json: { ...full, ...deal } });
    const again = troubleOf(second);
    if (!again) return 'answered';
    if (isAbsent(second)) return 'gone';
    if (again.kind !== 'refused') throw again;
    return refusalOf(second);
  };
}

const NOT_AUTHORISED = '57';
