import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import { wire } from '../../server/wire.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { type Sandbox, startSandbox } from '../sandbox/serve-sandbox.ts';
import { walkInstall } from '../sandbox/walk-install.ts';
import { openMemoryDatabase } from './memory-database.ts';
import { ROOT } from './run.ts';

export interface Product {
  /** Address of the CRM page, on another site than the widgets. */
  readonly crm: string;
  /** Address of our server and its widgets. */
  readonly server: string;
  readonly sandbox: Sandbox;
  readonly stop: () => Promise<void>;
}

interface Ask {
  readonly organisation: Organisation;
  /** Absent: any free port. */
  readonly port?: number;
  readonly sandboxPort?: number;
  /** A real SDK file to serve instead of the stand-in. */
  readonly sdkFile?: string;
  readonly logs?: 'shown' | 'hidden';
  /** False leaves the extension uninstalled, as an administrator first finds it. */
  readonly installed?: boolean;
  /** Journeys and benches count what their own views cost, so nothing is read in the background unless asked for. */
  readonly backgroundReads?: 'on';
  readonly onServerExit?: (code: number) => void;
  /** Runs the server inside this process on a clock of the test's, which the local Zoho shares. */
  readonly clock?: () => Date;
}

/**
 * The whole product as a user meets it: a local Zoho over HTTP, the production server as a process of its own
 * beside it, installed through the pages an administrator uses.
 */
export async function startProduct(ask: Ask): Promise<Product> {
  const port = await freePort(ask.port ?? 0, 'PORT');
  const sandboxPort = await freePort(ask.sandboxPort ?? 0, 'SANDBOX_PORT');
  // The widgets live on another site than the CRM page, as at Zoho: storage and cookies behave as they will there.
  const server = `http://localhost:${port}`;
  const client = { id: '1000.LOCALDEMOCLIENT', secret: randomBytes(16).toString('hex') };
  const sandbox = await startSandbox({
    organisation: ask.organisation,
    port: sandboxPort,
    widgetsOrigin: server,
    client,
    ...(ask.sdkFile ? { sdkFile: ask.sdkFile } : {}),
    ...(ask.clock ? { clock: ask.clock } : {}),
  });
  const environment = {
    PORT: String(port),
    HOST: 'localhost',
    PUBLIC_URL: server,
    DATABASE_URL: '',
    ZOHO_CLIENT_ID: client.id,
    ZOHO_CLIENT_SECRET: client.secret,
    SECRET_KEYS: `local:${randomBytes(32).toString('base64')}`,
    BACKGROUND_READS: ask.backgroundReads ?? 'off',
    ZOHO_LOCAL_URL: sandbox.origin,
    ZOHO_SDK_URL: `${sandbox.origin}/sdk/ZohoEmbededAppSDK.min.js`,
    // all of the demo's people come from one address
    SIGN_INS_PER_MINUTE: '600',
    // a journey clicks faster than any person
    REQUESTS_PER_USER_PER_MINUTE: '600',
  };
  const running = ask.clock
    ? await startInside(environment, port, ask.clock)
    : await startBeside(environment, `${server}/readyz`, ask);
  const stop = async (): Promise<void> => {
    await running.stop();
    await sandbox.close();
  };
  try {
    if (ask.installed !== false)
      await walkInstall({ server, administratorId: demoUser(ask.organisation, 'administratorId') });
  } catch (failure) {
    await stop();
    throw failure;
  }
  return { crm: sandbox.origin, server, sandbox, stop };
}

interface Running {
  readonly stop: () => Promise<void>;
}

/** The production server as a process of its own. */
async function startBeside(environment: NodeJS.ProcessEnv, readyUrl: string, ask: Ask): Promise<Running> {
  // The local Zoho forgets its tokens when it stops, so this database lives only as long.
  const dataDir = mkdtempSync(join(tmpdir(), 'customer-360-'));
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server/main.ts')], {
    cwd: ROOT,
    stdio: ['ignore', ask.logs === 'shown' ? 'inherit' : 'ignore', 'inherit'],
    env: { ...process.env, ...environment, DATA_DIR: dataDir },
  });
  let stopping = false;
  child.on('exit', (code) => {
    if (!stopping) ask.onServerExit?.(code ?? 1);
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    await stopped(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  await untilReady(readyUrl, child).catch(async (failure: unknown) => {
    await stop();
    throw failure;
  });
  return { stop };
}

/** The same rooms, wired the same way, in this process: only the clock and the database in memory differ. */
async function startInside(
  environment: Record<string, string>,
  port: number,
  clock: () => Date,
): Promise<Running> {
  const database = await openMemoryDatabase();
  const app = await wire({
    // limits per person count on the machine's clock, not on the test's
    config: readConfig({ ...environment, LOG_LEVEL: 'silent', REQUESTS_PER_USER_PER_MINUTE: '6000' }),
    database,
    logger: createLogger('silent'),
    clock,
    widgetsFolder: join(ROOT, 'dist/app/widgets'),
  });
  await app.listen({ port, host: 'localhost' });
  return {
    stop: async () => {
      await app.close();
      await database.close();
    },
  };
}

/** @throws when the organisation names no such person. */
export function demoUser(organisation: Organisation, who: 'administratorId' | 'repId'): string {
  const id = organisation.org.demo?.[who];
  if (!id) throw new Error(`The organisation names no ${who} under "demo" in org.json`);
  return id;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

async function untilReady(url: string, running: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries += 1) {
    if (running.exitCode !== null) throw new Error('The server stopped while starting; its reason is above.');
    const answer = await fetch(url).catch(() => null); // not listening yet is what we wait out
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`The server did not become ready at ${url}.`);
}

/** @throws when the wanted port is taken. */
function freePort(wanted: number, setting: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => reject(new Error(`Port ${wanted} is in use; choose another with ${setting}.`)));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // safe because it listens on TCP
      probe.close(() => resolve(port));
    });
  });
}
