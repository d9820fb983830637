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

it('refuses what is too large together, though each file alone would do', () => {
  const large = Array.from({ length: 5 }, (_, index) => ({
    path: `app/${index}.js`,
    bytes: 4.5 * 1024 * 1024,
  }));
  expect(packFaults(large)).toEqual([`${5 * 4.5 * 1024 * 1024} bytes together, at most ${20 * 1024 * 1024}`]);
});

it('the manifest is what the toolkit wants of a CRM extension: the service, and nothing that would be ignored', () => {
  const manifest = readFileSync(new URL('../plugin-manifest.json', import.meta.url), 'utf8');
  expect(JSON.parse(manifest)).toEqual({ service: 'CRM' });
});

it('the toolkit packs both widgets, filled in, and the zip holds exactly what was staged', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const { zip, listing } = await pack({ apiOrigin: 'https://customer360.example.com', outDir });
    expect(listing).toContain('app/widgets/panel.html');
    expect(listing).toContain('app/widgets/settings.html');
    expect(listing.filter((path) => !path.startsWith('app/'))).toEqual([]);
    // names change with what is in them; `npx vitest run --project rules app/pack.test.ts -u` writes the list anew
    const named = listing.map((path) => path.replace(/-[\w-]{8}(?=\.\w+$)/, '-*')).sort();
    await expect(`${named.join('\n')}\n`).toMatchFileSnapshot('../docs/marketplace/package.txt');
    const files = unzipSync(readFileSync(zip));
    for (const [path, bytes] of Object.entries(files))
      expect(new TextDecoder().decode(bytes), path).not.toMatch(/sourceMappingURL|\.tsx?:\d/);
    const page = new TextDecoder().decode(files['app/widgets/panel.html']);
    const settings = new TextDecoder().decode(files['app/widgets/settings.html']);
    expect(settings).toContain('https://customer360.example.com');
    const parts = [...`${page}${settings}`.matchAll(/(?:src|href)="(\.[^"]+)"/g)];
    expect(parts.length).toBeGreaterThan(4);
    for (const [, part = ''] of parts)
      expect(listing).toContain(new URL(part, 'https://zoho.invalid/app/widgets/').pathname.slice(1));
    expect(page).toContain('https://live.zwidgets.com/js-sdk/1.5/ZohoEmbededAppSDK.min.js');
    expect(page).toContain('https://customer360.example.com');
    expect(page).toContain('https://crm.zoho.eu');
    expect(page).not.toMatch(/__[A-Z_]+__/);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}, 120_000);
