import type { Organisation, Wire } from '../../organisation.ts';
import { text } from '../../zoho-wire.ts';
import { columns, details } from './fields.ts';
import { html, type Markup } from './markup.ts';
import { MODULES, type Module, type ModuleName, pointsAt } from './modules.ts';
import { recordTable } from './record-list.ts';
import { lookup, money, place, plain, type Show, stage } from './values.ts';

const RELATED_SHOWN = 12;

/** What stands under the name. */
const factsOf = (base: string): Record<ModuleName, readonly Show[]> => ({
  Accounts: [plain('Industry'), place],
  Deals: [stage, money('Amount', base), lookup('Account_Name', 'accounts')],
  Contacts: [plain('Title'), lookup('Account_Name', 'accounts')],
});

/** One record: its heading, the widget beside its fields, and the deals that belong to it. */
export function recordPage(ask: {
  readonly organisation: Organisation;
  readonly module: Module;
  readonly record: Wire;
  /** Deals the viewer may see. */
  readonly deals: readonly Wire[];
  readonly widget: Markup;
}): Markup {
  const { organisation, module, record, deals, widget } = ask;
  const base = text(organisation.org.crm, 'iso_code');
  const facts = factsOf(base)[module.name];
  return html`<div class="heading">
<div><p class="crumb"><a href="/${module.path}">${module.name}</a></p>
<h1><bdi>${module.nameOf(record)}</bdi></h1>
<p class="facts">${facts.map((show) => show(record)).map((fact) => fact && html`<span>${fact}</span>`)}</p></div>
</div>
<div class="record">
${widget}
<div class="about">
<section class="card" aria-labelledby="details-title"><div class="card-head"><h2 id="details-title">${module.one} information</h2></div>
<dl>${details(base)[module.name].map(({ label, show }) => html`<div><dt>${label}</dt><dd>${show(record) ?? html`<span class="none" aria-label="none">–</span>`}</dd></div>`)}</dl></section>
${relatedDeals({ module, record, deals, base })}
</div>
</div>`;
}

function relatedDeals(ask: {
  module: Module;
  record: Wire;
  deals: readonly Wire[];
  base: string;
}): Markup | undefined {
  const { module, record, deals, base } = ask;
  const of =
    module.name === 'Accounts' ? 'Account_Name' : module.name === 'Contacts' ? 'Contact_Name' : undefined;
  const dealModule = MODULES.find(({ name }) => name === 'Deals');
  if (of === undefined || dealModule === undefined) return undefined;
  const related = deals.filter((deal) => pointsAt(deal, of, text(record, 'id')));
  const fields = columns(base).Deals.filter(({ label }) => ['Stage', 'Amount', 'Closing'].includes(label));
  return html`<section class="card" aria-labelledby="deals-title"><div class="card-head"><h2 id="deals-title">Deals <span class="count">${related.length}</span></h2></div>
${related.length === 0 ? html`<p class="empty">No deals yet.</p>` : recordTable({ module: dealModule, records: related.slice(0, RELATED_SHOWN), fields })}
${related.length > RELATED_SHOWN && html`<p class="more">and ${related.length - RELATED_SHOWN} more</p>`}</section>`;
}
