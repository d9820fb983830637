import type { BooksEdits } from './books/books-edits.ts';
import { isDealResource } from './books/deal-documents.ts';
import type { CrmEdits } from './crm/crm-edits.ts';
import { isModule } from './crm/modules.ts';
import type { Wire } from './organisation.ts';
import { Unclear } from './scenario-unclear.ts';
import { child, text } from './zoho-wire.ts';

/** One edit made in Books itself. @throws when it is not clear or cannot be */
export function editInBooks(body: Wire, edits: BooksEdits): void {
  const [resource, id] = [text(body, 'resource'), text(body, 'id')];
  if (!isDealResource(resource)) throw new Unclear(`${resource} hold no deal`);
  const fields = child(body, 'fields');
  if (body.delete === true) edits.delete(resource, id);
  else if (typeof body.net === 'number') edits.changeAmount(resource, id, body.net);
  else if (typeof body.dealId === 'string') edits.changeDeal(resource, id, body.dealId);
  else if (fields) edits.change(resource, id, fields);
  else throw new Unclear('Say dealId, net, fields or delete');
}

/** One edit made in CRM itself. @throws when it is not clear or cannot be */
export function editInCrm(body: Wire, edits: CrmEdits): void {
  const [module, id, winner] = [text(body, 'module'), text(body, 'id'), text(body, 'mergeInto')];
  if (!isModule(module)) throw new Unclear(`No such module: ${module}`);
  const fields = child(body, 'fields');
  if (body.delete === true) edits.delete(module, id);
  else if (body.restore === true) edits.restore(module, id);
  else if (winner !== '') edits.merge(module, winner, [id]);
  else if (fields) edits.change(module, id, fields);
  else throw new Unclear('Say fields, delete, restore or mergeInto');
}
