/** The page about running it names every setting as the server knows it, and only commands and measures that exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { budgetGauges, ledgerGauges } from '../../server/gauges.ts';
import { ROOT } from '../support/run.ts';

const file = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const page = file('docs/deployment.md');

test('every setting is in its table, with its default and what it is', () => {
  const wanted = [...file('.env.example').matchAll(/^# (.*)\n(?:#?)([A-Z_]+)=(.*)$/gm)].map(
    ([, doc = '', name, value]) => {
      const required = doc.endsWith(' Required.');
      const standard = required ? '**required**' : value ? `\`${value}\`` : '–';
      return `| \`${name}\` | ${standard} | ${doc.replace(/ Required\.$/, '')} |`;
    },
  );
  const rows = page.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line));
  expect(wanted.length).toBeGreaterThan(20);
  expect(rows).toEqual(wanted);
});

test('what it says to run and to watch is there', () => {
  const { scripts } = JSON.parse(file('package.json')) as { scripts: Record<string, string> };
  for (const text of [page, file('README.md'), file('CONTRIBUTING.md')])
    for (const [, name = ''] of text.matchAll(/npm run\s+([a-z:]+)/g))
      expect(scripts, name).toHaveProperty(name);
  const measured = [...budgetGauges([]), ...ledgerGauges([], new Date(0))].map(({ name }) => name);
  const named = [...page.matchAll(/`((?:books|ledger)_[a-z_]+)`/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name = '') => !measured.includes(name))).toEqual([]);
});
