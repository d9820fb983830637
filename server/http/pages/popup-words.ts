import type { ProblemCode } from '../../contract/problems.ts';
import { titleOf } from '../problems.ts';

interface Said {
  readonly title: string;
  readonly text: string;
}

/** What the popup says in one language. `{name}` and `{organisation}` are filled in, escaped, by the page. */
export interface PopupWords {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly panel: Said;
  readonly setup: Said;
  readonly books: Said;
  readonly onwards: string;
  readonly signedIn: Said;
  readonly consented: Said;
  readonly nothingConnected: string;
  readonly alone: string;
  readonly typed: {
    readonly how: string;
    readonly whose: string;
    readonly never: string;
    readonly neverWhy: string;
  };
  readonly refusals: Partial<Readonly<Record<ProblemCode, Said>>>;
  /** For every other problem. */
  readonly refused: (code: ProblemCode) => Said;
}

const AGAIN = 'Close this window and start again from Zoho CRM.';
const refused = (code: ProblemCode, text = AGAIN): Said => ({ title: titleOf(code), text });

export const ENGLISH: PopupWords = {
  language: 'en',
  direction: 'ltr',
  panel: {
    title: 'Sign in with Zoho',
    text: 'Customer 360 asks Zoho who you are, so that you see what your role may see. You continue at Zoho; we never see your password.',
  },
  setup: {
    title: 'Set up Customer 360',
    text: 'Sign in as an administrator of Zoho CRM. You continue at Zoho; we never see your password.',
  },
  books: {
    title: 'Connect Zoho Books',
    text: 'This lets the Zoho CRM organisation “{organisation}” show figures of the Zoho Books organisations you can open. Go on only if you started this yourself.',
  },
  onwards: 'Continue to Zoho',
  signedIn: { title: 'Signed in', text: 'You can close this window and go on in Zoho CRM.' },
  // Not connected yet: the page that opened this window has the last word.
  consented: { title: 'Zoho has answered', text: 'The settings page now connects Zoho Books.' },
  nothingConnected: 'Nothing was connected.',
  alone: 'This window has lost the page that opened it. Close it and start again from Zoho CRM.',
  typed: {
    how: 'This window cannot report back to the page in Zoho CRM. If you started this there yourself just now, type this code there:',
    whose: 'It signs in {name} of {organisation}, once, within two minutes.',
    never: 'Never read this code to anybody and never send it.',
    neverWhy: 'Whoever has it sees what you may see. If somebody sent you the link to this page, close it.',
  },
  refusals: {
    'sign_in.invalid': refused(
      'sign_in.invalid',
      'The link is used up or too old, or consent was not given. Close this window and start again from Zoho CRM.',
    ),
    'sign_in.not_installed': refused(
      'sign_in.not_installed',
      'Ask an administrator of your Zoho CRM to set Customer 360 up first, under its settings.',
    ),
    'sign_in.not_administrator': refused(
      'sign_in.not_administrator',
      'Ask an administrator of your Zoho CRM to do it.',
    ),
    'sign_in.other_organisation': refused(
      'sign_in.other_organisation',
      'Zoho is signed in as a user of another organisation than the page you came from. Switch the user at Zoho, then start again from Zoho CRM.',
    ),
    'sign_in.user_not_admitted': refused(
      'sign_in.user_not_admitted',
      'Customer 360 admits active, confirmed users of Zoho CRM. Ask your administrator.',
    ),
    'crm.unreachable': refused('crm.unreachable', 'Wait a moment, then start again from Zoho CRM.'),
    'crm.rate_limited': refused(
      'crm.rate_limited',
      'Many people are signing in. Wait ten minutes, then start again from Zoho CRM.',
    ),
  },
  refused,
};
