import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs a package's command with the terminal attached and answers its exit code. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs an installed package's binary with this very Node, e.g. `runBinary('vite', 'vite', ['build'])`. */
export function runBinary(
  name: string,
  binary: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  // read as a file: some packages do not export their package.json
  const folder = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>; // safe because npm demands this shape
  };
  const script = typeof bin === 'string' ? bin : bin[binary];
  if (!script) throw new Error(`${name} has no command ${binary}`);
  return run(process.execPath, [join(folder, script), ...args], env);
}
