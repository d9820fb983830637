import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../support/run.ts';

/** Bytes after gzip. */
export interface BundleSize {
  readonly js: number;
  readonly css: number;
  readonly total: number;
}

const PAGES = join(ROOT, 'dist/app/widgets');
const ASSETS = join(PAGES, 'assets');

/**
 * What the browser fetches because panel.html names it: scripts, announced modules, style sheets, and whatever those
 * import. Needs a build. @throws when dist/app is missing
 */
export function panelBundleSize(): BundleSize {
  return sizeOf(namedBy('panel.html'));
}

/** What has arrived when an English-speaking person sees figures: the entry, the screen and what it fetches with it. */
export function panelSizeUntilFigures(): BundleSize {
  const entry = namedBy('panel.html');
  return sizeOf([...entry, ...fetchedWith(entry, ['PanelScreen', 'customer-360'])]);
}

/** Chunks that import what a page starts with; the page itself excepted. Needs a build. */
export function importersOfEntries(): readonly string[] {
  const entries = new Set(
    readdirSync(PAGES)
      .filter((file) => file.endsWith('.html'))
      .flatMap((page) => [
        ...readFileSync(join(PAGES, page), 'utf8').matchAll(/<script[^>]* src="[^"]*\/([^"/]+)"/g),
      ])
      .map(([, file]) => file ?? ''),
  );
  if (entries.size < 2) throw new Error('The built pages name no entries of their own.');
  return readdirSync(ASSETS)
    .filter(isScript)
    .filter((file) => [...entries].some((entry) => read(file).includes(`"./${entry}"`)));
}

function namedBy(page: string): readonly string[] {
  const html = readFileSync(join(PAGES, page), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="[^"]*assets\/([^"/]+)"/g)].map(([, file]) => file ?? '');
  return withImports(named);
}

/** Chunks of these names that `files` fetch later, with their imports and the style sheets that belong to them. */
function fetchedWith(files: readonly string[], names: readonly string[]): readonly string[] {
  const later = files.filter(isScript).flatMap((file) => {
    const text = read(file);
    const chunks = [...text.matchAll(/import\(`?["'`]?\.\/([\w-]+\.js)["'`]/g)].map(
      ([, chunk]) => chunk ?? '',
    );
    const wanted = chunks.filter((chunk) => names.some((name) => chunk.startsWith(`${name}-`)));
    const sheets = [...text.matchAll(/[\w-]+\.css/g)].map(([sheet]) => sheet);
    return [...wanted, ...sheets.filter((sheet) => names.some((name) => sheet.startsWith(`${name}-`)))];
  });
  return withImports(later);
}

function withImports(files: readonly string[], known: ReadonlySet<string> = new Set()): readonly string[] {
  let all = new Set([...known, ...files]);
  for (const file of all) {
    if (!isScript(file)) continue;
    for (const [, imported] of read(file).matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g)) {
      if (imported) all = all.add(imported); // a set walks over what is added on the way
    }
  }
  return [...all];
}

function sizeOf(files: readonly string[]): BundleSize {
  const bytes = (wanted: (file: string) => boolean): number =>
    [...new Set(files)]
      .filter(wanted)
      .reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
  const js = bytes(isScript);
  const css = bytes((file) => file.endsWith('.css'));
  return { js, css, total: js + css };
}

const isScript = (file: string): boolean => file.endsWith('.js');
const read = (file: string): string => readFileSync(join(ASSETS, file), 'utf8');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const line = (name: string, { js, css, total }: BundleSize): string =>
    `${name}: ${(total / 1000).toFixed(1)} KB gzip (JS ${(js / 1000).toFixed(1)}, CSS ${(css / 1000).toFixed(1)})\n`;
  process.stdout.write(line('panel entry', panelBundleSize()));
  process.stdout.write(line('panel until figures', panelSizeUntilFigures()));
}
