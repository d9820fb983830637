import { describe, expect, it } from 'vitest';
import { CLOCK_TOLERANCE_SECONDS, type Facts, judge } from './pre-flight.ts';

const GOOD: Facts = {
  licence: { edition: 'enterprise', trial: null },
  crmCurrency: 'EUR',
  booksCurrency: 'EUR',
  modules: { Accounts: true, Deals: true, Contacts: true },
  missingCrmScopes: [],
  missingBooksScopes: { reading: [], links: [] },
  access: 'open',
  dataCentre: { crm: 'eu', books: 'eu' },
  secondsAhead: 0,
};

/** What is not as it should be, with what it says. */
const amiss = (facts: Partial<Facts>) =>
  judge({ ...GOOD, ...facts })
    .filter(({ state }) => state !== 'passed')
    .map(({ finding, state, blocks, values }) => [finding, blocks ? `${state}, blocks` : state, values]);

describe('whether everything is ready', () => {
  it('has nothing to say where it is', () => {
    expect(amiss({})).toEqual([]);
    expect(judge(GOOD)).toHaveLength(8);
  });

  it.each([
    ['ultimate', null, []],
    ['CRMPlus', null, []],
    ['professional', null, [['edition.unsure', 'warning', { edition: 'professional' }]]],
    ['standard', null, [['edition.without_widgets', 'failed, blocks', { edition: 'standard' }]]],
    ['free', 'enterprise', [['edition.trial', 'warning', { edition: 'enterprise', paid: 'free' }]]],
    ['free', 'standard', [['edition.without_widgets', 'failed, blocks', { edition: 'free' }]]],
    ['galactic', null, [['edition.unknown', 'warning', { edition: 'galactic' }]]],
  ] as const)('knows what edition %s with a trial of %s can hold', (edition, trial, expected) => {
    expect(amiss({ licence: { edition, trial } })).toEqual(expected);
  });

  it('tells what is not known yet from what is wrong', () => {
    expect(
      amiss({
        licence: null,
        booksCurrency: null,
        missingCrmScopes: null,
        missingBooksScopes: null,
        access: null,
        dataCentre: { crm: 'eu', books: null },
        secondsAhead: null,
        modules: { Accounts: true, Deals: null, Contacts: true },
      }).map(([finding, state]) => [finding, state]),
    ).toEqual([
      ['edition.untold', 'unknown'],
      ['modules.untold', 'unknown'],
      ['crm_scopes.untold', 'unknown'],
      ['clock.untold', 'unknown'],
      ['data_centre.waits', 'unknown'],
      ['books_scopes.waits', 'unknown'],
      ['access.waits', 'unknown'],
      ['currency.waits', 'unknown'],
    ]);
  });

  it('tells a connection that has ended from one that was never made', () => {
    const ended = { missingBooksScopes: null, access: null, dataCentre: { crm: 'eu', books: null } };
    expect(amiss(ended)).toEqual([
      ['data_centre.waits', 'unknown', { crm: 'eu' }],
      ['books_scopes.reconnect', 'failed, blocks', {}],
      ['access.reconnect', 'unknown', {}],
    ]);
  });

  it('names what is missing', () => {
    expect(amiss({ modules: { Accounts: true, Deals: false, Contacts: false } })).toEqual([
      ['modules.missing', 'failed, blocks', { modules: 'Deals, Contacts' }],
    ]);
    expect(amiss({ missingCrmScopes: ['ZohoCRM.settings.roles.READ'] })).toEqual([
      ['crm_scopes.missing', 'failed, blocks', { scopes: 'ZohoCRM.settings.roles.READ' }],
    ]);
    expect(amiss({ missingBooksScopes: { reading: ['a.READ'], links: ['b.UPDATE'] } })).toEqual([
      ['books_scopes.missing', 'failed, blocks', { scopes: 'a.READ, b.UPDATE' }],
    ]);
    expect(amiss({ access: 'refused' })).toEqual([['access.refused', 'failed, blocks', {}]]);
    expect(amiss({ access: 'untold' })).toEqual([['access.untold', 'unknown', {}]]);
  });

  it('lets other currencies and links that cannot be written be finished with', () => {
    expect(amiss({ booksCurrency: 'USD' })).toEqual([
      ['currency.differs', 'failed', { crm: 'EUR', books: 'USD' }],
    ]);
    expect(amiss({ missingBooksScopes: { reading: [], links: ['b.UPDATE'] } })).toEqual([
      ['books_scopes.no_links', 'warning', { scopes: 'b.UPDATE' }],
    ]);
  });

  it('tolerates a clock up to the second it says, to either side', () => {
    for (const side of [1, -1]) {
      expect(amiss({ secondsAhead: side * CLOCK_TOLERANCE_SECONDS })).toEqual([]);
      expect(amiss({ secondsAhead: side * (CLOCK_TOLERANCE_SECONDS + 1) })).toEqual([
        ['clock.off', 'warning', { seconds: '61', tolerance: '60' }],
      ]);
    }
  });
});
