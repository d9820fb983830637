import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Audit, Noted } from '../audit/audit.ts';
import type { AuditEvent } from '../audit/chain.ts';
import type { Moment, Moments } from '../store/moments.ts';
import { auditedReading } from './audit-trail.ts';
import type { AddressOf, Asker, Counting } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { RequestLog } from './request-log.ts';

/** How old figures are, and whether a server follows all changes, is looked at again after this. */
const STANDS_MS = 10_000;
/** Wherever somebody is, their midnight is on one of these. */
const QUARTER_MS = 15 * 60_000;
/** Panels that are looked at within a few seconds. */
const MOST = 5_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** Until when everything this answer was made of may be believed, unless something is committed; `null`: it was not. */
    standsUntil: number | null;
  }
}

interface Standing {
  readonly moment: Moment;
  /** Instant in milliseconds. */
  readonly until: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** As declared, with `:names`. */
  readonly route: string;
  readonly asker: Asker;
  readonly installId: string;
  readonly event: AuditEvent;
  /** Where this look was written down the last time. */
  noted: Noted | null;
}

/** Somebody who asks for what may still stand. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly standing: Standing;
  /** By the clock for durations, in milliseconds. */
  readonly began: number;
}

interface Needs {
  readonly moments: Moments;
  readonly clock: () => Date;
  readonly counting: Counting;
  readonly addressOf: AddressOf;
  /** Requests that are answered at the same time. */
  readonly atOnce: number;
  readonly audit: Pick<Audit, 'note'>;
  readonly metrics: Pick<Metrics, 'served'>;
  readonly log: Pick<RequestLog, 'isOn' | 'answered'>;
  /** From then on whoever keeps a connection has to be told that it ends. */
  readonly stopping?: AbortSignal | undefined;
}

export interface StandingAnswers {
  /** In front of everything else that answers requests. */
  before(onwards: RequestListener): RequestListener;
  /** Keeps what the app answers, as far as its routes say until when it stands. */
  keepFrom(app: FastifyInstance): void;
}

/**
 * Answers that still stand are sent once more: the very same token asks for the very same, no server has committed
 * anything since (so session, install, policy, rows and links are what they were), and what CRM said of the person and
 * the record is still believed. They are counted, measured and written down like any other. Everything else goes its
 * way, and says with `standsUntil` whether its answer may be kept.
 */
export function createStandingAnswers(needs: Needs): StandingAnswers {
  const { moments, counting, addressOf, atOnce, audit, metrics, log, stopping } = needs;
  const kept = new LRUCache<string, Standing>({ max: MOST });
  const now = (): number => needs.clock().getTime();

  /** Those who share a look at which moment it is share its answer, without a promise for each. */
  let look: Promise<Moment> | null = null;
  let sharing: Asked[] = [];
  let waiting = 0;

  function ask(asked: Asked, onwards: RequestListener): void {
    const shared = moments();
    if (shared !== look) {
      const together: Asked[] = [];
      look = shared;
      sharing = together;
      const toApp = ({ request, response }: Asked): void => onwards(request, response);
      const answerEach = (answer: (one: Asked) => void): void => {
        waiting -= together.length;
        for (const one of together) attempt(one, answer);
      };
      shared.then(
        (moment) => answerEach((one) => (stands(one, moment) ? sendNoted(one, toApp) : toApp(one))),
        () => answerEach(toApp), // whoever asks the database next says what is wrong with it
      );
    }
    sharing.push(asked);
    waiting += 1;
  }

  /** Whether it still stands and may be asked for; then it has been counted. Who may not goes the usual way. */
  const stands = ({ request, standing }: Asked, moment: Moment): boolean =>
    moment === standing.moment &&
    now() < standing.until &&
    !counting.address(addressOf(request)) &&
    !counting.asker(standing.asker);

  /** Nobody is shown what is not written down. */
  function sendNoted(asked: Asked, toApp: (asked: Asked) => void): void {
    const { standing } = asked;
    if (standing.noted?.again()) {
      send(asked, log.isOn ? randomUUID() : '');
      return;
    }
    const requestId = randomUUID();
    audit.note(standing.installId, { ...standing.event, requestId }).then(
      (noted) => {
        standing.noted = noted;
        attempt(asked, () => send(asked, requestId));
      },
      () => attempt(asked, toApp),
    );
  }

  function send({ request, response, standing, began }: Asked, requestId: string): void {
    response.writeHead(200, standing.headers as string[]); // safe because it only reads them
    response.end(standing.body);
    const seconds = (performance.now() - began) / 1_000;
    metrics.served({ method: 'GET', route: standing.route, status: 200, seconds });
    if (log.isOn)
      log.answered({ id: requestId, method: 'GET', url: request.url ?? '', status: 200, seconds });
  }

  return {
    before: (onwards) => (request, response) => {
      const name = nameOf(request);
      const standing = name === null ? undefined : kept.get(name);
      // While more wait than may be answered at once, the app says so.
      if (!standing || now() >= standing.until || waiting >= atOnce || stopping?.aborted)
        return onwards(request, response);
      ask({ request, response, standing, began: performance.now() }, onwards);
    },

    keepFrom(app) {
      app.decorateRequest('standsUntil', null);
      app.addHook('onSend', (request, reply, payload, done) => {
        const { caller, served, asker } = request;
        const name = request.standsUntil === null || reply.statusCode !== 200 ? null : nameOf(request.raw);
        const event = name && caller ? auditedReading(request, reply) : null;
        if (name && event && caller && asker && served?.moment !== undefined && typeof payload === 'string') {
          const body = Buffer.from(payload);
          kept.set(name, {
            moment: served.moment,
            until: Math.min(
              request.standsUntil ?? 0,
              now() + STANDS_MS,
              (Math.floor(now() / QUARTER_MS) + 1) * QUARTER_MS,
            ),
            headers: headersOf(reply, body.length),
            body,
            route: request.routeOptions.url ?? 'none',
            asker,
            installId: caller.install.id,
            event: { ...event, zohoCalls: 0 },
            noted: null,
          });
        }
        done(null, payload);
      });
    },
  };
}

/** Of a round each by itself: where one cannot be answered, only its own connection ends. */
function attempt(asked: Asked, answer: (asked: Asked) => void): void {
  try {
    answer(asked);
  } catch (cause) {
    asked.response.destroy(asError(cause));
  }
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));

/** Who asks for what, from which page; `null` for what is never answered again. */
function nameOf({ method, url, headers }: IncomingMessage): string | null {
  const { authorization, origin = '', 'cache-control': cacheControl } = headers;
  if (method !== 'GET' || authorization === undefined || cacheControl !== undefined) return null;
  return `${authorization} ${origin} ${url}`;
}

/** As `writeHead` likes them best: names and values in turns. */
const headersOf = (reply: FastifyReply, length: number): readonly string[] =>
  Object.entries({ ...reply.getHeaders(), 'content-length': length }).flatMap(([name, value]) => [
    name,
    String(value),
  ]);
