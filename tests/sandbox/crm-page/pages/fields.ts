import type { ModuleName } from './modules.ts';
import { day, email, lookup, money, owner, percent, place, plain, type Show, stage } from './values.ts';

export interface Field {
  readonly label: string;
  readonly show: Show;
  /** Numbers are read from the right. */
  readonly align?: 'end';
}

const field = (label: string, show: Show): Field => ({ label, show });

/** Columns of the list after the name. */
export const columns = (base: string): Record<ModuleName, readonly Field[]> => ({
  Accounts: [field('Industry', plain('Industry')), field('Location', place), field('Owner', owner)],
  Deals: [
    field('Account', lookup('Account_Name', 'accounts')),
    field('Stage', stage),
    { label: 'Amount', show: money('Amount', base), align: 'end' },
    field('Closing', day('Closing_Date')),
    field('Owner', owner),
  ],
  Contacts: [
    field('Account', lookup('Account_Name', 'accounts')),
    field('Email', email),
    field('Title', plain('Title')),
    field('Owner', owner),
  ],
});

/** What a record page shows, in order; empty ones stay, as CRM shows them. */
export const details = (base: string): Record<ModuleName, readonly Field[]> => ({
  Accounts: [
    field('Account owner', owner),
    field('Type', plain('Account_Type')),
    field('Industry', plain('Industry')),
    field('Location', place),
    field('Phone', plain('Phone')),
    field('Website', plain('Website')),
    field('Currency', plain('Currency')),
    field('Created', day('Created_Time')),
  ],
  Deals: [
    field('Deal owner', owner),
    field('Account', lookup('Account_Name', 'accounts')),
    field('Contact', lookup('Contact_Name', 'contacts')),
    field('Stage', stage),
    field('Amount', money('Amount', base)),
    field('Probability', percent('Probability')),
    field('Expected revenue', money('Expected_Revenue', base)),
    field('Closing date', day('Closing_Date')),
    field('Currency', plain('Currency')),
    field('Created', day('Created_Time')),
  ],
  Contacts: [
    field('Contact owner', owner),
    field('Account', lookup('Account_Name', 'accounts')),
    field('Title', plain('Title')),
    field('Email', email),
    field('Phone', plain('Phone')),
    field('Created', day('Created_Time')),
  ],
});
