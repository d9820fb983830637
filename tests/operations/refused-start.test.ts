/** What somebody sees who starts the production server without having set it up. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { ROOT } from '../support/run.ts';

test('everything that is missing or wrong is said at once, in words and without a stack, and it ends with 1', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'customer-360-refused-')); // where no .env helps out
  const server = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), join(ROOT, 'server/main.ts')],
    {
      cwd: elsewhere,
      env: { PATH: process.env.PATH, PORT: 'eighty', SECRET_KEYS: 'a:c2hvcnQ=', STOP_WITHIN_SECONDS: '-1' },
    },
  );
  const [said, complained, code] = await Promise.all([
    text(server.stdout),
    text(server.stderr),
    new Promise((resolve) => server.once('exit', resolve)),
  ]);
  rmSync(elsewhere, { recursive: true });
  expect(code).toBe(1);
  expect(said).toBe('');
  const [title, ...lines] = complained.trim().split('\n');
  expect(title).toBe('The server cannot start:');
  expect(lines.map((line) => /^ {2}- ([A-Z_]+) \S/.exec(line)?.[1])).toEqual([
    'PORT',
    'PUBLIC_URL',
    'ZOHO_CLIENT_ID',
    'ZOHO_CLIENT_SECRET',
    'SECRET_KEYS',
    'STOP_WITHIN_SECONDS',
  ]);
  expect(complained).not.toContain('c2hvcnQ');
}, 60_000);
