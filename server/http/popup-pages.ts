import { readFileSync } from 'node:fs';
import type { PopupMessage } from '../contract/auth.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { TypedWay } from '../identity/sign-in-codes.ts';
import { titleOf } from './problems.ts';

const asset = (name: string): string => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8');

/** The popup's own files; external, so that its policy needs no inline exception. */
export const POPUP_ASSETS = {
  'popup.js': { type: 'text/javascript; charset=utf-8', text: asset('popup.js') },
  'popup.css': { type: 'text/css; charset=utf-8', text: asset('popup.css') },
} as const;

const WHAT_TO_DO: Partial<Record<ProblemCode, string>> = {
  'sign_in.invalid':
    'The link is used up or too old, or consent was not given. Close this window and start again from Zoho CRM.',
  'sign_in.not_installed':
    'Ask an administrator of your Zoho CRM to set Customer 360 up first, under its settings.',
  'sign_in.not_administrator': 'Ask an administrator of your Zoho CRM to do it.',
  'sign_in.other_organisation':
    'Zoho is signed in as a user of another organisation than the page you came from. Switch the user at Zoho, then start again from Zoho CRM.',
  'sign_in.user_not_admitted':
    'Customer 360 admits active, confirmed users of Zoho CRM. Ask your administrator.',
  'crm.unreachable': 'Wait a moment, then start again from Zoho CRM.',
  'crm.rate_limited': 'Many people are signing in. Wait ten minutes, then start again from Zoho CRM.',
};

const ASKS = {
  panel: {
    title: 'Sign in with Zoho',
    text: 'Customer 360 asks Zoho who you are, so that you see what your role may see. You continue at Zoho; we never see your password.',
  },
  setup: {
    title: 'Set up Customer 360',
    text: 'Sign in as an administrator of Zoho CRM. You continue at Zoho; we never see your password.',
  },
} as const;

/** The popup's first page: what happens next, and one link onwards. */
export function goPage(
  tx: string,
  pending: { purpose: 'panel' | 'setup' } | { purpose: 'books'; organisation: string },
): string {
  const { title, text } =
    pending.purpose === 'books'
      ? {
          title: 'Connect Zoho Books',
          text: `This lets the Zoho CRM organisation “${pending.organisation}” show figures of the Zoho Books organisations you can open. Go on only if you started this yourself.`,
        }
      : ASKS[pending.purpose];
  return page(
    title,
    `<h1>${escaped(title)}</h1><p>${escaped(text)}</p>
<p><a class="onwards" href="/auth/go?tx=${escaped(tx)}&amp;continue=1">Continue to Zoho</a></p>`,
  );
}

/**
 * The popup's last page: tells the opener and closes; without an opener it says what to do.
 * @param typed what may be typed instead, where the opener is cut off
 */
export function donePage(message: PopupMessage, origin: string, typed?: TypedWay): string {
  const details = Object.entries({ ...message, origin })
    .map(([name, value]) => ` data-${name}="${escaped(value)}"`)
    .join('');
  const { title: ended, text } = outcomeOf(message);
  // With something left to type nobody is signed in yet.
  const title = typed ? 'Zoho has answered' : ended;
  const nothing = message.type === 'customer360.books-connected' ? 'Nothing was connected. ' : '';
  return page(
    title,
    `<h1>${escaped(title)}</h1><p id="outcome"${details}>${escaped(text)}</p>
${typed ? typedPart(typed) : `<p id="alone" hidden>${escaped(nothing)}This window has lost the page that opened it. Close it and start again from Zoho CRM.</p>`}`,
  );
}

/** Whoever was sent the link sees whose sign-in this is, and that the code is for nobody else. */
const typedPart = ({ code, name, organisation }: TypedWay): string => `<div id="alone" hidden>
<p>This window cannot report back to the page in Zoho CRM. If you started this there yourself just now, type this code there:</p>
<p class="code"><code>${escaped(code.slice(0, 5))}-${escaped(code.slice(5))}</code></p>
<p>It signs in <strong>${escaped(name)}</strong> of <strong>${escaped(organisation)}</strong>, once, within two minutes.</p>
<p class="warning"><strong>Never read this code to anybody and never send it.</strong> Whoever has it sees what you may see. If somebody sent you the link to this page, close it.</p>
</div>`;

function outcomeOf(message: PopupMessage): { title: string; text: string } {
  switch (message.type) {
    case 'customer360.signed-in':
      return { title: 'Signed in', text: 'You can close this window and go on in Zoho CRM.' };
    case 'customer360.books-connected':
      // Not connected yet: the page that opened this window has the last word.
      return { title: 'Zoho has answered', text: 'The settings page now connects Zoho Books.' };
    case 'customer360.refused':
      return refusalOf(message.problem as ProblemCode); // safe because the callback puts a problem code there
  }
}

/** For a request nobody is waiting for: its own page, and no message to anyone. */
export function refusalPage(code: ProblemCode): string {
  const { title, text } = refusalOf(code);
  return page(title, `<h1>${escaped(title)}</h1><p>${escaped(text)}</p>`);
}

function refusalOf(code: ProblemCode): { title: string; text: string } {
  return {
    title: titleOf(code),
    text: WHAT_TO_DO[code] ?? 'Close this window and start again from Zoho CRM.',
  };
}

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
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

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
