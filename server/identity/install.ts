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
  /** `null` until an administrator has connected Books and chosen the organisation. */
  readonly books: ConnectedBooks | null;
  /** Of the policy in force at this request; 0 until an administrator has decided anything. */
  readonly policyVersion: number;
  /** CRM profile ids of administrators, noted when settings are saved: they see everything. */
  readonly administratorProfiles: ReadonlySet<string>;
}

export interface ConnectedBooks {
  readonly organisationId: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  /** As Zoho named it when the organisation was chosen. */
  readonly plan?: string | undefined;
}
