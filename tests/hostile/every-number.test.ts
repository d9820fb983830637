/** The list of hostile tests the server must survive has 52 numbers; each has a test of its name here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/run.ts';

const NUMBERS = Array.from({ length: 52 }, (_, at) => at + 1);
/** A test whose name begins with its number; one that is left out or yet to be written is none. */
const NAMED = /\btest(?:\.each\([^)]*\))?\(\s*(['"`])(\d{1,2}): /g;

test('every number of the list of hostile tests has a test', () => {
  const folder = join(ROOT, 'tests', 'hostile');
  const tested = new Set(
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(NAMED)])
      .map(([, , number]) => Number(number)),
  );
  expect(NUMBERS.filter((number) => !tested.has(number))).toEqual([]);
  expect([...tested].filter((number) => !NUMBERS.includes(number))).toEqual([]);
});
