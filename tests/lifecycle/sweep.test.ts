/** Who waits for whom while tokens are ended and installs erased, and what a server that stops leaves to the others. */
import { expect, test } from 'vitest';
import { createSweep } from '../../server/lifecycle/sweep.ts';
import type { ErasureRow } from '../../server/store/erasures.ts';

const NOW = new Date('2026-03-02T09:00:00.000Z');

/** Erasures that are due, by data centre and name, e.g. `in 1`. */
function sweeping(names: readonly string[], answers: (name: string) => Promise<boolean>) {
  const stop = new AbortController();
  const asked: string[] = [];
  const erased: string[] = [];
  const troubles: unknown[] = [];
  const rows = names.map((id) => ({ id, dataCentre: id.split(' ')[0], dueAt: NOW })) as ErasureRow[]; // safe because no more of it is read
  const sweep = createSweep({
    database: {
      query: async <Row>(sql: string) =>
        (sql.includes('erased_at is null')
          ? rows.filter(({ id }) => !erased.includes(id))
          : []) as unknown as readonly Row[], // safe because nothing else is read
      transaction: async () => {
        throw new Error('Nothing is changed together here');
      },
      close: async () => undefined,
    },
    revokeTokens: ({ id }) => {
      asked.push(id);
      return answers(id);
    },
    erase: async ({ id }) => {
      erased.push(id);
      return true;
    },
    clock: () => NOW,
    stopping: stop.signal,
    onTrouble: (trouble) => void troubles.push(trouble),
  });
  return { sweep, asked, erased, troubles, stop };
}
const turns = () => new Promise((resolve) => setTimeout(resolve));

test('a data centre that does not answer keeps nobody of another one waiting, and is not asked twice at once', async () => {
  let answer: (none: boolean) => void = () => undefined;
  const silent = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  const those = ['in 1', 'in 2', 'in 3', 'in 4', 'in 5', 'eu 1', 'eu 2'];
  const { sweep, asked, erased } = sweeping(those, (name) =>
    name.startsWith('in') ? silent : Promise.resolve(true),
  );
  const runs = [sweep(), sweep()];
  await turns();
  expect(erased).toEqual(['eu 1', 'eu 2']);
  expect(asked).toEqual(['in 1', 'in 2', 'in 3', 'in 4', 'eu 1', 'eu 2']);
  runs.push(sweep());
  await turns();
  expect(asked).toHaveLength(6);
  answer(true);
  await Promise.all(runs);
  expect(erased.toSorted()).toEqual(those.toSorted());
  expect(asked).toHaveLength(those.length);
});

test('one that fails stops no other, and is taken up again by the next run', async () => {
  let fails = true;
  const { sweep, erased, troubles } = sweeping(['eu 1', 'eu 2'], async (name) => {
    if (name === 'eu 1' && fails) throw new Error('no database');
    return true;
  });
  await sweep();
  expect([erased, troubles]).toEqual([['eu 2'], [new Error('no database')]]);
  fails = false;
  await sweep();
  expect(erased).toEqual(['eu 2', 'eu 1']);
});

test('a server that stops begins with no further install, and erases nothing more', async () => {
  let answer: (none: boolean) => void = () => undefined;
  const slow = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  const { sweep, asked, erased, stop } = sweeping(['eu 1', 'eu 2', 'eu 3', 'eu 4', 'eu 5'], () => slow);
  const run = sweep();
  await turns();
  stop.abort();
  answer(true);
  await run;
  expect(asked).toHaveLength(4);
  expect(erased).toEqual([]);
});
