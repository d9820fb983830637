import { isWrite } from './scopes.ts';

export interface ConsentPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** The CRM page in this browser belongs to them. */
  readonly inCrm: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (plain: string): string =>
  plain.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6876; --line: #d5dbe1; --paper: #fff; --ground: #eef1f4; --accent: #0b5fc4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #a3b0bd; --line: #3a4550; --paper: #1c242c; --ground: #12181e; --accent: #7db7ff; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(30rem, 100%); padding: 1.75rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .25rem; font-size: 1.25rem; }
p { margin: .25rem 0 1rem; color: var(--soft); }
h2 { margin: 1.25rem 0 .5rem; font-size: 1rem; }
ul { margin: 0; padding: 0; list-style: none; }
.people li + li { margin-top: .5rem; }
.scopes { color: var(--soft); font: .875rem/1.6 ui-monospace, monospace; overflow-wrap: anywhere; }
button { width: 100%; min-height: 3rem; padding: .5rem .875rem; text-align: start; color: inherit; font: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button span { display: block; color: var(--soft); font-size: .875rem; }
.reject { margin-top: 1.25rem; text-align: center; }`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main>${body}</main></body>
</html>`;

/** Sign-in and consent in one: who you are is the button you press, and pressing it accepts the scopes. */
export function consentPage(ask: {
  readonly application: string;
  readonly people: readonly ConsentPerson[];
  readonly scopes: readonly string[];
  /** Repeated with the choice. */
  readonly request: Readonly<Record<string, string>>;
}): string {
  const hidden = Object.entries(ask.request)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('');
  const people = ask.people
    .map(
      ({ id, name, role, inCrm }) =>
        `<li><button type="submit" name="user" value="${escaped(id)}"${inCrm ? ' autofocus' : ''}>${escaped(name)}<span>${escaped(role)}${inCrm ? ' · works in the CRM page now' : ''}</span></button></li>`,
    )
    .join('');
  const scopes = ask.scopes
    .map((scope) => `<li>${escaped(scope)}${isWrite(scope) ? ' <strong>makes changes</strong>' : ''}</li>`)
    .join('');
  return page(
    'Local Zoho: sign in',
    `<h1>Sign in to the local Zoho</h1>
<p>No password: this is a stand-in with made-up people. Choose who you are.</p>
<form method="post" action="/oauth/v2/auth/choose">${hidden}
<h2 id="people">Accept and continue as</h2>
<ul class="people" aria-labelledby="people">${people}</ul>
<h2 id="scopes">${escaped(ask.application)} asks for</h2>
<ul class="scopes" aria-labelledby="scopes">${scopes}</ul>
<button class="reject" type="submit" name="decision" value="reject">Reject</button>
</form>`,
  );
}

export const refusalPage = (reason: string): string =>
  page('Local Zoho: error', `<h1>This sign-in cannot start</h1><p role="alert">${escaped(reason)}</p>`);
