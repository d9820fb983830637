import { HttpResponse, type RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import type { Call } from '../zoho-endpoint.ts';
import { child, text } from '../zoho-wire.ts';
import { crmError, invalidId, invalidModule, invalidParameter, nothing } from './answers.ts';
import { isModule, type Module } from './modules.ts';
import { createPaging, cut, type Page, unchangedSince } from './paging.ts';
import { createSearch } from './search.ts';
import type { CrmEndpoint, Viewer } from './viewer.ts';
import type { Visibility } from './visibility.ts';

const IDS_AT_ONCE = 100;
const ZOHO_ID = /^\d{1,20}$/;
/** Module an account's or a contact's related list shows, and the lookup that ties it. */
const RELATED: Readonly<Record<string, Readonly<Record<string, readonly [Module, string]>>>> = {
  Accounts: { Deals: ['Deals', 'Account_Name'], Contacts: ['Contacts', 'Account_Name'] },
  Contacts: { Deals: ['Deals', 'Contact_Name'] },
  Vendors: { Products: ['Products', 'Vendor_Name'] },
};
/** Related lists that exist but hold nothing here. */
const EMPTY_RELATED = ['Notes', 'Products', 'Attachments', 'Activities', 'Emails'];

const scopesOf = ({ param }: Call): readonly string[] => [
  `ZohoCRM.modules.${param('module').toLowerCase()}.READ`,
];

/** Records of the five modules, each read with the viewer's own rights. */
export function recordHandlers(
  zoho: ZohoState,
  crmEndpoint: CrmEndpoint,
  visibility: Visibility,
): RequestHandler[] {
  const { organisation, deleted } = zoho;
  const page = createPaging();
  const search = createSearch(zoho);

  const visible = (viewer: Viewer, module: Module): Wire[] =>
    organisation.crm[module].filter((record) => visibility.sees(viewer, module, record));

  /** Answers with the module, or refuses: unknown, or shut by the viewer's profile. */
  const inModule = (viewer: Viewer, name: string, answer: (module: Module) => Response): Response => {
    if (!isModule(name)) return invalidModule();
    if (!visibility.opens(viewer, name)) {
      return crmError(403, 'NO_PERMISSION', 'permission denied', {
        permissions: [`Crm_Implied_View_${name}`],
      });
    }
    return answer(name);
  };
  const sent = (found: Page | Response): Response => {
    if (found instanceof Response) return found;
    return found.data.length === 0 ? nothing() : HttpResponse.json({ data: found.data, info: found.info });
  };
  /** Related lists tell their pages but not their order. */
  const sentRelated = (found: Page | Response): Response => {
    if (found instanceof Response) return found;
    const { sort_by: _, sort_order: __, ...info } = found.info;
    return sent({ ...found, info });
  };

  return [
    crmEndpoint({ method: 'get', path: '/:module/search', scopes: scopesOf }, (call, viewer) =>
      inModule(viewer, call.param('module'), (module) => {
        const found = search(visible(viewer, module), call);
        if (found instanceof Response) return found;
        const fields = call.query.get('fields')?.split(',');
        if (found.records.length === 0) return nothing();
        return HttpResponse.json({
          data: found.records.map((record) => (fields ? cut(record, fields) : record)),
          info: found.info,
        });
      }),
    ),

    crmEndpoint(
      { method: 'get', path: '/:module/deleted', scopes: scopesOf },
      ({ param, query, request }, viewer) =>
        inModule(viewer, param('module'), (module) => {
          const type = query.get('type') ?? 'all';
          const since = Date.parse(request.headers.get('if-modified-since') ?? '');
          if (!['all', 'recycle', 'permanent'].includes(type)) return invalidParameter('type');
          const found = (deleted.get(module) ?? [])
            .filter(({ record }) => visibility.sees(viewer, module, record))
            .map(({ row }) => row)
            .filter(
              (row) =>
                (type === 'all' || row.type === type) &&
                (Number.isNaN(since) || Date.parse(text(row, 'deleted_time')) > since),
            );
          if (found.length === 0)
            return Number.isNaN(since) ? nothing() : new HttpResponse(null, { status: 304 });
          const [page, perPage] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 200)];
          const data = found.slice((page - 1) * perPage, page * perPage);
          if (data.length === 0) return nothing();
          return HttpResponse.json({
            data,
            info: {
              per_page: perPage,
              count: data.length,
              page,
              more_records: found.length > page * perPage,
            },
          });
        }),
    ),

    crmEndpoint({ method: 'get', path: '/:module/:id/:related', scopes: scopesOf }, (call, viewer) =>
      inModule(viewer, call.param('module'), (module) => {
        const { id, related } = { id: call.param('id'), related: call.param('related') };
        if (!ZOHO_ID.test(id)) return invalidId(1);
        const parent = visible(viewer, module).find((record) => text(record, 'id') === id);
        if (!parent) return nothing();
        if (module === 'Deals' && related === 'Contact_Roles')
          return sentRelated(page(contactRoles(parent, viewer), call, viewer));
        const [childModule, lookup] = RELATED[module]?.[related] ?? [];
        if (childModule && lookup) {
          const records = visible(viewer, childModule).filter(
            (record) => text(child(record, lookup), 'id') === id,
          );
          return sentRelated(page(records, call, viewer));
        }
        if (EMPTY_RELATED.includes(related)) return sentRelated(page([], call, viewer));
        return crmError(400, 'INVALID_DATA', 'the relation name given seems to be invalid', {
          resource_path_index: 2,
        });
      }),
    ),

    crmEndpoint(
      { method: 'get', path: '/:module/:id', scopes: scopesOf },
      ({ param, query, request }, viewer) =>
        inModule(viewer, param('module'), (module) => {
          if (!ZOHO_ID.test(param('id'))) return invalidId(1);
          const record = visible(viewer, module).find((one) => text(one, 'id') === param('id'));
          if (!record) return nothing();
          if (unchangedSince(request, [record])) return new HttpResponse(null, { status: 304 });
          const fields = query.get('fields')?.split(',');
          return HttpResponse.json({ data: [fields ? cut(record, fields) : record] });
        }),
    ),

    crmEndpoint({ method: 'get', path: '/:module', scopes: scopesOf }, (call, viewer) =>
      inModule(viewer, call.param('module'), (module) => {
        const ids = call.query.get('ids')?.split(',');
        if (ids && !ids.every((id) => ZOHO_ID.test(id))) return invalidParameter('ids');
        if (ids && ids.length > IDS_AT_ONCE)
          return crmError(400, 'LIMIT_EXCEEDED', 'the limit of ids is exceeded', { limit: IDS_AT_ONCE });
        const records = visible(viewer, module).filter((record) => !ids || ids.includes(text(record, 'id')));
        if (call.request.headers.has('if-modified-since')) {
          if (unchangedSince(call.request, records)) return new HttpResponse(null, { status: 304 });
          const since = Date.parse(call.request.headers.get('if-modified-since') ?? '');
          return sent(
            page(
              records.filter((record) => Date.parse(text(record, 'Modified_Time')) > since),
              call,
              viewer,
            ),
          );
        }
        return sent(page(records, call, viewer));
      }),
    ),
  ];

  function contactRoles(deal: Wire, viewer: Viewer): Wire[] {
    const id = text(child(deal, 'Contact_Name'), 'id');
    return visible(viewer, 'Contacts').filter((contact) => text(contact, 'id') === id);
  }
}
