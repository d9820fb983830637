/** The production server as a process of its own, told to stop while people wait for answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPglite } from '../../server/store/pglite.ts';
import { type Sandbox, startSandbox } from '../sandbox/serve-sandbox.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { signIn, walkInstall } from '../sandbox/walk-install.ts';
import { ROOT } from '../support/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'customer-360-stop-'));
const client = { id: '1000.STOPPING', secret: randomBytes(16).toString('hex') };
let sandbox: Sandbox;
let server: ChildProcess;
let address: string;
let said = '';

beforeAll(async () => {
  const port = await freePort();
  address = `http://localhost:${port}`;
  sandbox = await startSandbox({ organisation: smallOrganisation(), client });
  server = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server/main.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: address,
      DATABASE_URL: '',
      DATA_DIR: folder,
      ZOHO_CLIENT_ID: client.id,
      ZOHO_CLIENT_SECRET: client.secret,
      SECRET_KEYS: `one:${randomBytes(32).toString('base64')}`,
      ZOHO_LOCAL_URL: sandbox.origin,
      STOP_NOTICE_SECONDS: '1',
    },
  });
  server.stdout?.on('data', (chunk) => {
    said += String(chunk);
  });
  await until(() => said.includes('Server listening') || server.exitCode !== null);
  await walkInstall({ server: address, administratorId: SMALL.users.administrator });
});
afterAll(async () => {
  server?.kill('SIGKILL');
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

const until = (holds: () => boolean): Promise<unknown> =>
  vi.waitFor(() => expect(holds(), said.slice(-2_000)).toBe(true), { timeout: 20_000, interval: 20 });

test('it is not ready first, answers everybody who waits, hands its work over, and leaves everything written', async () => {
  const { accessToken } = await signIn({ server: address, userId: SMALL.users.finance, purpose: 'panel' });
  // It has begun to follow Books, so it holds the organisation's lease.
  await until(() => sandbox.exchanges.list('books').some(({ url }) => url.includes('last_modified_time')));

  const records = [
    `Accounts/${SMALL.accounts.aster}`,
    `Deals/${SMALL.deals.expansion}`,
    `Deals/${SMALL.deals.fitOut}`,
  ];
  sandbox.scenario.add({ match: { service: 'crm' }, times: 50, answer: 'slow', delayMs: 1_500 });
  const views = records.map((record) =>
    fetch(`${address}/api/v1/records/${record}/customer-360`, {
      headers: { authorization: `Bearer ${accessToken}` },
    }),
  );
  await until(() => (sandbox.scenario.rules()[0]?.times ?? 50) < 50);
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await until(() => said.includes('"stopping"'));

  const ready = await fetch(`${address}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready' }]);
  // A load balancer that has not noticed yet is served on.
  const meanwhile = await fetch(`${address}/healthz`);
  expect([meanwhile.status, meanwhile.headers.get('connection')]).toEqual([200, 'close']);

  for (const view of await Promise.all(views)) {
    expect([view.status, view.headers.get('connection')]).toEqual([200, 'close']);
    expect(await view.json()).toHaveProperty('state');
  }
  expect(await ended).toEqual([0, null]);
  expect(said).toContain('"stopped"');

  const database = await openPglite({ folder });
  try {
    expect(await database.query('select name from leases')).toEqual([]);
    const entries = await database.query<{ entry: string }>('select entry from audit_entries');
    const shown = entries.map(({ entry }) => JSON.parse(entry) as { action: string; subject: string });
    expect(shown.filter(({ action }) => action === 'record.read').map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(records),
    );
  } finally {
    await database.close();
  }
}, 60_000);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, 'localhost', () => {
      const { port } = probe.address() as AddressInfo; // safe because it listens on TCP
      probe.close(() => resolve(port));
    });
  });
}
