/** HTML that is already escaped. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

type Insert = Markup | string | number | null | undefined | false | readonly Insert[];

/** Builds HTML; whatever is inserted is escaped unless it is `Markup` itself. Fit for text and quoted attributes. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return new Markup(parts.reduce((made, part, at) => made + rendered(inserts[at - 1]) + part));
}

function rendered(insert: Insert): string {
  if (insert === null || insert === undefined || insert === false) return '';
  if (insert instanceof Markup) return insert.html;
  if (typeof insert === 'string' || typeof insert === 'number') return escaped(String(insert));
  return insert.map(rendered).join('');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** A block of JSON a script of the page reads; `<` is escaped so that no text can end the block. */
export function jsonBlock(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return new Markup(`<script type="application/json" id="${id}">${json}</script>`);
}
