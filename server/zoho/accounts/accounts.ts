import type { DataCentre } from '../data-centres.ts';

export interface Grant {
  readonly accessToken: string;
  readonly expiresAt: Date;
  /** Absent on refresh and on a repeated consent: Zoho does not rotate refresh tokens. */
  readonly refreshToken?: string;
  /** The data centre's API origin, already checked against our table. */
  readonly apiOrigin: string;
  /** What was given; absent where Zoho does not say. */
  readonly scopes?: readonly string[];
}

/** Zoho's OAuth server of one data centre. Throws `ZohoTrouble`; `revoked` means the grant is gone for good. */
export interface Accounts {
  authorisationUrl(ask: {
    dataCentre: DataCentre;
    redirectUri: string;
    scopes: readonly string[];
    state: string;
    prompt: 'consent' | 'none';
  }): string;
  exchange(ask: { dataCentre: DataCentre; code: string; redirectUri: string }): Promise<Grant>;
  refresh(ask: { dataCentre: DataCentre; refreshToken: string }): Promise<Grant>;
  revoke(ask: { dataCentre: DataCentre; refreshToken: string }): Promise<void>;
}
