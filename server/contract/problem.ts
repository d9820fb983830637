import { PROBLEMS, type ProblemCode } from './problems.ts';

/** A refusal whose reason we know. What the outside learns is its code; the cause is for our log only. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: { readonly cause?: unknown; readonly retryAfterSeconds?: number };

  constructor(code: ProblemCode, detail: Problem['detail'] = {}) {
    super(code, { cause: detail.cause });
    this.code = code;
    this.detail = detail;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}
