/** What we say of data is what the code does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { FLOWS, KEPT, PLACES, SCOPES } from '../../server/contract/data-flows.ts';
import { BOOKS_SCOPES, PANEL_SCOPES, SETUP_SCOPES } from '../../server/identity/sign-in-scopes.ts';
import { ROOT } from '../support/run.ts';
import { dataFlowsPage } from './data-flows-page.ts';

const code = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test('the page in docs says what the page in the settings says', async () => {
  // `npx vitest run --project flows tests/documents -u` writes it anew
  await expect(dataFlowsPage()).toMatchFileSnapshot(join(ROOT, 'docs/data-flows.md'));
});

test('every scope that is asked for is listed with its reason, and none that is not', () => {
  expect([...SCOPES.panel].sort()).toEqual([...PANEL_SCOPES].sort());
  expect([...SCOPES.panel, ...SCOPES.settings].sort()).toEqual([...SETUP_SCOPES].sort());
  expect([...SCOPES.books].sort()).toEqual([...BOOKS_SCOPES].sort());
});

test('things are kept as long as the code keeps them', () => {
  const times = {
    sessions: [/ABSOLUTE_MS = (\d+) \* 3_600_000/, 'server/identity/session.ts'],
    audit: [/KEPT_MONTHS = (\d+)/, 'server/audit/audit.ts'],
    requests: [/KEPT_MS = (\d+) \* 3_600_000/, 'server/linking/recover.ts'],
    troubles: [/KEPT_MS = (\d+) \* 24 \* 3_600_000/, 'server/health/troubles.ts'],
  } as const;
  const said = Object.fromEntries(KEPT.map((kept) => [kept.key, 'n' in kept ? kept.n : undefined]));
  for (const [key, [where, file]] of Object.entries(times))
    expect(Number(where.exec(code(file))?.[1]), `${key} in ${file}`).toBe(said[key]);
  const config = readConfig({
    PUBLIC_URL: 'https://c360.example.com',
    ZOHO_CLIENT_ID: 'x',
    ZOHO_CLIENT_SECRET: 'x',
    SECRET_KEYS: `a:${Buffer.alloc(32).toString('base64')}`,
  });
  expect(said.uninstalled).toBe(config.ERASE_AFTER_DAYS);
});

test('the server speaks to Zoho, to what administrators chose, and to nobody else', () => {
  const reached = FLOWS.filter(({ from, to }) => from === 'server' || to === 'server');
  const others = new Set(reached.flatMap(({ from, to }) => [from, to]).filter((place) => place !== 'server'));
  expect([...others].sort()).toEqual(PLACES.filter((place) => place !== 'server').toSorted());
});
