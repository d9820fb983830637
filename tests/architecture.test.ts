import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/run.ts';

/** Who may import whom, as ARCHITECTURE.md says. A room always may import itself; types count like code. */
const ARROWS: Record<string, readonly string[]> = {
  'server/contract': [],
  'server/domain': [],
  'server/visibility': ['server/domain', 'server/contract'],
  'server/store': ['server/contract'],
  'server/zoho': ['server/domain'],
  'server/audit': ['server/contract', 'server/store'],
  'server/ledger': ['server/domain', 'server/zoho', 'server/store', 'server/identity'],
  'server/identity': ['server/domain', 'server/contract', 'server/zoho', 'server/store', 'server/audit'],
  'server/access': ['server/domain', 'server/contract', 'server/zoho', 'server/identity'],
  'server/policies': [
    'server/contract',
    'server/visibility',
    'server/identity',
    'server/store',
    'server/zoho',
    'server/audit',
  ],
  'server/definitions': [
    'server/contract',
    'server/domain',
    'server/identity',
    'server/store',
    'server/audit',
  ],
  'server/setup': ['server/contract', 'server/identity', 'server/store', 'server/zoho', 'server/audit'],
  'server/mapping': [
    'server/contract',
    'server/domain',
    'server/identity',
    'server/ledger',
    'server/store',
    'server/zoho',
    'server/audit',
  ],
  'server/lifecycle': ['server/contract', 'server/zoho', 'server/store', 'server/identity', 'server/audit'],
  'server/linking': [
    'server/contract',
    'server/domain',
    'server/zoho',
    'server/store',
    'server/identity',
    'server/access',
    'server/ledger',
    'server/audit',
  ],
  'server/health': [
    'server/contract',
    'server/zoho',
    'server/store',
    'server/identity',
    'server/ledger',
    'server/audit',
  ],
  'server/http': [
    'server/mapping',
    'server/health',
    'server/setup',
    'server/lifecycle',
    'server/linking',
    'server/policies',
    'server/definitions',
    'server/contract',
    'server/domain',
    'server/visibility',
    'server/ledger',
    'server/identity',
    'server/access',
    'server/zoho',
    'server/store',
    'server/audit',
  ],
  'widgets/crm': ['server/contract'],
  'widgets/api': ['server/contract'],
  'widgets/ui': ['server/contract', 'app/translations'],
  'widgets/panel': ['widgets/crm', 'widgets/api', 'widgets/ui', 'server/contract', 'app/translations'],
  'widgets/link': ['widgets/crm', 'widgets/api', 'widgets/ui', 'server/contract', 'app/translations'],
  'widgets/settings': ['widgets/crm', 'widgets/api', 'widgets/ui', 'server/contract', 'app/translations'],
};

/** Another screen's entry that a screen may fetch when it is needed, and never with its own code. */
const LAZY_ENTRIES: Record<string, readonly string[]> = {
  'widgets/panel': [
    'widgets/link/AccountLinks.tsx',
    'widgets/link/DealLinks.tsx',
    'widgets/link/LinkDialog.tsx',
  ],
  'widgets/settings': ['widgets/panel/PreviewPanel.tsx', 'widgets/panel/sample/SampleOffer.tsx'],
};

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/g;

function sources(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, from, lazy]) => from ?? lazy ?? '');
}

const roomOf = (file: string): string => file.split('/').slice(0, 2).join('/');
const resolved = (file: string, target: string): string =>
  relative(ROOT, join(ROOT, dirname(file), target))
    .split(sep)
    .join('/');
const local = (file: string): readonly string[] =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => resolved(file, target));

/** Whether a file only ever takes another by `import()`. */
const isFetchedLater = (file: string, target: string): boolean =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].every(
    ([, from]) => from === undefined || resolved(file, from) !== target,
  );

const production = [...sources('server'), ...sources('widgets')];

describe('the house', () => {
  it('a room imports only what its arrows allow', () => {
    const wrong = production.flatMap((file) => {
      const room = roomOf(file);
      const allowed = ARROWS[room];
      if (!allowed) return []; // server/main.ts and server/config.ts wire everything
      return local(file)
        .filter((target) => roomOf(target) !== room && !allowed.includes(roomOf(target)))
        .filter((target) => !(LAZY_ENTRIES[room]?.includes(target) && isFetchedLater(file, target)))
        .map((target) => `${file} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('production imports nothing from the tests', () => {
    const wrong = [...production, ...sources('app')].flatMap((file) =>
      local(file)
        .filter((target) => target.startsWith('tests/'))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('the local Zoho imports nothing of the server or the widgets, but for what installs and starts them', () => {
    const starters = ['tests/sandbox/start.ts', 'tests/sandbox/walk-install.ts'];
    const wrong = sources('tests/sandbox')
      .filter((file) => !starters.includes(file))
      .flatMap((file) =>
        local(file)
          .filter((target) => /^(server|widgets)\//.test(target))
          .map((target) => `${file} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('only money knows the decimal library, and the domain no other package', () => {
    const wrong = sources('server/domain').flatMap((file) =>
      importsOf(file)
        .filter(
          (target) => !target.startsWith('.') && !(target === 'big.js' && file === 'server/domain/money.ts'),
        )
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('the environment is read in one place', () => {
    const readers = sources('server').filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('process.env'),
    );
    expect(readers).toEqual(['server/config.ts']);
  });

  it('imports run in no circle', () => {
    const graph = new Map(
      production.map((file) => [file, local(file).filter((target) => production.includes(target))]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const target of graph.get(file) ?? []) walk(target, [...path, file]);
      done.add(file);
    };
    for (const file of production) walk(file, []);
    expect(circles).toEqual([]);
  });
});
