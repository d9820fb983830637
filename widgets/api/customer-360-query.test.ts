import { expect, it } from 'vitest';
import { aLinked } from '../../tests/gallery/sample-answers.ts';
import { customer360Query, secondsToNext } from './customer-360-query.ts';
import { ProblemError } from './problem-error.ts';

const reading = (refetchAfterSeconds?: number) =>
  aLinked({
    freshness: {
      state: 'fresh',
      knownGoodAt: '2026-11-21T10:00:00Z',
      missing: [],
      ...(refetchAfterSeconds === undefined ? {} : { refetchAfterSeconds }),
    },
  });

it('asks again when the server says it reads on, and not otherwise', () => {
  expect(secondsToNext(reading(2), null)).toBe(2);
  expect(secondsToNext(reading(0), null)).toBe(1); // never a busy loop
  expect(secondsToNext(reading(), null)).toBeNull();
  expect(secondsToNext(undefined, null)).toBeNull();
});

it('asks again when it is the turn of a customer that is read for the first time', () => {
  const { record, today, viewer } = reading();
  const answer = { record, today, viewer, state: 'filling', refetchAfterSeconds: 47 } as const;
  expect(secondsToNext(answer, null)).toBe(47);
});

it('asks again after a passing problem when the server said, and not when somebody must act', () => {
  expect(secondsToNext(undefined, new ProblemError('books.rate_limited', { retryAfterSeconds: 42 }))).toBe(
    42,
  );
  expect(secondsToNext(undefined, new ProblemError('widget.offline'))).toBe(20);
  expect(secondsToNext(reading(2), new ProblemError('books.not_connected'))).toBeNull();
});

it('an open panel hears of changes by itself, one that shows none does not ask again', () => {
  const { refetchInterval, refetchIntervalInBackground } = customer360Query({
    module: 'Accounts',
    recordId: '3652397000000400001',
  });
  const after = (data: unknown, error: unknown = null) =>
    typeof refetchInterval === 'function'
      ? refetchInterval({ state: { data, error } } as Parameters<typeof refetchInterval>[0]) // safe because it looks at nothing else
      : undefined;
  expect(after(reading(2))).toBe(2_000);
  expect(after(reading())).toBe(120_000);
  expect(after(undefined)).toBe(false);
  expect(after(reading(), new ProblemError('books.not_connected'))).toBe(false);
  expect(refetchIntervalInBackground).toBeFalsy(); // nobody sees it there
});
