import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify';

interface Answered {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly seconds: number;
}

/** Of each request one line, once it has been answered; nothing in it can be a secret, so nothing is searched for one. */
export class RequestLog extends LogController {
  readonly #log: FastifyBaseLogger;
  /** Whether anybody wants these lines. */
  readonly isOn: boolean;

  constructor(logger: FastifyBaseLogger) {
    super();
    this.#log = logger.child({}, { redact: [] });
    this.isOn = ['trace', 'debug', 'info'].includes(logger.level);
  }

  override incomingRequest(): void {
    // The one line names it as well.
  }

  override requestCompleted(err: Error | null | undefined, req: FastifyRequest, res: FastifyReply): void {
    const { id, method, url } = req;
    const answered = { id, method, url, status: res.statusCode, seconds: res.elapsedTime / 1_000 };
    if (err) res.log.error({ ...lineOf(answered), err }, 'request errored');
    else if (this.isOn) this.answered(answered);
  }

  answered(answered: Answered): void {
    this.#log.info(lineOf(answered), 'request completed');
  }
}

const lineOf = ({ id, method, url, status, seconds }: Answered) => ({
  reqId: id,
  req: { method, url },
  res: { statusCode: status },
  responseTime: Math.round(seconds * 1_000),
});
