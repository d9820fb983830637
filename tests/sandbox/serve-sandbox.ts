import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createMswServer } from '@mswjs/http-middleware';
import { crmPageHandlers } from './crm-page/crm-page.ts';
import type { Scenario } from './scenario.ts';
import { controlHandlers } from './scenario-control.ts';
import { createZoho, type Zoho, type ZohoOptions } from './zoho.ts';
import type { Exchanges, Service } from './zoho-exchanges.ts';

export interface SandboxOptions extends ZohoOptions {
  /** 0 (the default): any free port. */
  readonly port?: number;
  /** Site of our widgets, framed by the CRM page; absent: no CRM page is served. */
  readonly widgetsOrigin?: string;
  /** A real SDK file to serve instead of the stand-in. */
  readonly sdkFile?: string;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`: accounts, CRM, Books and the CRM page in one. */
  readonly origin: string;
  readonly zoho: Zoho;
  readonly scenario: Scenario;
  readonly exchanges: Exchanges;
  close(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The local Zoho over HTTP, on this machine only. @throws when the port is taken */
export async function startSandbox({
  port = 0,
  widgetsOrigin,
  sdkFile,
  ...options
}: SandboxOptions): Promise<Sandbox> {
  const zoho = createZoho(options);
  const page = widgetsOrigin
    ? crmPageHandlers({ organisation: zoho.organisation, widgetsOrigin, ...(sdkFile ? { sdkFile } : {}) })
    : [];
  const answer: Listener = createMswServer(...controlHandlers(zoho), ...zoho.handlers, ...page);
  const server = createServer((request, response) => {
    if (isCut(zoho, request)) request.socket.destroy();
    else answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo; // safe because it listens on TCP
  return {
    origin: `http://127.0.0.1:${bound}`,
    zoho,
    scenario: zoho.scenario,
    exchanges: zoho.exchanges,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((failure) => (failure ? reject(failure) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A `reset` of the scenario cuts the connection here; inside a handler it could only be a strange answer. */
function isCut(
  { scenario, exchanges }: Zoho,
  { method = 'GET', url = '/', headers }: IncomingMessage,
): boolean {
  const { pathname, href } = new URL(url, `http://${headers.host ?? '127.0.0.1'}`);
  const service = serviceOf(pathname);
  if (!service) return false;
  const asked = { service, method, path: pathname };
  if (scenario.next(asked) !== 'reset') return false;
  scenario.take(asked);
  exchanges.record({ ...asked, url: href, status: 0, requestBody: '', responseBody: '', unknown: false });
  return true;
}

function serviceOf(path: string): Service | null {
  if (path.startsWith('/oauth/')) return 'accounts';
  if (path.startsWith('/crm/')) return 'crm';
  return path.startsWith('/books/') ? 'books' : null;
}
