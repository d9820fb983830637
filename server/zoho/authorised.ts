import type { ZohoAnswer } from './transport.ts';

/** The caller's access token; `renew` when Zoho no longer knows the one it has. Throws `ZohoTrouble`. */
export type AccessToken = (force?: 'renew') => Promise<string>;

/**
 * Asks, and when Zoho does not know the token, asks once more with a renewed one. A token that is refused right after
 * renewal is not renewed again: Zoho allows ten new ones in ten minutes, and the answer would be the same.
 */
export function createAuthorised(accessToken: AccessToken, isUnknownToken: (answer: ZohoAnswer) => boolean) {
  let renewed: string | null = null;
  return async (ask: (token: string) => Promise<ZohoAnswer>): Promise<ZohoAnswer> => {
    const token = await accessToken();
    const answer = await ask(token);
    if (!isUnknownToken(answer) || token === renewed) return answer;
    renewed = await accessToken('renew');
    return ask(renewed);
  };
}
