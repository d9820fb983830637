import type { Deal } from '../domain/documents.ts';

/** A CRM record the caller was allowed to read just now (or within the last minute). */
export type SeenRecord =
  | { readonly module: 'Accounts'; readonly id: string; readonly name: string }
  | {
      readonly module: 'Contacts';
      readonly id: string;
      readonly name: string;
      readonly accountId: string | null;
    }
  | {
      readonly module: 'Deals';
      readonly id: string;
      readonly name: string;
      readonly deal: Deal;
      /** The deal's account; `hidden` when this person may open the deal but not its account. */
      readonly account: { readonly id: string; readonly name: string } | 'none' | 'hidden';
    };
