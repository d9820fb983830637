import type * as z from 'zod/mini';
import { ProblemError } from './problem-error.ts';
import { type Request, send, understood } from './send.ts';
import { accessToken, dropToken, resumeSession } from './session.ts';

/**
 * A question to our API as the person who is signed in. A refused token is renewed once.
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
  const token = await accessToken();
  try {
    return await send(path, authorised(request, token));
  } catch (thrown) {
    if (!isAboutSession(thrown)) throw thrown;
    dropToken(token);
    await resumeSession();
    return send(path, authorised(request, await accessToken()));
  }
}

const authorised = (request: Request, token: string): Request => ({
  ...request,
  headers: { ...request.headers, authorization: `Bearer ${token}` },
});

const isAboutSession = (thrown: unknown): boolean =>
  thrown instanceof ProblemError && (thrown.code === 'session.ended' || thrown.code === 'session.missing');
