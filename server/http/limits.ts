import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../contract/problem.ts';

export interface Limits {
  /** Questions of one person. */
  readonly perUserPerMinute: number;
  /** Sign-ins begun or completed from one address. */
  readonly signInsPerMinute: number;
}

const NO_HEADERS = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

/** Protects the organisation's Zoho budgets from one person, and the sign-in from one address. */
export async function limitRequests(app: FastifyInstance, { perUserPerMinute }: Limits): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    // after the caller is known, so that colleagues behind one address do not share a budget
    hook: 'preHandler',
    max: perUserPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request: FastifyRequest) =>
      request.caller
        ? `user:${request.caller.install.id}:${request.caller.crmUserId}`
        : `address:${request.ip}`,
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem('request.too_many', { retryAfterSeconds: Math.ceil(ttl / 1_000) }),
    // what is left is nobody's business; who must wait is told by retry-after of the problem
    addHeadersOnExceeding: NO_HEADERS,
    addHeaders: { ...NO_HEADERS, 'retry-after': false },
  });
}
