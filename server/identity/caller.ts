import type { Install } from './install.ts';
import type { Amr } from './session-token.ts';

/** Who is asking, as Zoho says it with the user's own token; nothing in here came from the browser. */
export interface Caller {
  readonly install: Install;
  readonly crmUserId: string;
  readonly name: string;
  readonly email: string;
  readonly roleId: string;
  readonly profileId: string;
  readonly administrator: boolean;
  readonly sessionId: string;
  /** How they signed in. */
  readonly amr: Amr;
  /** Until when all this may be believed, unless something is committed; in milliseconds. */
  readonly believedUntil: number;
  /** The access token of this request. */
  readonly token: { readonly id: string; readonly issuedAt: Date };
}
