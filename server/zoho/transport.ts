import { randomUUID } from 'node:crypto';
import { parseExactJson } from './exact-json.ts';
import { ZohoTrouble } from './trouble.ts';

export interface ZohoRequest {
  readonly service: ZohoTrouble['service'];
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Origin of a data centre, exactly as in the table. */
  readonly origin: string;
  /** Path with `{names}` for what varies, e.g. `/books/v3/invoices/{id}`: this is what logs and metrics see. */
  readonly path: string;
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as a JSON body. */
  readonly json?: object;
  readonly accessToken?: string;
  /** What the call is for, as metrics name it. */
  readonly purpose?: string;
}

export interface ZohoAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; `null` when the answer is empty, or an error that is not JSON. */
  readonly body: unknown;
}

/** One call as operations may see it: no ids, no query, no token. */
export interface CallRecord {
  readonly service: ZohoTrouble['service'];
  readonly method: string;
  readonly path: string;
  readonly purpose: string | null;
  /** `null` when no answer came. */
  readonly status: number | null;
  /** Why there is no usable answer, e.g. `timeout`. */
  readonly failure: string | null;
  readonly durationMs: number;
  readonly requestId: string;
}

export type Transport = (request: ZohoRequest) => Promise<ZohoAnswer>;

interface TransportNeeds {
  /** The only origins a request may go to, i.e. the data-centre table. */
  readonly allowedOrigins: Iterable<string>;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly userAgent?: string;
  /** Names the request being served, so that a call can be found from it. A random one when absent. */
  readonly requestId?: () => string | undefined;
  readonly onCall?: (call: CallRecord) => void;
}

const PATH_ID = /^[A-Za-z0-9_-]{1,50}$/;

/**
 * The only door to Zoho. Follows no redirect, reads at most `maxBytes` within `timeoutMs`, and throws `ZohoTrouble`
 * `unreachable` for no answer, a redirect, or a good status with a body that is not JSON. Other statuses are the
 * caller's to judge. Errors carry neither body, header, query nor address.
 */
export function createTransport({
  allowedOrigins,
  timeoutMs = 10_000,
  maxBytes = 5 * 1024 * 1024,
  userAgent = 'customer-360',
  requestId = () => undefined,
  onCall = () => undefined,
}: TransportNeeds): Transport {
  const allowed = new Set(allowedOrigins);

  async function ask(request: ZohoRequest): Promise<ZohoAnswer> {
    const url = addressOf(request, allowed);
    const headers = new Headers({ accept: 'application/json', 'user-agent': userAgent });
    if (request.accessToken !== undefined)
      headers.set('authorization', `Zoho-oauthtoken ${request.accessToken}`);
    if (request.json) headers.set('content-type', 'application/json');
    const response = await fetch(url, {
      method: request.method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(request.form ? { body: new URLSearchParams(request.form) } : {}),
      ...(request.json ? { body: JSON.stringify(request.json) } : {}),
    });
    const { status } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw new ZohoTrouble(request.service, 'unreachable', { status, code: 'redirected' });
    }
    return { status, headers: response.headers, body: await bodyOf(request, response, maxBytes) };
  }

  return async (request) => {
    const startedAt = performance.now();
    const record = (status: number | null, failure: string | null): void =>
      onCall({
        service: request.service,
        method: request.method,
        path: request.path,
        purpose: request.purpose ?? null,
        status,
        failure,
        durationMs: performance.now() - startedAt,
        requestId: requestId() ?? randomUUID(),
      });
    try {
      const answer = await ask(request);
      record(answer.status, null);
      return answer;
    } catch (cause) {
      // No `cause` on the trouble: the platform's own errors can quote the address or a header.
      const trouble =
        cause instanceof ZohoTrouble
          ? cause
          : new ZohoTrouble(request.service, 'unreachable', { code: failureOf(cause) });
      record(trouble.detail.status ?? null, trouble.detail.code ?? trouble.kind);
      throw trouble;
    }
  };
}

function addressOf({ service, origin, path, ids, query }: ZohoRequest, allowed: ReadonlySet<string>): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids?.[name] ?? '';
    // Ids come from browsers and from Zoho; neither may steer the path.
    if (!PATH_ID.test(id)) throw new ZohoTrouble(service, 'refused', { code: 'malformed_id' });
    return id;
  });
  const url = allowed.has(origin) ? new URL(origin + filled) : null;
  if (url?.origin !== origin) throw new ZohoTrouble(service, 'refused', { code: 'origin_not_allowed' });
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return url;
}

async function bodyOf({ service }: ZohoRequest, response: Response, maxBytes: number): Promise<unknown> {
  const { status } = response;
  const text = await textWithin(response, maxBytes);
  if (text === null) throw new ZohoTrouble(service, 'unreachable', { status, code: 'too_large' });
  if (text === '') return null;
  try {
    return parseExactJson(text);
  } catch {
    // An error page in front of Zoho is often HTML; its status still says what happened.
    if (status >= 400) return null;
    throw new ZohoTrouble(service, 'unreachable', { status, code: 'not_json' });
  }
}

/** `null` as soon as more than `maxBytes` have come, unpacked: a small gzip can hold a large text. */
async function textWithin(response: Response, maxBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null; // leaving the loop cancels the stream
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A short word for logs, e.g. `timeout` or `ECONNRESET`. */
function failureOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no_answer';
  if (cause.name === 'TimeoutError') return 'timeout';
  const code = codeOf(cause) ?? codeOf(cause.cause);
  return code ?? 'no_answer';
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z_]{3,40}$/.test(error.code) ? error.code : undefined;
}
