import { beforeAll, expect, it } from 'vitest';
import { ENGLISH, translator } from '../../ui/catalogue.ts';
import { loadMoreWords, loadSettingsWords } from '../../ui/languages.ts';
import { outcomeWords, subjectWords } from './audit-words.ts';

beforeAll(async () => {
  await Promise.all([loadMoreWords(ENGLISH), loadSettingsWords(ENGLISH)]);
});
const t = translator(ENGLISH);

it.each([
  ['handle_reused', 'ended for safety: an old token was used again'],
  ['linked not_yet:locked altered', 'linked, not yet in Zoho Books (period locked), changed by Zoho Books'],
  ['voided,no_right', 'document void, no right to it'],
  ['books_rate_limited', 'Zoho Books: no more calls for now'],
  ['sign_in.not_administrator', 'Only a CRM administrator can set this up'],
  ['Accounts/42', 'Account 42'],
  ['removed_12', '12 removed'],
  ['newer_than_this_page', 'newer_than_this_page'],
])('says of %s: %s', (code, words) => {
  expect(outcomeWords(t, code)).toBe(words);
});

it.each([
  ['setup/place', 'Place the panel in CRM'],
  ['policy/3', 'Version 3'],
  ['Books/814/97', 'Customer 97'],
  ['Deals/4 invoice/5', 'Deal 4 · Invoice 5'],
  ['Accounts/1 as roles/4 profiles/5', 'Account 1 · as role 4 · profile 5'],
  ['sessions/adfaafdf-1f3b-4b01-a1f2-03c363d4e931', 'Session adfaafdf'],
  ['/api/v1/settings/policy', 'Settings'],
  ['settings/books', 'Connection to Zoho Books'],
  ['sign-in/Users/7', 'User 7'],
  ['something', 'something'],
])('names %s as %s', (subject, words) => {
  expect(subjectWords(t, subject)).toBe(words);
});
