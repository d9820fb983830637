import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/run.ts';
import { startTestPostgres } from '../support/test-postgres.ts';
import type { OneSize } from './one-size.ts';

interface CostOfSize {
  readonly small: OneSize;
  readonly large: OneSize;
  /** Large beside small. */
  readonly ratios: { readonly calls: number; readonly readP99: number; readonly memory: number };
}

/** The same views and changes on a ledger of few and of many documents, on PostgreSQL; a reason where there is none. */
export async function costOfSize(few: number, many: number): Promise<CostOfSize | string> {
  const server = await startTestPostgres();
  if ('unavailable' in server) return server.unavailable;
  try {
    const [small, large] = [await oneSize(server.url, few), await oneSize(server.url, many)];
    const ratio = (of: 'calls' | 'readP99' | 'memory'): number =>
      Math.round((large[of] / small[of]) * 100) / 100;
    return {
      small,
      large,
      ratios: { calls: ratio('calls'), readP99: ratio('readP99'), memory: ratio('memory') },
    };
  } finally {
    await server.stop();
  }
}

async function oneSize(url: string, documents: number): Promise<OneSize> {
  const file = join(ROOT, 'tests/bench/one-size.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', file, url, String(documents)],
    { cwd: ROOT },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as OneSize; // safe because one-size prints it last
}
