import type * as z from 'zod/mini';
import { ProblemError } from './problem-error.ts';
import { type Request, send, understood } from './send.ts';
import { accessToken, dropToken } from './session.ts';

/** A refused token is renewed; three, because changes sent at once must not share one. */
const MOST_TOKENS = 3;

/**
 * A question to our API as the person who is signed in. A refused token is renewed.
 * @throws ProblemError with the server's code and request id.
 */
export async function ask<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
  request: Request = {},
): Promise<z.infer<Schema>> {
  return understood(schema, await tell(path, request));
}

/** As `ask`, for requests whose answer says no more than that it was done. */
export async function tell(path: string, request: Request = {}): Promise<unknown> {
  const keyed = named(request);
  for (let tokens = 1; ; tokens += 1) {
    const token = await accessToken();
    try {
      return await send(path, authorised(keyed, token));
    } catch (thrown) {
      if (!isAboutSession(thrown) || tokens >= (thrown.code === 'session.not_fresh' ? MOST_TOKENS : 2))
        throw thrown;
      dropToken(token);
    }
  }
}

/** A change carries a name of its own, so that the server does it once however often it arrives. */
const named = (request: Request): Request =>
  request.method === undefined || request.method === 'GET'
    ? request
    : { ...request, headers: { 'idempotency-key': crypto.randomUUID(), ...request.headers } };

const authorised = (request: Request, token: string): Request => ({
  ...request,
  headers: { ...request.headers, authorization: `Bearer ${token}` },
});

const isAboutSession = (thrown: unknown): thrown is ProblemError =>
  thrown instanceof ProblemError && thrown.code.startsWith('session.');
