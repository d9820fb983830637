import type { InstallState } from '../contract/lifecycle.ts';
import { type Definitions, USUAL_DEFINITIONS } from '../domain/definitions.ts';
import type { CurrencyCode } from '../domain/money.ts';

export type InstallId = string & { readonly __installId: never };

/** One CRM organisation that installed us, keyed on (data centre, zgid). */
export interface Install {
  readonly id: InstallId;
  readonly dataCentre: string;
  readonly zgid: string;
  readonly crmOrganisationId: string;
  readonly crmOrganisationName: string;
  readonly crmCurrency: CurrencyCode;
  /** Whether it reads, at this request. */
  readonly state: InstallState;
  /** `null` until an administrator has connected Books and chosen the organisation. */
  readonly books: ConnectedBooks | null;
  /** Of the policy in force at this request; 0 until an administrator has decided anything. */
  readonly policyVersion: number;
  /** What the organisation means by its figures, in force at this request; absent until anybody has decided. */
  readonly definitions?: { readonly version: number; readonly document: Definitions };
  /** CRM profile ids of administrators, noted when settings are saved: they see everything. */
  readonly administratorProfiles: ReadonlySet<string>;
}

/** By which figures of this organisation are made at this request. */
export const definitionsOf = ({ definitions }: Install): Definitions =>
  definitions?.document ?? USUAL_DEFINITIONS;

export interface ConnectedBooks {
  readonly organisationId: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  /** As Zoho named it when the organisation was chosen. */
  readonly plan?: string | undefined;
}
