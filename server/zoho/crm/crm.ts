import type { CalendarDay } from '../../domain/calendar-day.ts';
import type { CurrencyCode, DecimalText } from '../../domain/money.ts';

export interface CrmUser {
  readonly id: string;
  readonly zuid: string | null;
  readonly name: string;
  readonly email: string;
  readonly role: { readonly id: string; readonly name: string };
  readonly profile: { readonly id: string; readonly name: string };
  /** Active, confirmed and of a type we admit (regular or lite). */
  readonly admitted: boolean;
}

interface CrmOrganisation {
  readonly id: string;
  /** Organisation id across Zoho's products; tenants are keyed on (data centre, zgid). */
  readonly zgid: string;
  readonly name: string;
  readonly currency: CurrencyCode;
}

/** The organisation as it stands right now. */
interface CrmStanding {
  readonly currency: CurrencyCode;
  /** CRM's own words for what is paid for, and for what is on trial; `null` where it does not tell. */
  readonly licence: { readonly edition: string; readonly trial: string | null } | null;
  /** When CRM answered by its own clock, whole seconds; `null` where it does not tell. */
  readonly zohoTime: Date | null;
}

export type CrmModule = 'Accounts' | 'Contacts' | 'Deals';

/** A role or a profile. */
interface CrmNamed {
  readonly id: string;
  readonly name: string;
}

interface CrmAccount {
  readonly id: string;
  readonly name: string;
}

export interface CrmContact {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
}

export interface CrmDeal {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly amount: DecimalText | null;
  /** `null` in organisations with one currency: then it is the organisation's. */
  readonly currency: CurrencyCode | null;
  readonly closingDate: CalendarDay | null;
  readonly accountId: string | null;
  readonly contactId: string | null;
}

/** CRM as one user sees it: every read runs with that user's own rights. Throws `ZohoTrouble`. */
export interface Crm {
  currentUser(): Promise<CrmUser>;
  organisation(): Promise<CrmOrganisation>;
  standing(): Promise<CrmStanding>;
  /** Whether the module is there and open to this person. @throws ZohoTrouble when CRM does not say */
  opensModule(module: CrmModule): Promise<boolean>;
  /** Ids of active, confirmed administrators. */
  administrators(): Promise<readonly { id: string; profileId: string }[]>;
  roles(): Promise<readonly CrmNamed[]>;
  profiles(): Promise<readonly CrmNamed[]>;
  /** `null` for absent, invisible and forbidden alike: from outside they are one thing. */
  account(id: string): Promise<CrmAccount | null>;
  deal(id: string): Promise<CrmDeal | null>;
  contact(id: string): Promise<CrmContact | null>;
  /** Those of the given deals this person may see; 48 to a call. */
  dealsSeen(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Ids of an account's contacts: customers may hang on a contact instead of the account. */
  contactsOfAccount(accountId: string): Promise<readonly string[]>;
}

/** Deals beyond the one that is looked at. Throws `ZohoTrouble`. */
export interface CrmDeals {
  /** As the person sees them; the first thousand. */
  dealsOfAccount(accountId: string): Promise<readonly CrmDeal[]>;
  /** Ids of deals CRM tells the person were deleted, also by a merge. */
  deletedDeals(): Promise<ReadonlySet<string>>;
}

/** A record of a list, as far as a Books customer could be recognised by it. */
export interface CrmListed {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly taxNumber: string | null;
  readonly email: string | null;
  /** Of a contact. */
  readonly accountId: string | null;
}

export interface CrmListedPage {
  readonly rows: readonly CrmListed[];
  /** How to go on; it belongs to whoever asked and never leaves the server. `null`: this was the last page. */
  readonly next: string | null;
}

/** Whole modules, 200 records to a call, as the person sees them. Throws `ZohoTrouble`. */
export interface CrmRecordLists {
  /** @param taxField CRM's own name of the field with the tax number, where there is one */
  accountsPage(cursor: string | null, taxField: string | null): Promise<CrmListedPage>;
  contactsPage(cursor: string | null): Promise<CrmListedPage>;
  /** Names by id of those there are; 48 to a call. */
  recordsSeen(module: 'Accounts' | 'Contacts', ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
