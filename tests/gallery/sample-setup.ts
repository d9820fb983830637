import type { Settings } from '../../server/contract/settings.ts';
import { type Check, type Setup, SetupStep } from '../../server/contract/setup.ts';
import { type Facts, judge } from '../../server/setup/pre-flight.ts';

export const ORGANISATIONS = [
  { id: '10234695', name: 'Northwind Supplies B.V.', currency: 'EUR', timeZone: 'Europe/Amsterdam' },
  { id: '10234696', name: 'Northwind Supplies Inc.', currency: 'USD', timeZone: 'America/New_York' },
] as const;

export const ROLES: Settings['roles'] = [
  { id: '1', name: 'CEO', template: 'exact', decided: true },
  { id: '2', name: 'Finance', template: 'least', suggested: 'exact', decided: false },
  { id: '3', name: 'Sales Representative', template: 'least', suggested: 'sales', decided: false },
  { id: '4', name: 'Warehouse', template: 'least', decided: false },
];

/** Everything before the step is done. */
export const setupAt = (step: SetupStep, more: Partial<Setup> = {}): Setup => {
  const at = SetupStep.options.indexOf(step);
  return {
    administrator: { name: 'Ada Admin' },
    crm: { organisation: 'Northwind Supplies' },
    steps: SetupStep.options.map((one, number) => ({ step: one, state: number < at ? 'done' : 'to_do' })),
    finishedAt: null,
    ...more,
  };
};

export const FINISHED: Setup = {
  ...setupAt('place'),
  steps: SetupStep.options.map((step) => ({ step, state: 'done' })),
  finishedAt: '2026-11-20T10:05:00Z',
};

const GOOD: Facts = {
  licence: { edition: 'enterprise', trial: null },
  crmCurrency: 'EUR',
  booksCurrency: 'EUR',
  modules: { Accounts: true, Deals: true, Contacts: true },
  missingCrmScopes: [],
  missingBooksScopes: { reading: [], links: [] },
  access: 'open',
  dataCentre: { crm: 'eu', books: 'eu' },
  secondsAhead: 1,
};

/** As the server judges it. */
export const checksOf = (facts: Partial<Facts>): readonly Check[] => judge({ ...GOOD, ...facts });
