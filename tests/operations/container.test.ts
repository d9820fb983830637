/** The Dockerfile, the compose file and what goes into the image, as far as reading them can tell. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { exampleEnvironment } from '../../server/config.ts';
import { ROOT } from '../support/run.ts';

const file = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const KNOWN = [...exampleEnvironment().matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
/** A version, not `latest` or a bare name that means something else tomorrow. */
const PINNED = /^[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z0-9.]+)?$/;

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly user?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
}

describe('the Dockerfile', () => {
  const lines = file('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const stages = lines
    .join('\n')
    .split(/\n(?=FROM )/)
    .map((stage) => stage.split('\n'));
  const last = stages.at(-1) ?? [];

  test('builds in stages, each on the same pinned image, which the package allows', () => {
    const images = stages.map(([from = '']) => from.split(' ')[1] ?? '');
    expect(images).toHaveLength(3);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(PINNED);
    const major = Number(/node:(\d+)/.exec(images[0] ?? '')?.[1]);
    const { engines } = JSON.parse(file('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.19');
    expect(major).toBeGreaterThanOrEqual(20);
    expect(major % 2, 'long-term support').toBe(0);
  });

  test('installs what the lock file names and nothing else', () => {
    const installs = lines.filter((line) => /npm (i|install|ci|add)\b/.test(line));
    expect(installs).toHaveLength(2);
    for (const line of installs) expect(line).toContain('npm ci ');
    expect(installs.at(-1)).toContain('--omit=dev');
    expect(lines.join('\n')).not.toMatch(/\b(curl|wget|apt-get)\b|ADD /);
  });

  test('runs as somebody without rights, says whether it is well, and gets signals itself', () => {
    expect(last).toContain('USER node');
    expect(last.indexOf('USER node')).toBeGreaterThan(last.findLastIndex((line) => line.startsWith('RUN ')));
    expect(last.find((line) => line.startsWith('HEALTHCHECK '))).toContain('/readyz');
    expect(last.at(-1)).toBe('CMD ["node", "server/main.ts"]');
  });

  test('holds no secret: what it sets is how a container is reached', () => {
    const set = lines.filter((line) => /^(ENV|ARG) /.test(line)).join(' ');
    expect([...set.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name)).toEqual([
      'NODE_ENV',
      'HOST',
      'PORT',
      'DATA_DIR',
    ]);
  });

  test('is given nothing but sources: all is ignored, then named', () => {
    const rules = file('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(rules[0]).toBe('*');
    const named = rules.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(new Set(copied)).toEqual(new Set(named));
    expect(rules).toEqual(expect.arrayContaining(['**/*.test.ts', '**/*.test.tsx', '**/.env', '**/.env.*']));
  });
});

describe('the compose file', () => {
  const text = file('compose.yaml');
  const { services, volumes } = parse(text) as {
    services: Readonly<Record<string, Service>>;
    volumes: Readonly<Record<string, unknown>>;
  };
  const each = Object.entries(services);

  test('starts the server and a PostgreSQL, each watched, started again and stopped in peace', () => {
    expect(Object.keys(services)).toEqual(['server', 'database']);
    for (const [name, service] of each) {
      expect(service.healthcheck?.test.length, name).toBeGreaterThan(1);
      expect(service.restart, name).toBe('unless-stopped');
      expect(service.security_opt, name).toContain('no-new-privileges:true');
      expect(service.image ? PINNED.test(service.image) : service.build === '.', name).toBe(true);
      expect(service.user, name).toBeUndefined();
    }
    expect(services.server?.cap_drop).toEqual(['ALL']);
  });

  test('waits longer for the end than the server takes for it', () => {
    const within = Number(/^#STOP_WITHIN_SECONDS=(\d+)$/m.exec(exampleEnvironment())?.[1]);
    expect(Number.parseInt(services.server?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(within + 5);
  });

  test('keeps the database on a volume, and opens it to nobody; the server to this machine alone', () => {
    expect(services.database?.volumes).toEqual(['database:/var/lib/postgresql/data']);
    expect(Object.keys(volumes)).toEqual(['database']);
    expect(services.database?.ports).toBeUndefined();
    for (const port of services.server?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('holds no secret: passwords come from the environment, and there is no way on without', () => {
    const database = services.database?.environment ?? {};
    expect(database.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?.+\}$/);
    expect(text).not.toMatch(/(SECRET|TOKEN|KEYS?)\s*[:=]\s*\S/);
  });

  test('names no setting that the server and .env.example do not know', () => {
    const images = ['POSTGRES_DB', 'POSTGRES_USER'];
    const given = each.flatMap(([, { environment = {} }]) => Object.keys(environment));
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
    expect([...given, ...asked].filter((name) => !KNOWN.includes(name) && !images.includes(name))).toEqual(
      [],
    );
  });
});
