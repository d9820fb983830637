import { afterEach, beforeEach } from 'vitest';
import type { Organisation } from './organisation.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './serve-sandbox.ts';
import { SMALL, smallOrganisation } from './small-organisation.ts';
import { BOOKS_SCOPES, CRM_SCOPES, signedIn } from './zoho-signed-in.ts';

export const client = { id: '1000.CLIENT', secret: 'secret' };

/** A fresh local Zoho over HTTP for each test, at noon (UTC) of 2026-11-20 until the test moves its clock. */
export function zohoUnderTest() {
  let now = new Date();
  let zoho: Sandbox;
  const start = async (
    options: Partial<SandboxOptions> & { organisation?: Organisation } = {},
  ): Promise<void> => {
    zoho = await startSandbox({ organisation: smallOrganisation(), client, clock: () => now, ...options });
  };
  beforeEach(async () => {
    now = new Date('2026-11-20T12:00:00Z');
    await start();
  });
  afterEach(() => zoho.close());

  const get = async (path: string, token: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(zoho.origin + path, {
      headers: { authorization: `Zoho-oauthtoken ${token}`, ...headers },
    });
    const body = await answer.text();
    return { status: answer.status, headers: answer.headers, body: body === '' ? null : JSON.parse(body) };
  };
  return {
    get zoho(): Sandbox {
      return zoho;
    },
    /** Starts over with other options. */
    async restart(options: Partial<SandboxOptions>): Promise<void> {
      await zoho.close();
      await start(options);
    },
    setClock: (to: string): void => {
      now = new Date(to);
    },
    later: (seconds: number): void => {
      now = new Date(now.getTime() + seconds * 1000);
    },
    get now(): Date {
      return now;
    },
    get,
    /** With all scopes unless told otherwise. */
    signIn: (
      userId: string,
      scopes: readonly string[] = [...CRM_SCOPES, ...BOOKS_SCOPES],
      prompt = 'consent',
    ) => signedIn({ origin: zoho.origin, userId, scopes, client, prompt }),
    books: (path: string, token: string) =>
      get(`/books/v3${path}${path.includes('?') ? '&' : '?'}organization_id=${SMALL.organisation}`, token),
  };
}
