import type { Wire } from '../../organisation.ts';
import type { Field } from './fields.ts';
import { html, Markup } from './markup.ts';
import { idOf, type Module, pageOf } from './modules.ts';

const PAGE_SIZE = 25;

/** One page of a module, found by name. */
export function recordList(ask: {
  readonly module: Module;
  readonly records: readonly Wire[];
  readonly fields: readonly Field[];
  readonly query: URLSearchParams;
}): Markup {
  const { module, records, fields, query } = ask;
  const wanted = query.get('q')?.trim() ?? '';
  const found = wanted === '' ? records : records.filter((record) => has(module.nameOf(record), wanted));
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1));
  const rows = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const noun = found.length === 1 ? module.one.toLowerCase() : module.path;
  return html`<div class="heading">
<div><h1>${module.name}</h1><p>${found.length.toLocaleString('en')} ${noun}${wanted !== '' && html` named like “<bdi>${wanted}</bdi>”`}</p></div>
<form class="search" role="search" action="/${module.path}"><input type="search" name="q" value="${wanted}" placeholder="Search ${module.path}" aria-label="Search ${module.path} by name"></form>
</div>
${rows.length === 0 ? nothing(module, wanted) : recordTable({ module, records: rows, fields })}
${pages > 1 && pager({ module, wanted, page, pages })}`;
}

const has = (name: string, wanted: string): boolean =>
  name.toLocaleLowerCase().includes(wanted.toLocaleLowerCase());

const nothing = ({ path }: Module, wanted: string): Markup =>
  wanted === ''
    ? html`<p class="empty">You have no ${path}, or may see none.</p>`
    : html`<p class="empty">No ${path} match. <a href="/${path}">Show all</a></p>`;

/** Rows whose name leads to the record; on a narrow screen each row becomes a card. */
export function recordTable(ask: {
  readonly module: Module;
  readonly records: readonly Wire[];
  readonly fields: readonly Field[];
}): Markup {
  const { module, records, fields } = ask;
  const align = ({ align }: Field): Markup | undefined => (align ? new Markup('class="end"') : undefined);
  return html`<table>
<thead><tr><th scope="col">${module.one} name</th>${fields.map((one) => html`<th scope="col" ${align(one)}>${one.label}</th>`)}</tr></thead>
<tbody>${records.map(
    (record) => html`
<tr data-id="${idOf(record)}"><th scope="row"><a href="${pageOf(module.path, record)}"><bdi>${module.nameOf(record)}</bdi></a></th>${fields.map(
      (one) =>
        html`<td data-label="${one.label}" ${align(one)}>${one.show(record) ?? html`<span class="none" aria-label="none">–</span>`}</td>`,
    )}</tr>`,
  )}</tbody>
</table>`;
}

function pager(ask: { module: Module; wanted: string; page: number; pages: number }): Markup {
  const { module, wanted, page, pages } = ask;
  const to = (target: number, label: string): Markup => {
    const search = new URLSearchParams({ ...(wanted === '' ? {} : { q: wanted }), page: String(target) });
    return html`<a href="/${module.path}?${search.toString()}">${label}</a>`;
  };
  return html`<nav class="pager" aria-label="Pages">${page > 1 && to(page - 1, 'Previous')}<span>Page ${page} of ${pages}</span>${page < pages && to(page + 1, 'Next')}</nav>`;
}
