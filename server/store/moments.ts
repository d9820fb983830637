import type { Queries } from './database.ts';

/** A state of the whole database: between two moments of the same name nothing was committed by any server. */
export interface Moment {
  /** @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT */
  readonly name: string;
  /** Later moments have higher numbers. */
  readonly order: number;
}
export type Moments = () => Promise<Moment>;

/** Requests that arrived together have all been received by then. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Asks the database which moment it is, never earlier than the question. Those who ask while one look is under way
 * share the next one, so many requests at the same time cost one small query.
 */
export function createMoments(on: Queries): Moments {
  let last: Moment = { name: '', order: 0 };
  let next: Promise<Moment> | null = null;
  let running: Promise<unknown> = Promise.resolve();

  async function look(): Promise<Moment> {
    const [row] = await on.query<{ name: string }>('select pg_current_snapshot()::text as name');
    if (!row) throw new Error('The database does not say which moment it is');
    if (row.name !== last.name) last = { name: row.name, order: last.order + 1 };
    return last;
  }

  return () => {
    next ??= running.then(turn).then(() => {
      next = null;
      const looking = look();
      running = looking.catch(() => undefined); // whoever asked is told
      return looking;
    });
    return next;
  };
}
