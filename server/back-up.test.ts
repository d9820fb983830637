import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../tests/support/run.ts';
import { createAudit } from './audit/audit.ts';
import { openPglite } from './store/pglite.ts';

const INSTALL = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

test('the commands write a file only its owner may read, never over another one, and put it into a new folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  const [from, to, file] = ['from', 'to', 'everything'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  try {
    const database = await openPglite({ folder: from });
    const audit = createAudit({ database, clock: () => new Date(), onTrouble: () => undefined });
    await audit.write(INSTALL, { action: 'record.read', subject: 'Accounts/1', outcome: 'shown' });
    await database.close();

    expect(await run(from, 'backup', file)).toEqual([0, expect.stringMatching(/^2 rows written/)]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept = readFileSync(file, 'utf8');
    const [[again, why], restored] = await Promise.all([run(from, 'backup', file), run(to, 'restore', file)]);
    expect([again, why]).toEqual([1, expect.stringContaining('EEXIST')]);
    expect(readFileSync(file, 'utf8')).toBe(kept);
    expect(restored).toEqual([0, '2 rows put back\n']);

    const opened = await openPglite({ folder: to });
    const [entry] = await opened.query<{ entry: string }>('select entry from audit_entries');
    expect(entry?.entry).toContain('Accounts/1');
    await opened.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);

async function run(folder: string, ...words: readonly string[]): Promise<[number | null, string]> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server/back-up.ts'), ...words], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      DATA_DIR: folder,
      DATABASE_URL: '',
      PUBLIC_URL: 'https://c360.example.com',
      ZOHO_CLIENT_ID: 'a',
      ZOHO_CLIENT_SECRET: 'b',
      SECRET_KEYS: `k:${randomBytes(32).toString('base64')}`,
    },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return [code, said];
}
