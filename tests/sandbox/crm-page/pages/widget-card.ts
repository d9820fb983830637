import { html, jsonBlock, type Markup } from './markup.ts';
import type { ModuleName } from './modules.ts';

/** What the host script tells a widget, and where the widget lives. */
export interface Hosted {
  readonly title: string;
  /** Address of the widget page; the host script adds `serviceOrigin` and loads it. */
  readonly src: string;
  readonly user: Readonly<Record<string, unknown>>;
  readonly org: Readonly<Record<string, unknown>>;
  /** Absent where CRM shows no record. */
  readonly record?: { readonly module: ModuleName; readonly id: string };
  /** Another record of the module, which forged messages name. */
  readonly decoy?: { readonly module: ModuleName; readonly id: string };
}

const WIDTHS = [320, 360, 420, 560, 720, 1000];

/**
 * The frame of one widget. Like CRM's it has no sandbox, may open pop-ups, and starts low until the widget asks for
 * its height.
 */
export function widgetCard(hosted: Hosted): Markup {
  return html`<section class="card widget" aria-labelledby="widget-title">
<div class="card-head"><h2 id="widget-title">${hosted.title}</h2>
<label class="width">Width <select id="width"><option value="">Fit</option>${WIDTHS.map((width) => html`<option>${width}</option>`)}</select></label></div>
<div class="widget-place"><iframe id="widget" title="${hosted.title}" allow="clipboard-write"></iframe></div>
</section>
${jsonBlock('hosted', hosted)}
<script src="/crm-page/widget-host.js" defer></script>`;
}
