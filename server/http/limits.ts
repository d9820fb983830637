import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { Problem } from '../contract/problem.ts';
import type { VerifiedSession } from '../identity/session.ts';

export interface Limits {
  /** Questions from one address, whoever asks and whether or not they prove who they are. */
  readonly perAddressPerMinute: number;
  /** Questions of one person. */
  readonly perUserPerMinute: number;
  /** Questions of all people of one organisation together. */
  readonly perInstallPerMinute: number;
  /** Sign-ins begun or completed from one address. */
  readonly signInsPerMinute: number;
  /** Requests that are being answered at the same time. */
  readonly atOnce: number;
}

const NO_HEADERS = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };
const MINUTE_MS = 60_000;
/** After this many seconds somebody who was turned away may find room. */
const BUSY_SECONDS = 2;

const tooMany = (ttlMs: number): Problem =>
  new Problem('request.too_many', { retryAfterSeconds: Math.ceil(ttlMs / 1_000) });

/** Who sent a token that is genuine; what CRM says of them is not known yet. */
export type Asker = Pick<VerifiedSession, 'installId' | 'crmUserId'>;

declare module 'fastify' {
  interface FastifyRequest {
    asker: Asker | null;
  }
}

/** Which address a request comes from, whatever stands between. */
export type AddressOf = (request: IncomingMessage) => string;

/** As the app finds it. @param trusted addresses whose X-Forwarded-For is believed */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  if (trusted.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const trusts = proxyAddr.compile([...trusted]);
  return (request) => proxyAddr(request, trusts);
}

/** Counts a request; says what it is refused with once there were too many of the kind within a minute. */
export interface Counting {
  address(ip: string): Problem | null;
  /** For the person and their organisation; to be called before anything is asked for them. */
  asker(asker: Asker): Problem | null;
}

/** Addresses, people and organisations that are counted at the same time; who is pushed out begins anew. */
const MOST_COUNTED = 50_000;

/** Protects the organisation's Zoho budgets from one person and from all together, and us from one address. */
export function createCounting(limits: Limits): Counting {
  const addresses = countEach(limits.perAddressPerMinute);
  const users = countEach(limits.perUserPerMinute);
  const installs = countEach(limits.perInstallPerMinute);
  return {
    address: addresses,
    // Whoever is refused already takes nothing from the colleagues' budget.
    asker: ({ installId, crmUserId }) => users(`${installId}:${crmUserId}`) ?? installs(installId),
  };
}

/** Counts addresses before a token is looked at. Routes that limit themselves (`rateLimit`) are left to do so. */
export async function limitAddresses(app: FastifyInstance, counting: Counting): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    timeWindow: MINUTE_MS,
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
    // what is left is nobody's business; who must wait is told by retry-after of the problem
    addHeadersOnExceeding: NO_HEADERS,
    addHeaders: { ...NO_HEADERS, 'retry-after': false },
  });
  app.decorateRequest('asker', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const isCounted = !request.is404 && request.routeOptions.config.rateLimit === undefined;
    done((isCounted && counting.address(request.ip)) || undefined);
  });
}

/** Each name so often within the minute that its first one began. */
function countEach(most: number): (name: string) => Problem | null {
  const minutes = new LRUCache<string, { until: number; count: number }>({ max: MOST_COUNTED });
  return (name) => {
    const minute = minutes.get(name);
    const left = (minute?.until ?? 0) - performance.now();
    if (!minute || left <= 0) {
      minutes.set(name, { until: performance.now() + MINUTE_MS, count: 1 });
      return null;
    }
    minute.count += 1;
    return minute.count > most ? tooMany(left) : null;
  };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered however busy the server is: whoever runs it has to see how it is. */
    evenWhenBusy?: boolean;
  }
  interface FastifyRequest {
    /** Under which name it is counted while it is being answered; `null` where it is not. */
    countedAs: string | null;
  }
}

/** Nobody takes more than this part of the room, so that a flood of one leaves some for the others. */
const SHARE = 1 / 4;

/**
 * Turns requests away before anything is done for them: all while too many are being answered, and those of one token
 * while it has its share.
 */
export function refuseWhenBusy(app: FastifyInstance, { atOnce }: Pick<Limits, 'atOnce'>): void {
  const share = Math.max(2, Math.floor(atOnce * SHARE));
  const answering = new Map<string, number>();
  let all = 0;
  app.decorateRequest('countedAs', null);
  const refusal = (request: FastifyRequest): Problem | undefined => {
    if (request.routeOptions.config.evenWhenBusy) return;
    // Not yet verified: who makes tokens up is refused sooner than anything is asked for them.
    const { authorization = '' } = request.headers;
    const mine = answering.get(authorization) ?? 0;
    if (authorization !== '' && mine >= share)
      return new Problem('request.too_many', { retryAfterSeconds: BUSY_SECONDS });
    if (all >= atOnce) return new Problem('server.overloaded', { retryAfterSeconds: BUSY_SECONDS });
    all += 1;
    answering.set(authorization, mine + 1);
    request.countedAs = authorization;
  };
  app.addHook('onRequest', (request, _reply, done) => done(refusal(request)));
  const over = (request: FastifyRequest): void => {
    const { countedAs } = request;
    if (countedAs === null) return;
    request.countedAs = null;
    all -= 1;
    const left = (answering.get(countedAs) ?? 1) - 1;
    if (left === 0) answering.delete(countedAs);
    else answering.set(countedAs, left);
  };
  app.addHook('onResponse', (request, _reply, done) => {
    over(request);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    over(request);
    done();
  });
}
