import type { AccountFacts } from './crm-wire.ts';
import type { Dice } from './dice.ts';
import { crmId } from './ids.ts';
import { COMPANIES } from './names.ts';
import { PEOPLE, type Person } from './people.ts';
import { type Day, daysAfter } from './plain-day.ts';
import { SHOWCASE, SHOWCASE_KEYS, type ShowcaseKey } from './showcase.ts';

/** The showcased accounts first, in their order, then everyday ones. */
export const demoAccounts = (dice: Dice, today: Day): AccountFacts[] => [
  ...SHOWCASE_KEYS.map((key) => showcaseAccount(key, today)),
  ...everydayAccounts(dice, today),
];

function showcaseAccount(key: ShowcaseKey, today: Day): AccountFacts {
  const { accountId: id, name, owner, industry, place, currency: code } = SHOWCASE.accounts[key];
  const [city, state, country] = place;
  const type = key === 'prospect' || key === 'noTransactions' ? 'Prospect' : 'Customer';
  return {
    id,
    name,
    owner: PEOPLE[owner],
    industry,
    city,
    state,
    country,
    currency: code,
    since: daysAfter(today, -700),
    type,
  };
}

function everydayAccounts(dice: Dice, today: Day): AccountFacts[] {
  const { rep, managerEast, managerWest, formerRep, director, support } = PEOPLE;
  const east: readonly Person[] = [rep, rep, managerEast];
  const west: readonly Person[] = [managerWest, managerWest, formerRep];
  return COMPANIES.map(([name, industry, city, state, country = 'U.S.A', code = 'USD'], at) => ({
    id: crmId('account', SHOWCASE_KEYS.length + at + 1),
    name,
    industry,
    city,
    state,
    country,
    currency: code,
    owner:
      at === 5
        ? support
        : at % 17 === 16
          ? director
          : dice.pick(['CA', 'OR', 'WA', 'UT', 'AZ', 'CO'].includes(state) ? west : east),
    since: daysAfter(today, -dice.between(640, 1400)),
  }));
}
