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

test('the command prints each head, ends with 1 naming the first position that was tampered with, and with 2 when a head is too old to tell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const database = await openPglite({ folder });
    let now = new Date('2020-11-10T09:00:00.000Z');
    const audit = createAudit({ database, clock: () => now, onTrouble: () => undefined });
    const reading = (subject: string) =>
      audit.write(INSTALL, { action: 'record.read', subject, outcome: 'shown' });
    await reading('Accounts/1');
    await reading('Accounts/2');
    now = new Date('2022-01-01T00:00:00.000Z');
    await reading('Accounts/3');
    await audit.prune();
    await database.close();

    const [code, told] = await verified(folder, `${INSTALL}:1:${'0'.repeat(64)}`);
    expect(told).toMatch(
      new RegExp(
        `^whole \\(2 kept, 2 past their time\\)\n  head ${INSTALL}:4:[0-9a-f]{64}\n  NOT COMPARED with the head noted at 1: `,
      ),
    );
    expect(code).toBe(2);

    const owned = await openPglite({ folder });
    await owned.query("set session_replication_role = 'replica'");
    await owned.query(
      "update audit_entries set entry = replace(entry, 'shown', 'hidden') where sequence = 3",
    );
    await owned.close();
    const [broken, found] = await verified(folder);
    expect(found).toContain('BROKEN at 3: the entry or its hash was changed');
    expect(broken).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 90_000);

async function verified(folder: string, ...noted: readonly string[]): Promise<[number | null, string]> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'server/verify-audit.ts'), ...noted], {
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
