import { LRUCache } from 'lru-cache';
import type { Moment } from './moments.ts';

/**
 * Reads, or answers what the same read answered while nothing at all had been committed since. The truth stays in the
 * database: what another server changes is seen by the next request here.
 * @param key names the read and everything it depends on besides the database
 */
export type Unchanged = <Result>(key: string, read: () => Promise<Result>) => Promise<Result>;

/** Where no request says which moment it is. */
export const alwaysRead: Unchanged = (_key, read) => read();

const MOST = 1_000;

/** @param moment of the request being answered; absent for whatever writes, or must see what was written meanwhile */
export function createUnchanged(moment: () => Moment | undefined): Unchanged {
  const answers = new LRUCache<string, Promise<unknown>>({ max: MOST });
  let of: Moment = 0;

  return <Result>(key: string, read: () => Promise<Result>): Promise<Result> => {
    const now = moment();
    if (now === undefined || now < of) return read();
    if (now > of) {
      answers.clear();
      of = now;
    }
    const known = answers.get(key) as Promise<Result> | undefined; // safe because a key names one kind of read
    if (known) return known;
    const reading = read();
    answers.set(key, reading);
    reading.catch(() => {
      if (answers.get(key) === reading) answers.delete(key);
    });
    return reading;
  };
}
