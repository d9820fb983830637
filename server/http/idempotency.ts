import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../contract/problem.ts';
import type { Once } from '../identity/once.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A question that is too long for an address: it changes nothing. */
    reading?: true;
    /** Repeated requests are answered as the first one was, by the route itself. */
    replays?: true;
  }
  interface FastifyRequest {
    /** Taken for this request; given back when it was not done. */
    idempotencyKey: string | null;
  }
}

const KEY = /^[A-Za-z0-9_-]{16,64}$/;

export const isReading = ({
  method,
  routeOptions,
}: Pick<FastifyRequest, 'method' | 'routeOptions'>): boolean =>
  method === 'GET' || method === 'HEAD' || routeOptions.config.reading === true;

/**
 * Whatever changes something on behalf of a session needs an `Idempotency-Key`, so that it is done once however often
 * it arrives. The same request again is refused as such, and another one with that key as senseless. A request that was
 * refused or failed may be sent again with its key.
 */
export function requireIdempotencyKeys(app: FastifyInstance, once: Once): void {
  app.decorateRequest('idempotencyKey', null);
  app.addHook('preHandler', async (request) => {
    if (!request.caller || isReading(request)) return;
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) throw new Problem('request.invalid');
    if (request.routeOptions.config.replays) return;
    const asked = JSON.stringify([request.method, request.url, request.body ?? null]);
    const requestHash = createHash('sha256').update(asked).digest('base64url');
    await once.takeKey(request.caller, key, requestHash);
    request.idempotencyKey = key;
  });
  app.addHook('onSend', async (request, reply) => {
    const { caller, idempotencyKey: key } = request;
    if (caller && key !== null && reply.statusCode >= 400) await once.giveKeyBack(caller, key);
  });
}
