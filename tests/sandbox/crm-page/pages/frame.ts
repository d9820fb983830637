import type { Organisation } from '../../organisation.ts';
import { child, text } from '../../zoho-wire.ts';
import { html, Markup } from './markup.ts';
import { MODULES } from './modules.ts';
import { usersOf, type Viewer } from './viewer.ts';

export type Tab = (typeof MODULES)[number]['path'] | 'settings';

interface Page {
  readonly organisation: Organisation;
  readonly viewer: Viewer;
  readonly tab: Tab | null;
  readonly title: string;
  readonly main: Markup;
  /** Address to come back to after switching the user. */
  readonly here: string;
}

const ICONS: Record<Tab, string> = {
  accounts: 'M3 21V7l7-4v4l8 3v11M3 21h18M7 10h.01M7 14h.01M7 18h.01M13 14h.01M13 18h.01',
  deals: 'M4 5h16v5l-8 10L4 10zM4 10h16M9 10l3 10M15 10l-3 10',
  contacts: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 3.6-6 8-6s8 2 8 6',
  settings: 'M4 7h9M19 7h1M4 17h1M11 17h9M16 4v6M8 14v6',
};

const icon = (path: string): Markup =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;

/** A whole page: bar, navigation, and what the tab shows. */
export function framed({ organisation, viewer, tab, title, main, here }: Page): string {
  const company = text(organisation.org.crm, 'company_name') || 'CRM';
  const link = (path: Tab, label: string): Markup =>
    html`<a href="/${path}" ${tab === path && new Markup('aria-current="page"')}>${icon(ICONS[path])}<span>${label}</span></a>`;
  return html`<!doctype html>
<html lang="en" ${viewer.theme && html`data-theme="${viewer.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${company} CRM</title>
<link rel="icon" href="data:,">
${['crm-page', 'lists', 'record'].map((file) => html`<link rel="stylesheet" href="/crm-page/${file}.css">`)}
<script src="/crm-page/crm-page.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="bar">
<a class="brand" href="/"><span class="mark" aria-hidden="true">${company.slice(0, 1)}</span><span><bdi>${company}</bdi> <small>CRM</small></span></a>
<button type="button" class="icon-button" id="theme" aria-label="Switch between day and night">${icon('M20 14a8 8 0 1 1-10-10 6 6 0 0 0 10 10')}</button>
${userMenu(organisation, viewer, here)}
</header>
<div class="columns">
<nav aria-label="Modules">
${MODULES.map(({ path, name }) => link(path, name))}
${link('settings', 'Settings')}
</nav>
<main id="main">${main}</main>
</div>
</body>
</html>`.html;
}

function userMenu(organisation: Organisation, viewer: Viewer, here: string): Markup {
  return html`<details class="menu" id="users">
<summary aria-label="Logged in as ${viewer.name}, ${viewer.role}. Switch user"><span class="avatar" aria-hidden="true">${initials(viewer.name)}</span><span class="who"><bdi>${viewer.name}</bdi><small>${viewer.role}</small></span></summary>
<form method="post" action="/crm-page/user">
<p>Log in to CRM as</p>
<input type="hidden" name="to" value="${here}">
${usersOf(organisation).map((user) => {
  const [id, name] = [text(user, 'id'), text(user, 'full_name')];
  return html`<button name="user" value="${id}" ${id === viewer.id && new Markup('aria-current="true"')}><span class="avatar" aria-hidden="true">${initials(name)}</span><span class="who"><bdi>${name}</bdi><small>${text(child(user, 'role'), 'name')} · ${text(child(user, 'profile'), 'name')}</small></span></button>`;
})}
</form>
</details>`;
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('');
