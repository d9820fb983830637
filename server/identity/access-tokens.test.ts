import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openMemoryDatabase } from '../../tests/support/memory-database.ts';
import type { Database } from '../store/database.ts';
import { saveInstall } from '../store/installs.ts';
import type { Grant } from '../zoho/accounts/accounts.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createSealedSecrets } from './sealed-secret.ts';

let database: Database;
let installId: string;
let now = Date.parse('2026-11-21T10:00:00Z');
const clock = (): Date => new Date(now);
const secrets = createSealedSecrets([{ id: 'k', key: randomBytes(32) }]);
const server = () => createAccessTokens({ database, secrets, clock, service: 'crm' });

beforeAll(async () => {
  database = await openMemoryDatabase();
  const install = {
    dataCentre: 'eu',
    zgid: '1',
    crmOrganisationId: '2',
    crmOrganisationName: 'O',
    crmCurrency: 'EUR',
  };
  installId = await saveInstall(database, install, clock());
});
afterAll(() => database.close());

let person = 0;
beforeEach(() => {
  person += 1;
});
const of = () => ({ installId, holder: String(person) });

/** Zoho's token server: numbers its tokens. */
function zoho() {
  let given = 0;
  return {
    given: () => given,
    async refresh(): Promise<Grant> {
      given += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return {
        accessToken: `token-${given}`,
        expiresAt: new Date(now + 3_600_000),
        apiOrigin: 'https://www.zohoapis.eu',
      };
    },
  };
}

test('of two servers that need a token at once one asks Zoho, and both have it', async () => {
  const { refresh, given } = zoho();
  const [one, two] = [server(), server()];
  const asked = [one, two, one, two].map((tokens) => tokens.token(of(), { consent: 'c', refresh }));
  expect(await Promise.all(asked)).toEqual(['token-1', 'token-1', 'token-1', 'token-1']);
  now += 56 * 60_000; // it would die under a call
  expect(await two.token(of(), { consent: 'c', refresh })).toBe('token-2');
  expect(await one.token(of(), { consent: 'c', refresh })).toBe('token-2');
  expect(given()).toBe(2);
});

test('a token Zoho no longer knows is renewed by one, and taken by the other', async () => {
  const { refresh, given } = zoho();
  const [one, two] = [server(), server()];
  for (const tokens of [one, two]) await tokens.token(of(), { consent: 'c', refresh });
  now += 60_000;
  expect(await one.token(of(), { consent: 'c', refresh, force: 'renew' })).toBe('token-2');
  now += 60_000;
  expect(await two.token(of(), { consent: 'c', refresh, force: 'renew' })).toBe('token-2');
  expect(await two.token(of(), { consent: 'c', refresh, force: 'renew' })).toBe('token-3');
  expect(given()).toBe(3);
});

test('a server that dies while it asks is waited for no longer than a call takes', async () => {
  const { refresh } = zoho();
  const [dead, alive] = [server(), server()];
  void dead.token(of(), { consent: 'c', refresh: () => new Promise(() => undefined) });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const waiting = alive.token(of(), { consent: 'c', refresh });
  now += 16_000;
  expect(await waiting).toBe('token-1');
});

test('what Zoho refuses one, the other asks for itself', async () => {
  const { refresh } = zoho();
  const busy = new ZohoTrouble('accounts', 'rate_limited');
  const [one, two] = [server(), server()];
  const refused = one.token(of(), { consent: 'c', refresh: () => Promise.reject(busy) });
  await expect(refused).rejects.toBe(busy);
  expect(await two.token(of(), { consent: 'c', refresh })).toBe('token-1');
});

test('a token of an earlier consent, or one that was dropped, is nobody’s any more', async () => {
  const { refresh } = zoho();
  const [one, two] = [server(), server()];
  await one.token(of(), { consent: 'old', refresh });
  expect(await two.token(of(), { consent: 'new', refresh })).toBe('token-2');
  expect(await one.token(of(), { consent: 'new', refresh })).toBe('token-2');
  await two.drop(of());
  expect(await two.token(of(), { consent: 'new', refresh })).toBe('token-3');
});

test('a token that no key opens any more is asked for anew', async () => {
  const { refresh } = zoho();
  await server().token(of(), { consent: 'c', refresh });
  const other = createAccessTokens({
    database,
    secrets: createSealedSecrets([{ id: 'k', key: randomBytes(32) }]),
    clock,
    service: 'crm',
  });
  expect(await other.token(of(), { consent: 'c', refresh })).toBe('token-2');
});
