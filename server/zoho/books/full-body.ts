import type { LinkableDocument } from '../../domain/deal-shares.ts';

type Wire = Readonly<Record<string, unknown>>;

/** What of a line goes back: what the documentation of the update lists, as far as the page has it. */
const LINE_FIELDS: readonly string[] = [
  'line_item_id',
  'item_id',
  'name',
  'description',
  'product_type',
  'hsn_or_sac',
  'item_order',
  'rate',
  'quantity',
  'unit',
  'discount',
  'tax_id',
  'tax_exemption_id',
  'tax_exemption_code',
  'tax_treatment_code',
  'project_id',
  'location_id',
  'time_entry_ids',
  'expense_id',
  'tags',
  'item_custom_fields',
];

/**
 * The fields the documentation requires in an update, as the document's page has them; nothing else, for whatever is
 * sent is written. `null` when the page does not tell them all: half of a document is never sent.
 */
export function fullBody(type: LinkableDocument, page: Wire): Record<string, unknown> | null {
  switch (type) {
    case 'invoice':
    case 'sales_order':
      return required({ customer_id: page.customer_id, line_items: lines(page) });
    case 'estimate':
      return required({
        customer_id: page.customer_id,
        custom_fields: Array.isArray(page.custom_fields) ? page.custom_fields : [],
        line_items: lines(page),
      });
    case 'expense':
      return required({
        date: page.date,
        account_id: page.account_id,
        paid_through_account_id: page.paid_through_account_id,
        // An amount that includes its tax goes back with it, and one that does not without.
        amount: page.is_inclusive_tax === true ? page.total : (page.sub_total ?? page.total),
      });
  }
}

/** All lines, each with its id: Books deletes a line that is not in the list. */
function lines({ line_items }: Wire): readonly Wire[] | undefined {
  if (!Array.isArray(line_items) || line_items.length === 0) return undefined;
  const complete = line_items.map((line: Wire) =>
    Object.fromEntries(
      LINE_FIELDS.filter((field) => isTold(line[field])).map((field) => [field, line[field]]),
    ),
  );
  return complete.every((line) => isTold(line.line_item_id)) ? complete : undefined;
}

const required = (body: Record<string, unknown>): Record<string, unknown> | null =>
  Object.values(body).every(isTold) ? body : null;

/** Zoho's empty text is no value. */
const isTold = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
