import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../tests/support/run.ts';
import { createAudit } from './audit/audit.ts';
import { openPglite } from './store/pglite.ts';

const INSTALL = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

test('the command prints each head, and ends with 1 naming the first position that was tampered with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const database = await openPglite({ folder });
    const audit = createAudit({ database, clock: () => new Date(), onTrouble: () => undefined });
    for (const subject of ['Accounts/1', 'Accounts/2', 'Accounts/3'])
      await audit.note(INSTALL, { action: 'record.read', subject, outcome: 'shown' });
    await audit.flush();
    await database.close();

    const [code, told] = await verified(folder);
    expect(told).toMatch(
      new RegExp(`^whole \\(3 kept, 0 past their time\\)\n  head ${INSTALL}:3:[0-9a-f]{64}\n$`),
    );
    expect(code).toBe(0);

    const owned = await openPglite({ folder });
    await owned.query("set session_replication_role = 'replica'");
    await owned.query(
      "update audit_entries set entry = replace(entry, 'shown', 'hidden') where sequence = 2",
    );
    await owned.close();
    const [broken, found] = await verified(folder);
    expect(found).toContain('BROKEN at 2: the entry or its hash was changed');
    expect(broken).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

async function verified(folder: string): Promise<[number | null, string]> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server/verify-audit.ts')], {
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
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return [code, told];
}
