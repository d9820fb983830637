import type { ZohoAnswer } from './transport.ts';

/** The caller's access token; `renew` when Zoho no longer knows the one it has. Throws `ZohoTrouble`. */
export type AccessToken = (force?: 'renew') => Promise<string>;

/** Zoho allows ten new tokens in ten minutes; with this pause a client uses two of them at most. */
const RENEW_AGAIN_AFTER_MS = 5 * 60_000;

/**
 * Asks, and when Zoho does not know the token, asks once more with a renewed one. A token refused shortly after it
 * was renewed is not renewed again: the answer would be the same.
 */
export function createAuthorised(
  accessToken: AccessToken,
  isUnknownToken: (answer: ZohoAnswer) => boolean,
): (ask: (token: string) => Promise<ZohoAnswer>) => Promise<ZohoAnswer> {
  let renewed: { readonly token: string; readonly at: number } | null = null;
  return async (ask) => {
    const token = await accessToken();
    const answer = await ask(token);
    const isNew = renewed?.token === token && Date.now() - renewed.at < RENEW_AGAIN_AFTER_MS;
    if (!isUnknownToken(answer) || isNew) return answer;
    renewed = { token: await accessToken('renew'), at: Date.now() };
    return ask(renewed.token);
  };
}
