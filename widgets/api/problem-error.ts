import { PROBLEMS, type ProblemAnswer, type ProblemCode } from '../../server/contract/problems.ts';

/** What can go wrong before our server has answered. */
const HERE = {
  'widget.offline': { retry: true, fix: 'wait' },
  'widget.timeout': { retry: true, fix: 'wait' },
  'widget.unreadable': { retry: true, fix: 'us' },
} as const;

export type WidgetProblemCode = ProblemCode | keyof typeof HERE;

/** Every problem a widget may have to explain; each has a text `problem.<code>` in every language. */
export const WIDGET_PROBLEMS = { ...PROBLEMS, ...HERE };

/** Seconds after which to ask again when nobody said. */
const USUAL_WAIT_SECONDS = 20;

/** A question that was not answered. `message` is the code: texts are the catalogue's. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: WidgetProblemCode;
  /** To quote to support; absent when our server never saw the question. */
  readonly requestId: string | null;
  private readonly toldWaitSeconds: number | undefined;

  constructor(
    code: WidgetProblemCode,
    detail: { requestId?: string; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(code, { cause: detail.cause });
    this.code = code;
    this.requestId = detail.requestId ?? null;
    this.toldWaitSeconds = detail.retryAfterSeconds;
  }

  static from({ code, requestId, retryAfterSeconds }: ProblemAnswer): ProblemError {
    return new ProblemError(code, { requestId, retryAfterSeconds });
  }

  /** Seconds after which the same question may succeed by itself; `null` when somebody must act first. */
  get retryAfterSeconds(): number | null {
    if (!WIDGET_PROBLEMS[this.code].retry) return null;
    return this.toldWaitSeconds ?? USUAL_WAIT_SECONDS;
  }

  get fix(): 'viewer' | 'administrator' | 'wait' | 'us' {
    return WIDGET_PROBLEMS[this.code].fix;
  }
}

/** Whatever was thrown, as a problem that can be explained. Our own mistakes stay visible as their cause. */
export function asProblem(thrown: unknown): ProblemError {
  return thrown instanceof ProblemError ? thrown : new ProblemError('widget.unreadable', { cause: thrown });
}
