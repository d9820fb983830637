import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type CallRecord, createTransport, type ZohoRequest } from './transport.ts';
import { ZohoTrouble } from './trouble.ts';

const TOKEN = '1000.canary-token-5d1f';
const servers: Server[] = [];

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const about = (origin: string): ZohoRequest => ({
  service: 'books',
  method: 'GET',
  origin,
  path: '/books/v3/invoices/{id}',
  ids: { id: '460000000026049' },
  query: { organization_id: '10234695' },
  accessToken: TOKEN,
});

async function troubleFrom(work: Promise<unknown>): Promise<ZohoTrouble> {
  const trouble = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(trouble instanceof ZohoTrouble)) throw new Error(`no trouble but ${String(trouble)}`);
  return trouble;
}

describe('the door to Zoho', () => {
  it('asks the documented address with the token in the header and answers parsed JSON', async () => {
    const asked: string[] = [];
    const origin = await listening((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.setHeader('x-rate-limit-reset', '20421').end('{"code":0}');
    });
    const { status, headers, body } = await createTransport({ allowedOrigins: [origin] })(about(origin));
    expect({ status, body, reset: headers.get('x-rate-limit-reset') }).toEqual({
      status: 200,
      body: { code: 0 },
      reset: '20421',
    });
    expect(asked).toEqual([
      `GET /books/v3/invoices/460000000026049?organization_id=10234695 Zoho-oauthtoken ${TOKEN}`,
    ]);
  });

  const broken: readonly [string, RequestListener, RegExp][] = [
    ['a maintenance page', (_, response) => response.end(`<html>${TOKEN}</html>`), /^not_json$/],
    ['half an answer', (_, response) => response.end(`{"code":0,"invoices":[{"t":"${TOKEN}`), /^not_json$/],
    ['an answer without end', (_, response) => response.end(`"${'x'.repeat(2000)}${TOKEN}"`), /^too_large$/],
    ['silence', () => undefined, /^timeout$/],
    ['a cut connection', (request) => request.socket.destroy(), /^(ECONNRESET|UND_ERR_SOCKET)$/],
  ];
  it.each(broken)('%s is Books being unreachable, and the token is in no error', async (_, answer, code) => {
    const origin = await listening(answer);
    const transport = createTransport({ allowedOrigins: [origin], timeoutMs: 200, maxBytes: 1000 });
    const trouble = await troubleFrom(transport(about(origin)));
    expect([trouble.service, trouble.kind]).toEqual(['books', 'unreachable']);
    expect(trouble.detail.code).toMatch(code);
    expect(everything(trouble)).not.toContain('canary');
  });

  it('a redirect is not followed: the token stays here', async () => {
    let reached = false;
    const elsewhere = await listening((_, response) => {
      reached = true;
      response.end('{}');
    });
    const origin = await listening((_, response) => response.writeHead(302, { location: elsewhere }).end());
    const trouble = await troubleFrom(
      createTransport({ allowedOrigins: [origin, elsewhere] })(about(origin)),
    );
    expect([trouble.kind, trouble.detail]).toEqual(['unreachable', { status: 302, code: 'redirected' }]);
    expect(reached).toBe(false);
  });

  it('"nothing found" is an empty answer, and an error page leaves its status to judge', async () => {
    const empty = await listening((_, response) => response.writeHead(204).end());
    expect((await createTransport({ allowedOrigins: [empty] })(about(empty))).body).toBeNull();
    const failing = await listening((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'));
    const { status, body } = await createTransport({ allowedOrigins: [failing] })(about(failing));
    expect([status, body]).toEqual([502, null]);
  });

  it.each(['http://169.254.169.254', 'https://www.zohoapis.com.evil.example', 'http://127.0.0.1:1/../'])(
    'a request to %s never leaves',
    async (origin) => {
      const transport = createTransport({ allowedOrigins: ['https://www.zohoapis.com'] });
      const trouble = await troubleFrom(transport(about(origin)));
      expect([trouble.kind, trouble.detail.code]).toEqual(['refused', 'origin_not_allowed']);
    },
  );

  it.each(['', '../users', '1/actions/share', '1?fields=Cost', '1%2f2', '١٢٣'])(
    'the id "%s" does not get into a path',
    async (id) => {
      const transport = createTransport({ allowedOrigins: ['https://www.zohoapis.com'] });
      const trouble = await troubleFrom(transport({ ...about('https://www.zohoapis.com'), ids: { id } }));
      expect([trouble.kind, trouble.detail.code]).toEqual(['refused', 'malformed_id']);
    },
  );

  it('a token that cannot be a header is not quoted in the error', async () => {
    const origin = await listening((_, response) => response.end('{}'));
    const transport = createTransport({ allowedOrigins: [origin] });
    const trouble = await troubleFrom(transport({ ...about(origin), accessToken: `${TOKEN}\nx: y` }));
    expect(everything(trouble)).not.toContain('canary');
  });

  it('operations see service, path pattern and status of each call, and no id, query or token', async () => {
    const calls: CallRecord[] = [];
    const origin = await listening((_, response) => response.end('{}'));
    const transport = createTransport({
      allowedOrigins: [origin],
      requestId: () => 'request-7',
      onCall: (call) => calls.push(call),
    });
    await transport(about(origin));
    expect(calls).toMatchObject([
      {
        service: 'books',
        method: 'GET',
        path: '/books/v3/invoices/{id}',
        status: 200,
        failure: null,
        requestId: 'request-7',
      },
    ]);
    expect(JSON.stringify(calls)).not.toMatch(/canary|460000000026049|10234695/);
  });
});

/** All that a logger could print of an error. */
function everything(trouble: ZohoTrouble): string {
  return [trouble.message, trouble.stack, JSON.stringify(trouble.detail), String(trouble.cause)].join('\n');
}
