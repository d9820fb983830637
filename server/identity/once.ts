import { Problem } from '../contract/problem.ts';
import type { Database } from '../store/database.ts';
import { giveKeyBack, spendToken, takeKey } from '../store/once.ts';
import type { Caller } from './caller.ts';

/** How old an access token may be that changes an organisation's settings. */
const FRESH_MS = 60_000;
/** How long idempotency keys count. */
const KEYS_MS = 10 * 60_000;

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
}

/** What keeps a request from being done twice, or by somebody who came by an old token. */
export interface Once {
  /** Uses the caller's access token up. @throws Problem `session.not_fresh`: a refresh gives a new one */
  spendFreshToken(caller: Caller): Promise<void>;
  /** @throws Problem `request.repeated` for the same request again, `request.invalid` for another one with that key */
  takeKey(caller: Caller, key: string, requestHash: string): Promise<void>;
  /** What was asked with the key was not done. */
  giveKeyBack(caller: Caller, key: string): Promise<void>;
}

export function createOnce({ database, clock }: Needs): Once {
  return {
    async spendFreshToken({ sessionId, token }) {
      const now = clock();
      const ageMs = now.getTime() - token.issuedAt.getTime();
      const mine =
        ageMs <= FRESH_MS &&
        // A token nobody accepts any more needs no remembering.
        (await spendToken(database, {
          jti: token.id,
          sessionId,
          now,
          forget: new Date(now.getTime() - 10 * FRESH_MS),
        }));
      if (!mine) throw new Problem('session.not_fresh');
    },

    async takeKey({ sessionId }, key, requestHash) {
      const now = clock();
      const forget = new Date(now.getTime() - KEYS_MS);
      const taken = await takeKey(database, { sessionId, key, requestHash, now, forget });
      if (taken === 'repeated') throw new Problem('request.repeated');
      if (taken === 'other') throw new Problem('request.invalid');
    },

    giveKeyBack: ({ sessionId }, key) => giveKeyBack(database, { sessionId, key }),
  };
}
