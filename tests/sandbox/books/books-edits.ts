import type { Organisation, Wire } from '../organisation.ts';
import type { Clock } from '../zoho-clock.ts';
import { amount, text } from '../zoho-wire.ts';
import { amountsAfter, moveReceivables, owedFor } from './changed-lines.ts';
import { type DealResource, ID_KEYS } from './deal-documents.ts';
import { dealNamed, enter } from './document-change.ts';

/** What a person does in Books itself, past our product: no call, no limit, and the document's time moves. */
export interface BooksEdits {
  /** @param dealId `''` takes the deal off. Books lets any id stand, also one CRM has no deal for. */
  changeDeal(resource: DealResource, id: string, dealId: string): void;
  /** The net becomes this much, in the document's currency and at the same rate of tax. */
  changeAmount(resource: DealResource, id: string, net: number): void;
  /** Any fields, as `GET` answers them. */
  change(resource: DealResource, id: string, fields: Wire): void;
  /** Leaves no trace. @throws for an invoice somebody has paid, as Books refuses that */
  delete(resource: DealResource, id: string): void;
}

/** All throw for a document that is not there. */
export function createBooksEdits(place: { organisation: Organisation; clock: Clock }): BooksEdits {
  const { organisation } = place;
  const find = (resource: DealResource, id: string): Wire => {
    const found = organisation.books[resource].find((one) => text(one, ID_KEYS[resource]) === id);
    if (!found) throw new Error(`Books has no ${id} among its ${resource}`);
    return found;
  };
  return {
    changeDeal(resource, id, dealId) {
      const unknown = { zcrm_potential_id: dealId, zcrm_potential_name: '' };
      enter(find(resource, id), dealNamed(dealId, organisation) ?? unknown, place);
    },
    changeAmount(resource, id, net) {
      const document = find(resource, id);
      const amounts = amountsAfter(document, net);
      const lines = Array.isArray(document.line_items) ? { line_items: oneLine(document, net) } : {};
      enter(document, { ...amounts, ...lines }, place);
    },
    change(resource, id, fields) {
      enter(find(resource, id), structuredClone(fields), place);
    },
    delete(resource, id) {
      const document = find(resource, id);
      if (amount(document, 'payment_made') > 0 || amount(document, 'credits_applied') > 0)
        throw new Error(`Books does not delete ${id}: something has been paid on it`);
      moveReceivables(organisation.books, document, -owedFor(document));
      const list = organisation.books[resource];
      list.splice(list.indexOf(document), 1);
    },
  };
}

/** The first line takes the whole amount, so that lines and net still agree. */
function oneLine(document: Wire, net: number): Wire[] {
  const [first] = document.line_items as Wire[]; // safe because the caller has seen the list
  return [{ ...first, quantity: 1, rate: net, discount: 0, discount_amount: 0, item_total: net }];
}
