import { readFileSync } from 'node:fs';
import type { PopupMessage } from '../contract/auth.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { TypedWay } from '../identity/sign-in-codes.ts';
import type { PopupWords } from './pages/popup-words.ts';

const asset = (name: string): string => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8');

/** The popup's own files; external, so that its policy needs no inline exception. */
export const POPUP_ASSETS = {
  'popup.js': { type: 'text/javascript; charset=utf-8', text: asset('popup.js') },
  'popup.css': { type: 'text/css; charset=utf-8', text: asset('popup.css') },
} as const;

/** The popup's first page: what happens next, and one link onwards. */
export function goPage(
  words: PopupWords,
  tx: string,
  pending: { purpose: 'panel' | 'setup' } | { purpose: 'books'; organisation: string },
): string {
  const { title, text } = words[pending.purpose];
  const names = pending.purpose === 'books' ? { organisation: isolated(pending.organisation) } : {};
  return page(
    words,
    title,
    `<h1>${escaped(title)}</h1><p>${filled(text, names)}</p>
<p><a class="onwards" href="/auth/go?tx=${escaped(tx)}&amp;continue=1">${escaped(words.onwards)}</a></p>`,
  );
}

/**
 * The popup's last page: tells the opener and closes; without an opener it says what to do.
 * @param typed what may be typed instead, where the opener is cut off
 */
export function donePage(words: PopupWords, message: PopupMessage, origin: string, typed?: TypedWay): string {
  const details = Object.entries({ ...message, origin })
    .map(([name, value]) => ` data-${name}="${escaped(value)}"`)
    .join('');
  const { title: ended, text } = outcomeOf(words, message);
  // With something left to type nobody is signed in yet.
  const title = typed ? words.consented.title : ended;
  const nothing = message.type === 'customer360.books-connected' ? `${words.nothingConnected} ` : '';
  return page(
    words,
    title,
    `<h1>${escaped(title)}</h1><p id="outcome"${details}>${escaped(text)}</p>
${typed ? typedPart(words, typed) : `<p id="alone" hidden>${escaped(nothing + words.alone)}</p>`}`,
  );
}

/** Whoever was sent the link sees whose sign-in this is, and that the code is for nobody else. */
const typedPart = ({ typed }: PopupWords, { code, name, organisation }: TypedWay): string =>
  `<div id="alone" hidden>
<p>${escaped(typed.how)}</p>
<p class="code" dir="ltr"><code>${escaped(code.slice(0, 5))}-${escaped(code.slice(5))}</code></p>
<p>${filled(typed.whose, { name: strong(name), organisation: strong(organisation) })}</p>
<p class="warning"><strong>${escaped(typed.never)}</strong> ${escaped(typed.neverWhy)}</p>
</div>`;

function outcomeOf(words: PopupWords, message: PopupMessage): { title: string; text: string } {
  switch (message.type) {
    case 'customer360.signed-in':
      return words.signedIn;
    case 'customer360.books-connected':
      return words.consented;
    case 'customer360.refused':
      return refusalOf(words, message.problem as ProblemCode); // safe because the callback puts a problem code there
  }
}

/** For a request nobody is waiting for: its own page, and no message to anyone. */
export function refusalPage(words: PopupWords, code: ProblemCode): string {
  const { title, text } = refusalOf(words, code);
  return page(words, title, `<h1>${escaped(title)}</h1><p>${escaped(text)}</p>`);
}

const refusalOf = ({ refusals, refused }: PopupWords, code: ProblemCode): { title: string; text: string } =>
  refusals[code] ?? refused(code);

const page = ({ language, direction }: PopupWords, title: string, body: string): string => `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Customer 360</title>
<link rel="stylesheet" href="/auth/assets/popup.css">
<script src="/auth/assets/popup.js" defer></script>
</head>
<body><main>${body}</main></body>
</html>
`;

/** Our text with others' names in it, as markup; filled in one go, so that a name is never looked at as text of ours. */
const filled = (text: string, names: Readonly<Record<string, string>>): string =>
  escaped(text).replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);

/** A name may be written in the other direction than the words around it. */
const isolated = (name: string): string => `<bdi>${escaped(name)}</bdi>`;
const strong = (name: string): string => `<strong>${isolated(name)}</strong>`;

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
