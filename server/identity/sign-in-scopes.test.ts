import { expect, it } from 'vitest';
import { givenOf, missingScopes } from './sign-in-scopes.ts';

it('a scope counts as given in any case of letters, and by all of its group; not by another operation or a longer name', () => {
  const wanted = ['ZohoBooks.invoices.READ', 'ZohoBooks.contacts.READ', 'ZohoBooks.settings.READ'];
  const given = [
    'zohobooks.invoices.read',
    'ZohoBooks.contacts.ALL',
    'ZohoBooks.settings.UPDATE',
    'ZohoBooks.settingsX.ALL',
  ];
  expect(missingScopes(wanted, given)).toEqual(['ZohoBooks.settings.READ']);
  expect(givenOf(wanted, given)).toEqual(['ZohoBooks.invoices.READ', 'ZohoBooks.contacts.READ']);
  expect(givenOf(wanted, undefined)).toEqual(wanted);
});
