/**
 * What can go wrong between us and Zoho, in the five ways the rest of the server treats differently.
 * Never carries a Zoho body or header: a server can echo our token back, and errors reach logs.
 */
export type TroubleKind =
  | 'unreachable' // no answer, a 5xx, or an answer that makes no sense; worth another try later
  | 'rate_limited' // a budget of Zoho's or our own is used up
  | 'refused' // the token is good but this call is not allowed (scope, permission, organisation)
  | 'revoked' // the grant is gone: someone must sign in or connect again
  | 'unreadable'; // our own stored credential can no longer be decrypted

export class ZohoTrouble extends Error {
  override readonly name = 'ZohoTrouble';
  readonly service: 'accounts' | 'crm' | 'books';
  readonly kind: TroubleKind;
  readonly detail: {
    readonly status?: number;
    readonly code?: string;
    readonly retryAfterSeconds?: number;
    readonly cause?: unknown;
  };

  constructor(service: ZohoTrouble['service'], kind: TroubleKind, detail: ZohoTrouble['detail'] = {}) {
    super(`${service} ${kind}${detail.code ? ` (${detail.code})` : ''}`, { cause: detail.cause });
    this.service = service;
    this.kind = kind;
    this.detail = detail;
  }
}
