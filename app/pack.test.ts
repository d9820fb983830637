import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { pack, packFaults } from './pack.ts';

const page = { path: 'app/widgets/panel.html', bytes: 900 };

it('accepts what the toolkit takes', () => {
  expect(packFaults([page, { path: 'app/widgets/assets/panel-C3x_1.js', bytes: 200_000 }])).toEqual([]);
});

it('names every file the toolkit would refuse or silently leave out', () => {
  expect(
    packFaults([
      page,
      { path: 'app/widgets/assets/panel.js.map', bytes: 1 },
      { path: 'app/v1.2/page.html', bytes: 1 },
      { path: 'app/big.png', bytes: 5 * 1024 * 1024 + 1 },
      { path: 'app/naïve.js', bytes: 1 },
    ]),
  ).toEqual([
    'app/widgets/assets/panel.js.map: this kind is silently left out of the zip',
    'app/v1.2/page.html: folder name v1.2',
    'app/big.png: 5242881 bytes, at most 5242880',
    'app/naïve.js: file name',
  ]);
});

it('counts files against the limit of 250 and refuses an empty package', () => {
  const many = Array.from({ length: 251 }, (_, index) => ({ path: `app/${index}.js`, bytes: 1 }));
  expect(packFaults(many)).toEqual(['251 files, at most 250 are allowed']);
  expect(packFaults([])).toEqual(['nothing to pack']);
});

it('the toolkit packs both widgets, filled in, and the zip holds exactly what was staged', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const { zip, listing } = await pack({ apiOrigin: 'https://customer360.example.com', outDir });
    expect(listing).toContain('app/widgets/panel.html');
    expect(listing).toContain('app/widgets/settings.html');
    expect(listing.filter((path) => !path.startsWith('app/'))).toEqual([]);
    const page = new TextDecoder().decode(unzipSync(readFileSync(zip))['app/widgets/panel.html']);
    expect(page).toContain('https://live.zwidgets.com/js-sdk/1.5/ZohoEmbededAppSDK.min.js');
    expect(page).toContain('https://customer360.example.com');
    expect(page).toContain('https://crm.zoho.eu');
    expect(page).not.toMatch(/__[A-Z_]+__/);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}, 120_000);
