import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { run, runBinary } from './run.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Keeps Chromium to itself: no updates, no first-run pages, and no sandbox, which root may not have. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium. @throws when there is none on this machine; `ensureBrowser` installs one. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === null) throw new Error('No Chromium found: set CHROMIUM_PATH or run npm test once.');
  return chromium.launch({ executablePath, args: QUIET });
}

/** In this order; the last works where Playwright's download is out of reach and we may install packages. */
const INSTALLERS: readonly (() => Promise<number>)[] = [
  () => runBinary('@playwright/test', 'playwright', ['install', 'chromium']),
  async () =>
    process.getuid?.() === 0 ? run('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq chromium']) : 1,
];

/** Finds a Chromium, or installs Playwright's. @throws when there is none and none can be installed. */
export async function ensureBrowser(): Promise<void> {
  if (browserPath() !== null) return;
  process.stdout.write('Installing Chromium …\n');
  for (const install of INSTALLERS) {
    if ((await install().catch(() => 1)) === 0 && browserPath() !== null) return; // a missing installer is a failed one
  }
  if (browserPath() === null) {
    throw new Error('Chromium could not be installed: install it yourself and set CHROMIUM_PATH to it.');
  }
}

/** `CHROMIUM_PATH`, Playwright's own, then what is on `PATH`. */
function browserPath(): string | null {
  const named = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(named ? [named] : []), chromium.executablePath(), ...onPath].find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not ours to run: look on
  }
}
