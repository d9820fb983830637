/**
 * `npm run pack`: builds the widgets, bakes in where they find the SDK and our server, lets Zoho's own toolkit
 * validate and zip them, and checks the zip by its own listing. Prints the zip's path.
 *
 * The toolkit drops files of unknown kinds with a warning and exit code 0, so only the listing proves the content.
 * @see https://www.zoho.com/crm/developer/docs/widgets/
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { build } from 'vite';
import { DATA_CENTRES } from '../server/zoho/data-centres.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const NAME = 'customer-360';
const SDK_URL = 'https://live.zwidgets.com/js-sdk/1.5/ZohoEmbededAppSDK.min.js';

const LIMITS = {
  files: 250,
  fileBytes: 5 * 1024 * 1024,
  // not checked by the toolkit for CRM, but by its other products, and by the upload at a little more
  allBytes: 20 * 1024 * 1024,
  fileName: /^[A-Za-z0-9_.$-]{1,250}$/,
  folderName: /^[A-Za-z0-9_$-]+$/,
  kinds: new Set([
    'jpg',
    'jpeg',
    'png',
    'gif',
    'svg',
    'css',
    'woff',
    'woff2',
    'ttf',
    'eot',
    'webm',
    'js',
    'mp3',
    'mp4',
    'json',
    'txt',
    'md',
    'xml',
    'dre',
    'html',
  ]),
} as const;

/** The same mtime in every file makes the same zip bytes from the same sources. */
const STAMP = new Date('2026-01-01T00:00:00Z');

/** @returns what is wrong with these `app/…` paths and sizes by the toolkit's limits; empty when nothing is. */
export function packFaults(files: readonly { path: string; bytes: number }[]): readonly string[] {
  const faults: string[] = [];
  if (files.length === 0) faults.push('nothing to pack');
  if (files.length > LIMITS.files) faults.push(`${files.length} files, at most ${LIMITS.files} are allowed`);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (all > LIMITS.allBytes) faults.push(`${all} bytes together, at most ${LIMITS.allBytes}`);
  for (const { path, bytes } of files) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    if (bytes > LIMITS.fileBytes) faults.push(`${path}: ${bytes} bytes, at most ${LIMITS.fileBytes}`);
    if (!LIMITS.fileName.test(name)) faults.push(`${path}: file name`);
    if (!LIMITS.kinds.has(name.split('.').pop() ?? ''))
      faults.push(`${path}: this kind is silently left out of the zip`);
    for (const folder of parts)
      if (!LIMITS.folderName.test(folder)) faults.push(`${path}: folder name ${folder}`);
  }
  return faults;
}

/** Builds, stages, validates and zips. @returns the zip and the paths inside it. */
export async function pack({
  apiOrigin,
  outDir,
}: {
  apiOrigin: string;
  outDir: string;
}): Promise<{ zip: string; listing: readonly string[] }> {
  const staging = join(mkdtempSync(join(tmpdir(), 'pack-')), NAME);
  mkdirSync(staging, { recursive: true });
  try {
    await build({
      configFile: join(ROOT, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: join(staging, 'app'), emptyOutDir: true },
    });
    cpSync(join(ROOT, 'plugin-manifest.json'), join(staging, 'plugin-manifest.json'));
    const wanted = filesBelow(join(staging, 'app'));
    for (const path of wanted) {
      if (path.endsWith('.html')) bake(path, apiOrigin);
      utimesSync(path, STAMP, STAMP);
    }
    const named = wanted.map((path) => ({
      path: relative(staging, path).split(sep).join('/'),
      bytes: statSync(path).size,
    }));
    refuse(packFaults(named));
    zet(staging, 'validate');
    zet(staging, 'pack');

    const made = join(staging, 'dist', `${NAME}.zip`);
    const listing = Object.keys(unzipSync(readFileSync(made)))
      .filter((path) => !path.endsWith('/'))
      .sort();
    const expected = named.map(({ path }) => path).sort();
    refuse(
      expected.filter((path) => !listing.includes(path)).map((path) => `${path} is missing from the zip`),
    );
    refuse(
      listing.filter((path) => !expected.includes(path)).map((path) => `${path} should not be in the zip`),
    );

    mkdirSync(outDir, { recursive: true });
    const zip = join(outDir, `${NAME}.zip`);
    cpSync(made, zip);
    return { zip, listing };
  } finally {
    rmSync(dirname(staging), { recursive: true, force: true });
  }
}

/** What the server fills in when it serves the page itself. */
function bake(path: string, apiOrigin: string): void {
  const page = readFileSync(path, 'utf8')
    .replaceAll('__ZOHO_SDK_URL__', SDK_URL)
    .replaceAll('__CRM_ORIGINS__', DATA_CENTRES.map(({ crm }) => crm).join(' '))
    .replaceAll('__API_ORIGIN__', apiOrigin);
  writeFileSync(path, page);
}

/** Runs the toolkit in `cwd`; its exit code is only trusted for failure. */
function zet(cwd: string, command: 'validate' | 'pack'): void {
  const manifest = createRequire(import.meta.url).resolve('zoho-extension-toolkit/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> }; // safe because npm demands this shape
  const script = bin.zet;
  if (!script) throw new Error('zoho-extension-toolkit has no zet command');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dirname(manifest), script), command], {
    cwd,
    encoding: 'utf8',
    // its update check would phone home
    env: { ...process.env, NO_UPDATE_NOTIFIER: '1', CI: 'true' },
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`zet ${command} failed:\n${stdout}\n${stderr}`);
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`The package is wrong:\n- ${faults.join('\n- ')}`);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const apiOrigin = new URL(process.env.PUBLIC_URL ?? 'http://localhost:3600').origin;
  const { zip, listing } = await pack({ apiOrigin, outDir: join(ROOT, 'dist') });
  process.stdout.write(
    `${listing.map((path) => `  ${path}`).join('\n')}\n${listing.length} files, calls ${apiOrigin}\n${zip}\n`,
  );
}
