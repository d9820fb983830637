import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Audit } from '../audit/audit.ts';
import type { AuditEvent } from '../audit/chain.ts';
import type { Moment, Moments } from '../store/moments.ts';
import { auditedReading } from './audit-trail.ts';
import type { Asker, Counting } from './limits.ts';

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
  readonly asker: Asker;
  readonly installId: string;
  readonly event: Omit<AuditEvent, 'requestId'>;
}

interface Needs {
  readonly moments: Moments;
  readonly clock: () => Date;
  readonly counting: Counting;
  readonly audit: Pick<Audit, 'note'>;
}

/**
 * Answers that still stand are sent once more: the very same token asks for the very same, no server has committed
 * anything since (so session, install, policy, rows and links are what they were), and what CRM said of the person and
 * the record is still believed. They are counted, measured and written down like any other. Everything else goes its
 * way, and says with `standsUntil` whether its answer may be kept.
 */
export function answerWhatStands(app: FastifyInstance, needs: Needs): void {
  const kept = new LRUCache<string, Standing>({ max: MOST });
  const now = (): number => needs.clock().getTime();

  /** Whether it still stands and may be asked for; then it has been counted and written down. Who may not goes the usual way. */
  async function again(request: FastifyRequest, standing: Standing): Promise<boolean> {
    const moment = await needs.moments();
    if (moment !== standing.moment || now() >= standing.until) return false;
    if (needs.counting.address(request) || needs.counting.asker(standing.asker)) return false;
    await needs.audit.note(standing.installId, { ...standing.event, requestId: request.id });
    return true;
  }

  app.decorateRequest('standsUntil', null);
  app.addHook('onRequest', (request, reply, done) => {
    const name = nameOf(request);
    const standing = name === null ? undefined : kept.get(name);
    if (!standing || now() >= standing.until) return done();
    again(request, standing).then(
      (stands) => {
        if (!stands) return done();
        reply.hijack();
        reply.raw.writeHead(200, standing.headers as string[]); // safe because it only reads them
        reply.raw.end(standing.body);
      },
      () => done(), // whoever asks the database next says what is wrong with it
    );
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const { caller, served, asker } = request;
    const name = request.standsUntil === null || reply.statusCode !== 200 ? null : nameOf(request);
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
        asker,
        installId: caller.install.id,
        event: { ...event, zohoCalls: 0 },
      });
    }
    done(null, payload);
  });
}

/** Who asks for what, from which page; `null` for what is never answered again. */
function nameOf({ method, url, headers }: FastifyRequest): string | null {
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
