import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { createServer as createZohoServer } from '@mswjs/http-middleware';
import type { Browser, Frame, Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { ROOT } from '../../support/run.ts';
import { demoOrganisation } from '../demo/demo-organisation.ts';
import { crmPageHandlers } from './crm-page.ts';

const organisation = demoOrganisation();
const repId = organisation.org.demo?.repId;
const [account, other] = organisation.crm.Accounts.filter(
  ({ Owner }) => (Owner as { id: string }).id === repId, // safe because the demo writes it
);
const path = `/accounts/${account?.id}`;

/** The widget's side of the border, as our widgets use it; what it was told is kept for the test. */
const PROBE = `
  import { connectToCrm } from '${join(ROOT, 'widgets/crm/connect-to-crm.ts')}';
  import { crmTheme } from '${join(ROOT, 'widgets/crm/crm-theme.ts')}';
  import { crmUser } from '${join(ROOT, 'widgets/crm/crm-user.ts')}';
  import { openRecord } from '${join(ROOT, 'widgets/crm/open-record.ts')}';
  import { reportHeight } from '${join(ROOT, 'widgets/crm/widget-height.ts')}';
  const told = [];
  const options = { timeoutMs: 1500, onSwitch: (context) => told.push(context) };
  window.probe = { told, crmTheme, crmUser, openRecord, first: connectToCrm(options).then((context) => told.push(context)) };
  reportHeight(document.querySelector('main'));
`;

/** What a widget without our adapter would believe. */
const TRUSTING = `
  window.probe = { told: [] };
  ZOHO.embeddedApp.on('PageLoad', (data) => window.probe.told.push(data));
  ZOHO.embeddedApp.init();
`;

let browser: Browser;
let adapter: string;
beforeAll(async () => {
  [browser, adapter] = await Promise.all([launchBrowser(), bundled(PROBE)]);
});
afterAll(async () => {
  await browser.close();
});

const real = process.env.ZOHO_SDK_FILE;
const sdks: readonly { name: string; sdkFile?: string }[] = [
  { name: 'our stand-in' },
  ...(real ? [{ name: 'a real SDK file', sdkFile: real }] : []),
];

describe.each(sdks)('the CRM page and a widget on another site, with $name', ({ sdkFile }) => {
  let widgets: Server;
  let zoho: Server;
  let crm: string;
  let page: Page;
  let complaints: string[];
  let script: string;
  let listed: string;

  beforeAll(async () => {
    widgets = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widget</title>
<meta name="crm-origins" content="${listed}"><style>body{margin:0}</style></head>
<body><main style="height:333px">widget</main><script src="${crm}/sdk/ZohoEmbededAppSDK.min.js"></script>
<script type="module">${script}</script></body></html>`);
    });
    const widgetsPort = await listening(widgets);
    const handlers = crmPageHandlers({
      organisation,
      widgetsOrigin: `http://localhost:${widgetsPort}`,
      ...(sdkFile ? { sdkFile } : {}),
    });
    zoho = createServer(createZohoServer(...handlers));
    crm = `http://127.0.0.1:${await listening(zoho)}`;
  });
  afterAll(async () => {
    await Promise.all([closed(widgets), closed(zoho)]);
  });
  beforeEach(async () => {
    script = adapter;
    listed = crm;
    complaints = [];
    page = await (await browser.newContext({ colorScheme: 'light' })).newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (said) => {
      if (['error', 'warning'].includes(said.type())) complaints.push(said.text());
    });
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  async function open(address: string): Promise<Frame> {
    await page.goto(crm + address);
    const handle = await page.locator('#widget').elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error('The page hosts no widget');
    await frame.waitForFunction('window.probe');
    return frame;
  }
  const toldFirst = async (address: string): Promise<unknown> => {
    const frame = await open(address);
    return frame.evaluate('window.probe.first.then(() => window.probe.told[0])');
  };
  const record = { state: 'record', module: 'Accounts', recordId: account?.id };

  it('the widget learns the record, its storage denied', async () => {
    expect(await toldFirst(path)).toEqual(record);
    const [, frame] = page.frames();
    await expect(frame?.evaluate(() => window.localStorage.length)).rejects.toThrow(/denied/i);
  });

  it('an id in a list is the same record', async () => {
    expect(await toldFirst(`${path}?entityId=array`)).toEqual(record);
  });

  it('a module we do not serve is named', async () => {
    expect(await toldFirst(`${path}?module=Unknown`)).toEqual({
      state: 'unsupported_module',
      module: 'Unknown',
    });
  });

  it.each(['sdk=silent', 'pageload=never'])('%s: the widget gives up waiting', async (how) => {
    expect(await toldFirst(`${path}?${how}`)).toEqual({ state: 'silent' });
  });

  it('a record named late still arrives', async () => {
    const frame = await open(`${path}?pageload=never`);
    await frame.evaluate('window.probe.first');
    await page.evaluate('window.crmHost.sendPageLoad()');
    await frame.waitForFunction('window.probe.told.length > 1');
    expect(await frame.evaluate('window.probe.told')).toEqual([{ state: 'silent' }, record]);
  });

  it('the widget follows CRM to another record', async () => {
    const frame = await open(path);
    await frame.evaluate('window.probe.first');
    await page.evaluate(
      (next) => (window as unknown as Host).crmHost.sendContextUpdate(next), // safe because the host script sets it
      { module: 'Accounts', id: other?.id },
    );
    await frame.waitForFunction('window.probe.told.length > 1');
    expect(await frame.evaluate('window.probe.told[1]')).toEqual({ ...record, recordId: other?.id });
  });

  it('a host that is not listed hears nothing', async () => {
    listed = 'https://crm.zoho.com';
    expect(await toldFirst(path)).toEqual({ state: 'foreign_host' });
    expect(await page.evaluate('window.crmHost.messages')).toEqual([]);
  });

  it('forged messages change nothing', async () => {
    const frame = await open(`${path}?forge=1`);
    await frame.evaluate('window.probe.first');
    await page.waitForTimeout(600); // for some dozens of forgeries from either frame
    expect(await frame.evaluate('window.probe.told')).toEqual([record]);
  });

  it('and do fool a widget without the guard, if its SDK lets them', async () => {
    script = TRUSTING;
    const frame = await open(`${path}?forge=1`);
    await frame.waitForFunction('window.probe.told.length > 3');
    expect(await frame.evaluate('window.probe.told.map(({ EntityId }) => EntityId)')).toContain(other?.id);
  });

  it('the frame grows to the height of the widget', async () => {
    const frame = await open(path);
    const height = (): Promise<number> => page.locator('#widget').evaluate((one) => one.clientHeight);
    await expect.poll(height).toBe(333);
    await frame.locator('main').evaluate((main) => main.setAttribute('style', 'height:520.4px'));
    await expect.poll(height).toBe(521);
    expect(await page.evaluate('window.crmHost.heights.map(({ height }) => height)')).toEqual([333, 521]);
  });

  it('the theme of CRM is the widget’s, where the SDK can tell it', async () => {
    const frame = await open(`${path}?theme=night`);
    await frame.evaluate('window.probe.first');
    const tells = await frame.evaluate('"getUserPreference" in ZOHO.CRM.CONFIG');
    expect(await frame.evaluate('window.probe.crmTheme()')).toBe(tells ? 'night' : 'day');
  });

  it('the widget opens a record in CRM itself', async () => {
    const frame = await open(path);
    await frame.evaluate('window.probe.first');
    const to = { module: 'Accounts', recordId: other?.id };
    await frame.evaluate(`void window.probe.openRecord(${JSON.stringify(to)})`);
    await page.waitForURL(`${crm}/accounts/${other?.id}`);
  });

  it('the widget is told who is logged in to CRM', async () => {
    const frame = await open(path);
    expect(await frame.evaluate('window.probe.crmUser()')).toEqual({ id: repId, name: 'Maya Lindqvist' });
  });

  it('the settings page has no record', async () => {
    expect(await toldFirst('/settings')).toEqual({ state: 'no_record' });
  });

  it('a record CRM refuses to read rejects with its own object', async () => {
    const frame = await open(path);
    await frame.evaluate('window.probe.first');
    const read = (id: unknown): Promise<unknown> =>
      frame.evaluate(
        `ZOHO.CRM.API.getRecord({ Entity: 'Accounts', RecordID: '${id}' }).then(({ data }) => data[0].id, ({ code }) => code)`,
      );
    expect(await read(account?.id)).toBe(account?.id);
    expect(await read('1')).toBe('INVALID_DATA');
  });

  it('the user menu decides whose records are listed', async () => {
    await page.goto(`${crm}/accounts`);
    const counted = (): Promise<string> => page.locator('.heading p').innerText();
    const before = await counted();
    await page.locator('#users summary').click();
    await page.getByRole('button', { name: /Amelia Hartmann/ }).click();
    await page.getByLabel(/Logged in as Amelia Hartmann/).waitFor();
    expect(Number.parseInt(await counted(), 10)).toBe(organisation.crm.Accounts.length);
    expect(Number.parseInt(before, 10)).toBeLessThan(organisation.crm.Accounts.length);
  });

  it.each([
    [320, 'day'],
    [1000, 'night'],
  ])('at %i px by %s the pages have no barrier and never scroll sideways', async (width, theme) => {
    await page.setViewportSize({ width, height: 800 });
    for (const address of ['/deals', path, '/settings']) {
      await page.goto(`${crm}${address}?theme=${theme}`);
      const { violations } = await new AxeBuilder({ page }).exclude('#widget').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});

interface Host {
  readonly crmHost: { sendContextUpdate(record: { module: string; id: unknown }): void };
}

async function bundled(code: string): Promise<string> {
  const id = 'virtual:probe';
  const made = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'probe',
        resolveId: (wanted) => (wanted === id ? id : null),
        load: (wanted) => (wanted === id ? code : null),
      },
    ],
    build: { write: false, minify: false, rollupOptions: { input: id } },
  });
  if (!('output' in made)) throw new Error('Vite built something else than one bundle');
  return made.output[0].code;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)); // safe because it listens on TCP
  });
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
