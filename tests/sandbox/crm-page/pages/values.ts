import type { Wire } from '../../organisation.ts';
import { child, text } from '../../zoho-wire.ts';
import { html, type Markup } from './markup.ts';
import { type Module, pageOf } from './modules.ts';

/** How a field is shown; `undefined` when the record has no value for it. */
export type Show = (record: Wire) => Markup | undefined;

export const plain =
  (key: string): Show =>
  (record) => {
    const value = text(record, key);
    return value === '' ? undefined : html`<bdi>${value}</bdi>`;
  };

export const lookup =
  (key: string, path: Module['path']): Show =>
  (record) => {
    const to = child(record, key);
    const href = pageOf(path, to);
    return href === undefined ? undefined : html`<a href="${href}"><bdi>${text(to, 'name')}</bdi></a>`;
  };

export const owner: Show = (record) => {
  const name = text(child(record, 'Owner'), 'name');
  return name === '' ? undefined : html`<bdi>${name}</bdi>`;
};

export const email: Show = (record) => {
  const address = text(record, 'Email');
  return address === '' ? undefined : html`<a href="mailto:${address}">${address}</a>`;
};

/** Dates stay what they are: no time zone moves a closing date. */
export const day =
  (key: string): Show =>
  (record) => {
    const [date = ''] = text(record, key).split('T');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
    const shown = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(date),
    );
    return html`<time datetime="${date}">${shown}</time>`;
  };

export const money =
  (key: string, base: string): Show =>
  (record) => {
    const value = record[key];
    if (typeof value !== 'number') return undefined;
    const currency = text(record, 'Currency') || base;
    return html`<span class="number">${formatted(value, currency)}</span>`;
  };

function formatted(value: number, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return String(value);
  return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' }).format(value);
}

export const percent =
  (key: string): Show =>
  (record) =>
    text(record, key) === '' ? undefined : html`${text(record, key)} %`;

export const place: Show = (record) => {
  const parts = ['Billing_City', 'Billing_State', 'Billing_Country'].map((key) => text(record, key));
  const named = parts.filter((part) => part !== '');
  return named.length === 0 ? undefined : html`<bdi>${named.join(', ')}</bdi>`;
};

/** Green for won and grey for lost go with the word, never instead of it. */
export const stage: Show = (record) => {
  const name = text(record, 'Stage');
  if (name === '') return undefined;
  const kind = /won/i.test(name) ? 'won' : /lost/i.test(name) ? 'lost' : 'open';
  return html`<span class="stage" data-kind="${kind}">${name}</span>`;
};
