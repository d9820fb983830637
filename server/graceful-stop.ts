import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

/** Ctrl-C in a terminal reaches a server twice: by itself, and passed on by what started it. */
const SAME_SIGNAL_MS = 500;
/** For what comes after the last answer: leases, the audit log, the database. */
const ENDING_MS = 5_000;

interface Needs {
  readonly app: FastifyInstance;
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  /** Told first: whoever watches it says that this server is not ready, and does nothing more in the background. */
  readonly stopping: AbortController;
  /** How long requests are still taken on after that, so that a load balancer notices. */
  readonly noticeMs: number;
  /** How long what is under way is waited for, the notice included. */
  readonly withinMs: number;
  /** Once nobody is answered any more. */
  readonly closeDatabase: () => Promise<void>;
  readonly exit: (code: number) => void;
}

/**
 * What a server does between the signal to stop and its end: it is not ready any more, hands its background work over,
 * answers what is under way, writes down what waits to be written, and closes the database. To be built before the
 * server listens.
 *
 * @returns to be called by each signal; a second one ends the process at once
 */
export function createStop(needs: Needs): (signal: string) => void {
  const { app, logger, stopping, noticeMs, withinMs, closeDatabase, exit } = needs;
  const answered = watchAnswers(app, stopping.signal);
  const notice = Math.min(noticeMs, withinMs);
  let begunAt: number | null = null;
  // From here on Fastify turns new requests away; once this is through, it cuts every connection.
  app.addHook('preClose', async () => {
    const left = await answered(withinMs - notice);
    if (left > 0) logger.warn({ requests: left }, 'cut off what was not answered in time');
  });

  async function stop(): Promise<void> {
    stopping.abort();
    await sleep(notice);
    await app.close();
    await closeDatabase();
  }

  return (signal) => {
    if (begunAt !== null) {
      if (Date.now() - begunAt > SAME_SIGNAL_MS) {
        logger.warn({ signal }, 'stopped at once');
        exit(1);
      }
      return;
    }
    begunAt = Date.now();
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('stopping took too long');
      exit(1);
    }, withinMs + ENDING_MS).unref();
    stop().then(
      () => {
        logger.info('stopped');
        exit(0);
      },
      (err: unknown) => {
        logger.error({ err }, 'stopped, but not as it should');
        exit(1);
      },
    );
  };
}

/** @returns waits until nothing is under way, at most so many milliseconds; answers how much still is */
function watchAnswers(app: FastifyInstance, stopping: AbortSignal): (withinMs: number) => Promise<number> {
  const underWay = new Set<ServerResponse>();
  let onLast = (): void => undefined;
  // Node tells of a request before any hook of the app, where it may already wait for Zoho, and on every address.
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }; // safe because Node documents it so
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) onLast();
    });
  });
  // Whoever keeps the connection for a next request learns that there will be none.
  app.addHook('onSend', async (_request, reply) => {
    if (stopping.aborted) reply.header('connection', 'close');
  });
  return async (withinMs) => {
    if (underWay.size > 0)
      await Promise.race([
        new Promise<void>((resolve) => {
          onLast = resolve;
        }),
        sleep(withinMs, undefined, { ref: false }),
      ]);
    return underWay.size;
  };
}
