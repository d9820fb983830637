import type { Database } from './database.ts';

/**
 * How many changes to anything answers are made of have been committed: between two moments of the same number no
 * server has changed any of it, and later moments have higher ones.
 *
 * @see watchChanges
 */
export type Moment = number;
export type Moments = () => Promise<Moment>;

/** Requests that arrived together have all been received by then. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Asks the database which moment it is, never earlier than the question. Those who ask while a look has not begun share
 * it, so many requests at the same time cost one small query.
 */
export function createMoments(on: Pick<Database, 'query' | 'writes'>): Moments {
  let next: Promise<Moment> | null = null;
  /** The last look, and the writes there had been before it. */
  let known: { readonly moment: Moment; readonly writes: number } | null = null;
  /** Over once the look that is on its way has an answer: the next sets out then, with all who came meanwhile. */
  let looking: Promise<unknown> = Promise.resolve();

  async function look(): Promise<Moment> {
    const writes = on.writes?.();
    if (known && known.writes === writes) return known.moment;
    const [row] = await on.query<{ moment: string }>('select coalesce(sum(count), 0) as moment from changes');
    if (!row) throw new Error('The database does not say which moment it is');
    const moment = Number(row.moment);
    known = writes === undefined ? null : { moment, writes };
    return moment;
  }

  async function begin(): Promise<Moment> {
    await turn();
    await looking;
    next = null;
    const looked = look();
    looking = looked.catch(() => undefined); // whoever asked is told
    return looked;
  }

  return () => {
    next ??= begin();
    return next;
  };
}
