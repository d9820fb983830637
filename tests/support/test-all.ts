/**
 * `npm test`: format, lint, types, unused code, build, then every test, browser ones included.
 * Prints one closing line, `N passed, N failed`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';
import { runBinary } from './run.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

const reports = mkdtempSync(join(tmpdir(), 'customer-360-tests-'));
const only = process.argv.slice(2);

async function checks(): Promise<number> {
  const steps: readonly [string, () => Promise<number>][] = [
    ['format and lint', () => runBinary('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.'])],
    ['types', () => runBinary('typescript', 'tsc', ['--noEmit'])],
    ['unused code', () => runBinary('knip', 'knip', ['--no-progress'])],
    ['build', () => runBinary('vite', 'vite', ['build', '--logLevel', 'warn'])],
  ];
  let failed = 0;
  for (const [name, step] of steps) {
    const ok = (await step()) === 0;
    process.stdout.write(`${ok ? '✓' : '✗'} ${name}\n`);
    if (!ok) failed += 1;
  }
  return failed;
}

async function tests(): Promise<Report | null> {
  const outputFile = join(reports, 'report.json');
  await runBinary('vitest', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    ...only,
  ]);
  try {
    return JSON.parse(readFileSync(outputFile, 'utf8')) as Report; // safe because vitest writes it
  } catch (cause) {
    process.stderr.write(`No test report: ${String(cause)}\n`);
    return null;
  }
}

await ensureBrowser();
const failedChecks = await checks();
const report = await tests();
rmSync(reports, { recursive: true, force: true });

// A suite that cannot even load has no failed test of its own; it still must not pass.
const failedSuites = report && report.numFailedTests === 0 ? report.numFailedTestSuites : 0;
const failed = failedChecks + (report ? report.numFailedTests + failedSuites : 1);
const passed = (report?.numPassedTests ?? 0) + (4 - failedChecks);
const skipped = report?.numPendingTests ?? 0;
process.stdout.write(
  `\n${skipped > 0 ? `${skipped} tests left out, each with its reason above.\n` : ''}${passed} passed, ${failed} failed\n`,
);
process.exit(failed === 0 ? 0 : 1);
