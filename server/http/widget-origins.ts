import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../contract/problem.ts';

export interface WidgetPages {
  /** Of the pages we serve ourselves, and of the API. */
  readonly publicUrl: string;
  /** Of widgets hosted by Zoho: exact, because every developer's widgets share the domain behind them. */
  readonly widgetOrigins: readonly string[];
}

const METHODS = 'GET, POST, PUT, DELETE';
/** What the widgets send: tokens, keys of changes, "not from before", and what no foreign page can send unasked. */
const HEADERS = 'authorization, cache-control, content-type, idempotency-key, x-customer-360';
/** How long a browser remembers the answer, in seconds; a page that is taken off the list is out after it. */
const REMEMBERED_SECONDS = '600';

/**
 * Lets pages of widgets hosted by Zoho read our answers, with the cookie. No other page: there is no pattern and no
 * `*`, and an origin that is not listed gets no header at all. `Vary: Origin` is on every answer of the API anyway.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function admitWidgetOrigins(app: FastifyInstance, { widgetOrigins }: WidgetPages): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin, 'access-control-request-method': wanted } = request.headers;
    if (origin === undefined || !widgetOrigins.includes(origin) || !/^\/(api|auth)\//.test(request.url))
      return;
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
    if (request.method !== 'OPTIONS' || wanted === undefined) return;
    return reply
      .headers({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': HEADERS,
        'access-control-max-age': REMEMBERED_SECONDS,
      })
      .code(204)
      .send();
  });
}

/**
 * The page that asks, where it is a widget hosted by Zoho; `null` for our own pages.
 * @throws Problem `request.invalid` for anybody else's page
 */
export function openerOf({ headers: { origin } }: FastifyRequest, pages: WidgetPages): string | null {
  if (origin === undefined || origin === pages.publicUrl) return null;
  if (!pages.widgetOrigins.includes(origin)) throw new Problem('request.invalid');
  return origin;
}

/**
 * Only our widgets can send both: other sites get no custom header past the browser, and never one of these origins.
 * @throws Problem `request.invalid`
 */
export function requireWidgetPage(request: FastifyRequest, pages: WidgetPages): void {
  if (request.headers.origin === undefined || request.headers['x-customer-360'] !== '1')
    throw new Problem('request.invalid');
  openerOf(request, pages);
}
