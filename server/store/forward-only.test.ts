/** Servers of two versions work on one database while one is being replaced by the other. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = new URL('./migrations/', import.meta.url);

/** Each can break a server of the version before; the words of comments and of inserts do not count. */
const TAKES_AWAY: readonly [what: string, RegExp][] = [
  ['drops', /\bdrop\s+(table|column|view|type|schema|sequence|function|index|trigger|constraint)\b[^;]*/i],
  ['renames', /\brename\s+(to|column|constraint)\b[^;]*/i],
  ['retypes', /\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b[^;]*/i],
  ['demands', /\bset\s+not\s+null\b|\badd\s+column\s+(?!if)\S+\s+[^,;]*\bnot\s+null\b(?![^,;]*\bdefault\b)/i],
  ['forbids', /\badd\s+(constraint|check|unique|foreign|primary)\b/i],
  ['empties', /\btruncate\s+(?!on\b)[a-z_]+|\bdelete\s+from\s+[a-z_]+/i],
];

/** What past ones did, with why no server of the version before it minded. */
const MINDED_BY_NOBODY: Readonly<Record<string, string>> = {
  '0006-ledger.ts drops table customer_snapshots':
    'of before the first release: what was in it is read from Books again',
  '0015-life-cycle.ts drops trigger audit_heads_stay on audit_heads':
    'put back in the same transaction, stricter for everybody but for the erasing of an install',
};

const statementsOf = (file: string): string =>
  readFileSync(new URL(file, FOLDER), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*(\/\/|--).*$/gm, '')
    // what a trigger does when it runs takes nothing away now
    .replace(/as \$\$[\s\S]*?\$\$/g, 'as body');

function faults(file: string, text: string): readonly string[] {
  return text.split(/[`'"],?\n|;/).flatMap((statement) =>
    TAKES_AWAY.flatMap(([what, pattern]) => {
      const found = pattern
        .exec(statement)?.[0]
        .replace(/[\s`'",]+$/, '')
        .replace(/\s+/g, ' ');
      return found === undefined ? [] : [`${file} ${what} ${found.replace(/^drop /i, '')}`];
    }),
  );
}

test('no migration takes away what the version before works with', () => {
  const files = readdirSync(FOLDER).filter((name) => !name.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(10);
  const found = files.flatMap((file) => faults(file, statementsOf(file)));
  expect(found.filter((fault) => !(fault in MINDED_BY_NOBODY))).toEqual([]);
  expect(Object.keys(MINDED_BY_NOBODY).filter((fault) => !found.includes(fault))).toEqual([]);
});

test('each way of taking something away is noticed', () => {
  const examples = [
    'drop table sessions',
    'alter table sessions drop column amr',
    'alter table sessions rename column amr to how',
    'alter table sessions alter column amr type integer',
    'alter table sessions alter column user_name set not null',
    'alter table sessions add column device text not null',
    'alter table sessions add constraint known check (amr <> $$$$)',
    'truncate sessions',
    'delete from sessions where true',
  ];
  for (const example of examples) expect(faults('x', `\`${example}\`,\n`), example).toHaveLength(1);
  const harmless = [
    "alter table sessions add column device text not null default ''",
    'alter table sessions add column a text, add column b text',
    'create table devices (id uuid primary key, install_id uuid not null references installs on delete cascade)',
    'create index devices_of on devices (install_id)',
  ];
  for (const example of harmless) expect(faults('x', `\`${example}\`,\n`), example).toEqual([]);
});
