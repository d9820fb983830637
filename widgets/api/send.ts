import type * as z from 'zod/mini';
import { ProblemAnswer } from '../../server/contract/problems.ts';
import { apiOrigin } from './api-origin.ts';
import { ProblemError } from './problem-error.ts';

/** The server gives up on Zoho after 8 s and then answers by itself, so longer silence is the network's. */
const TIMEOUT_MS = 12_000;

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** What a good answer is taken for; JSON unless said otherwise. */
  readonly answer?: 'text';
}

/** One exchange with our server. @throws ProblemError for every answer but a good one, and for none. */
export async function send(path: string, request: Request = {}): Promise<unknown> {
  const response = await fetched(path, request);
  const text = await response.text();
  const body = json(text);
  if (response.ok) return request.answer === 'text' ? text : body;
  const problem = ProblemAnswer.safeParse(body);
  if (problem.success) throw ProblemError.from(problem.data);
  throw new ProblemError('widget.unreadable', { cause: new Error(`${response.status} without a problem`) });
}

/** What a good answer says. @throws ProblemError when it is not what the contract promises. */
export function understood<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProblemError('widget.unreadable', { cause: parsed.error });
}

async function fetched(path: string, { method = 'GET', body, headers, signal }: Request): Promise<Response> {
  const origin = apiOrigin();
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(origin + path, {
      method,
      // the refresh handle is a cookie of our server
      credentials: origin === window.location.origin ? 'same-origin' : 'include',
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause; // nobody waits for it any more
    throw new ProblemError(timeout.aborted ? 'widget.timeout' : 'widget.offline', { cause });
  }
}

/** `undefined` for an empty body and for anything that is not JSON; schemas refuse it where it matters. */
function json(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
