import { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PopupMessage } from '../../contract/auth.ts';
import type { TypedWay } from '../../identity/sign-in-codes.ts';
import { donePage, goPage, refusalPage } from '../popup-pages.ts';
import { popupWords } from './popup-language.ts';
import { ENGLISH } from './popup-words.ts';

const OURS = 'https://c360.example.com';
const consented: PopupMessage = { type: 'customer360.books-connected', tx: 't', code: 'c' };
const script: string = './popup.js';

let page: Window;
beforeEach(() => {
  vi.resetModules(); // it runs once per page
  page = new Window();
  vi.spyOn(page, 'close').mockReturnValue(undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  page.happyDOM.abort();
});

/** The popup's last page, in a window that somebody opened, or nobody. */
async function opens(message: PopupMessage, opener: object | null, typed?: TypedWay): Promise<void> {
  page.document.body.innerHTML =
    /<body>(.*)<\/body>/s.exec(donePage(ENGLISH, message, OURS, typed))?.[1] ?? '';
  vi.stubGlobal('document', page.document);
  vi.stubGlobal('window', { opener, close: page.close });
  await import(script);
}

const visibleText = (): string =>
  [...page.document.querySelectorAll('h1, p')]
    .filter((part) => !part.closest('[hidden]'))
    .map(({ textContent }) => textContent)
    .join(' ');

test('the page that opened the window gets the code, at exactly our address', async () => {
  const postMessage = vi.fn();
  await opens(consented, { postMessage });
  expect(postMessage.mock.calls).toEqual([[consented, OURS]]);
  expect(page.close).toHaveBeenCalled();
});

test('in a window that nobody opened it says that nothing was connected', async () => {
  await opens(consented, null);
  expect(visibleText()).toBe(
    'Zoho has answered Nothing was connected. This window has lost the page that opened it. Close it and start again from Zoho CRM.',
  );
});

const signedIn: PopupMessage = { type: 'customer360.signed-in', tx: 't', code: 'c' };
const typed: TypedWay = { code: '0123456789', name: 'Ann <b>', organisation: 'Keller & Co' };

test('a sign-in that nobody opened shows its code, whose it is, and that it is for nobody else', async () => {
  await opens(signedIn, null, typed);
  const text = visibleText();
  expect(text).toContain('01234-56789');
  expect(text).toContain('It signs in Ann <b> of Keller & Co, once, within two minutes.');
  expect(text).toContain('Never read this code to anybody and never send it.');
  expect(page.close).not.toHaveBeenCalled();
});

test('a window with an opener shows no code, not even to an opener that is not ours', async () => {
  await opens(signedIn, { postMessage: vi.fn() }, typed);
  expect(visibleText()).not.toContain('01234');
  expect(page.close).toHaveBeenCalled();
});

test('a refusal keeps its own words', async () => {
  await opens({ type: 'customer360.refused', tx: 't', problem: 'sign_in.invalid' }, null);
  expect(visibleText()).toMatch(/^The sign-in cannot be completed The link is used up/);
});

test('speaks the first language the browser asks for that it knows, and says which', () => {
  const language = (header: string | undefined) => popupWords(header).language;
  expect([undefined, '', 'fr', '*', 'de', 'de-AT,de;q=0.9,en;q=0.8'].map(language)).toEqual([
    'en',
    'en',
    'en',
    'en',
    'de',
    'de',
  ]);
  expect(['en;q=0.3, ar-EG;q=0.7', 'fr, ar;q=0, de;q=0.1', 'xx;q=nonsense,DE'].map(language)).toEqual([
    'ar',
    'de',
    'de',
  ]);
  expect(refusalPage(popupWords('ar'), 'sign_in.invalid')).toContain('<html lang="ar" dir="rtl">');
  expect(refusalPage(popupWords('de'), 'server.failed')).toContain('<h1>Das hat nicht geklappt</h1>');
});

test('nothing of what a browser asks for, and no name, becomes markup or text of ours', () => {
  const hostile = popupWords('"><script>alert(1)</script>,de');
  const shown = goPage(hostile, 't', { purpose: 'books', organisation: '<b>{organisation} $& $1</b>' });
  expect(shown).not.toContain('alert');
  expect(shown).toContain('„<bdi>&#60;b&#62;{organisation} $&#38; $1&#60;/b&#62;</bdi>“');
});
