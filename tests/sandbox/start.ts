/**
 * `npm start`: a local Zoho with the demo organisation, our server beside it, installed through the same pages an
 * administrator uses. Prints `ready: <url of the CRM page>`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runBinary } from '../support/run.ts';
import { demoOrganisation } from './demo/demo-organisation.ts';
import { startSandbox } from './serve-sandbox.ts';
import { walkInstall } from './walk-install.ts';

const port = Number(process.env.PORT ?? 3600);
const sandboxPort = Number(process.env.SANDBOX_PORT ?? 3601);
// The widgets live on another site than the CRM page, as they do at Zoho: storage and cookies behave as they will there.
const server = `http://localhost:${port}`;
const client = { id: '1000.LOCALDEMOCLIENT', secret: randomBytes(16).toString('hex') };

for (const [taken, setting] of [
  [port, 'PORT'],
  [sandboxPort, 'SANDBOX_PORT'],
] as const) {
  if (!(await isFree(taken))) fail(`Port ${taken} is in use; choose another with ${setting}.`);
}
if ((await runBinary('vite', 'vite', ['build', '--logLevel', 'warn'])) !== 0)
  fail('The widgets do not build.');

const organisation = demoOrganisation();
const administratorId = organisation.org.demo?.administratorId;
if (!administratorId) fail('The demo organisation names no administrator.');
const sandbox = await startSandbox({
  organisation,
  port: sandboxPort,
  widgetsOrigin: server,
  client,
  ...(process.env.ZOHO_SDK_FILE ? { sdkFile: process.env.ZOHO_SDK_FILE } : {}),
});

// The local Zoho forgets its tokens when it stops, so the demo's database lives as long.
const dataDir = mkdtempSync(join(tmpdir(), 'customer-360-demo-'));
const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server/main.ts')], {
  cwd: ROOT,
  stdio: ['ignore', process.env.LOG_LEVEL ? 'inherit' : 'ignore', 'inherit'],
  env: {
    ...process.env,
    PORT: String(port),
    PUBLIC_URL: server,
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    ZOHO_CLIENT_ID: client.id,
    ZOHO_CLIENT_SECRET: client.secret,
    SECRET_KEYS: `demo:${randomBytes(32).toString('base64')}`,
    ZOHO_LOCAL_URL: sandbox.origin,
    ZOHO_SDK_URL: `${sandbox.origin}/sdk/ZohoEmbededAppSDK.min.js`,
  },
});
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
child.on('exit', (code) => {
  if (!stopping) void stop(code ?? 1);
});

await untilReady(`${server}/readyz`, child);
await walkInstall({ server, administratorId });
process.stdout.write(`ready: ${sandbox.origin}/\n`);

async function stop(code: number): Promise<void> {
  stopping = true;
  if (child.exitCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code);
}

async function untilReady(url: string, running: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries += 1) {
    if (running.exitCode !== null) fail('The server stopped while starting; its reason is above.');
    const answer = await fetch(url).catch(() => null); // not listening yet is what we wait out
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  fail(`The server did not become ready at ${url}.`);
}

function isFree(wanted: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
