import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { http, type RequestHandler } from 'msw';
import { at } from './pages/at.ts';

const ASSETS = [
  ['/crm-page/crm-page\\.css', 'crm-page.css'],
  ['/crm-page/lists\\.css', 'lists.css'],
  ['/crm-page/record\\.css', 'record.css'],
  ['/crm-page/crm-page\\.js', 'crm-page.js'],
  ['/crm-page/widget-host\\.js', 'widget-host.js'],
  ['/crm-page/forger\\.html', 'forger.html'],
  ['/crm-page/forger\\.js', 'forger.js'],
  ['/sdk/zdk\\.js', 'zdk.js'],
] as const;

const asset = (file: string): string => fileURLToPath(new URL(`assets/${file}`, import.meta.url));

const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript', html: 'text/html' };

/** Widgets of another site load the SDK from here, as they do from Zoho's CDN. */
const served = (file: string): Response =>
  new Response(new Uint8Array(readFileSync(file)), {
    headers: {
      'content-type': `${TYPES[file.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`,
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    },
  });

/** Scripts and styles of the CRM page, and the widget SDK: our stand-in, or a real SDK file as it is. */
export const fileHandlers = (sdkFile = asset('sdk-stand-in.js')): RequestHandler[] => [
  ...ASSETS.map(([path, file]) => http.get(at(path), () => served(asset(file)))),
  http.get(at('/sdk/ZohoEmbededAppSDK\\.min\\.js'), () => served(sdkFile)),
];
