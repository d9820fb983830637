/** Numbers are those of the list of hostile tests the server must survive: 14 and 37–41. */
import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeIn, codeOf, openWorld, type Person, SERVER, type World } from './world.ts';

/** Where Zoho hosts the widgets of the zip. */
const HOSTED = 'https://0f8e2a.zappsusercontent.com';

let world: World;
let administrator: Person;
beforeAll(async () => {
  world = await openWorld(undefined, { WIDGET_ORIGINS: HOSTED });
  administrator = await world.install();
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };
const start = (payload: string | Buffer, headers: Record<string, string> = json) =>
  world.ask('POST', '/auth/start', { payload, headers });
const GOOD = { challenge: 'a'.repeat(43), purpose: 'panel' };

describe('bodies', () => {
  test('37: one byte over the limit is refused, and so is what is packed', async () => {
    const long = JSON.stringify({ ...GOOD, serviceOrigin: 'x'.repeat(40_000) });
    expect(codeOf(await start(long))).toBe('request.too_large');
    const limit = 32 * 1_024;
    const filled = (bytes: number): string => JSON.stringify(GOOD).padEnd(bytes, ' ');
    expect((await start(filled(limit))).statusCode).toBe(200);
    expect(codeOf(await start(filled(limit + 1)))).toBe('request.too_large');
    // a bomb: ten thousand times its size once unpacked, which nobody does
    const bomb = gzipSync(filled(10_000_000));
    expect(bomb.length).toBeLessThan(limit);
    for (const coding of ['gzip', 'br', 'deflate', 'gzip, gzip', 'identity'])
      expect([coding, (await start(bomb, { ...json, 'content-encoding': coding })).statusCode]).toEqual([
        coding,
        coding === 'identity' ? 400 : 415,
      ]);
  });

  test('38: JSON made to hurt is refused', async () => {
    const nested = `{"challenge":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const crowded = JSON.stringify(
      Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`k${at}`, 1])),
    );
    const bodies = [
      nested,
      crowded,
      '{"__proto__":{"admin":true},"challenge":"x","purpose":"panel"}',
      '{"constructor":{"prototype":{"admin":true}}}',
      '{"challenge":NaN}',
      `{"challenge":"${'a'.repeat(42)}\\ud800","purpose":"panel"}`,
      `\uFEFF${JSON.stringify(GOOD)}`,
      '',
      'null',
      '[]',
      '"text"',
      '{',
    ];
    for (const body of bodies)
      expect([body.slice(0, 40), codeOf(await start(body))]).toEqual([body.slice(0, 40), 'request.invalid']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('39: anything but JSON is refused, whatever it claims to be', async () => {
    const body = JSON.stringify(GOOD);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'text/json',
    ]) {
      expect(codeOf(await start(body, { 'content-type': type }))).toBe('request.wrong_type');
    }
    const override = { ...json, 'x-http-method-override': 'PUT', 'x-method-override': 'DELETE' };
    expect((await start(body, override)).statusCode).toBe(200);
    const trace = await world.app.inject({ method: 'TRACE' as 'GET', url: '/api/v1/settings' });
    expect(trace.statusCode).toBe(404);
  });
});

describe('headers', () => {
  test('40: a forged host or address changes nothing we answer', async () => {
    const headers = {
      ...json,
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '1.2.3.4',
      forwarded: 'host=evil',
    };
    const answer = await start(JSON.stringify(GOOD), headers);
    expect((answer.json() as { url: string }).url.startsWith(`${SERVER}/auth/go?tx=`)).toBe(true);
    const split = await world.ask('GET', '/auth/go?tx=%0d%0aset-cookie:%20a=b');
    expect(split.headers['set-cookie']).toBeUndefined();
    expect(world.logs()).not.toContain('1.2.3.4');
  });

  test('41: no origin that is not listed is ever allowed to read an answer', async () => {
    for (const origin of [
      'null',
      'https://evil.zappsusercontent.com',
      'https://crm.zoho.com.evil.example',
      'http://localhost:3600',
      `${HOSTED}.evil.example`,
      `${HOSTED}:8443`,
      HOSTED.replace('https', 'http'),
      `${HOSTED}, https://evil.example`,
    ]) {
      const answer = await world.ask('GET', '/api/v1/settings', {
        token: administrator.accessToken,
        headers: { origin },
      });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(String(answer.headers.vary)).toContain('Origin');
      const preflight = await world.app.inject({
        method: 'OPTIONS',
        url: '/api/v1/settings',
        headers: { origin, 'access-control-request-method': 'PUT' },
      });
      expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('41: widgets hosted by Zoho at a listed origin may, with exactly the methods and headers they use', async () => {
    const shown = (headers: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
    const admitted = {
      'access-control-allow-origin': HOSTED,
      'access-control-allow-credentials': 'true',
    };
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const preflight = await world.app.inject({
        method: 'OPTIONS',
        url: '/api/v1/settings',
        headers: { origin: HOSTED, 'access-control-request-method': method },
      });
      expect([method, preflight.statusCode, preflight.body]).toEqual([method, 204, '']);
      expect(shown(preflight.headers)).toEqual({
        ...admitted,
        'access-control-allow-methods': 'GET, POST, PUT, DELETE',
        'access-control-allow-headers':
          'authorization, cache-control, content-type, idempotency-key, x-customer-360',
        'access-control-max-age': '600',
      });
      expect(String(preflight.headers.vary)).toContain('Origin');
    }
    const ask = (origin: string | undefined, path = '/api/v1/settings') =>
      world.ask('GET', path, {
        token: administrator.accessToken,
        ...(origin === undefined ? {} : { headers: { origin } }),
      });
    expect((await ask(HOSTED)).statusCode).toBe(200);
    expect(shown((await ask(HOSTED)).headers)).toEqual(admitted);
    const refused = await world.ask('GET', '/api/v1/settings', { headers: { origin: HOSTED } });
    expect([refused.statusCode, shown(refused.headers)]).toEqual([401, admitted]); // a widget has to see why
    // Pages hosted by ourselves ask as they always did, and what is no API is nobody's.
    for (const [origin, path] of [
      [undefined],
      [SERVER],
      [HOSTED, '/healthz'],
      [HOSTED, '/widgets/panel.html'],
    ])
      expect([origin, path, shown((await ask(origin, path)).headers)]).toEqual([origin, path, {}]);
  });

  test('14: a window is answered to exactly the page that opened it, and to no page that is not listed', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const body = { challenge, purpose: 'panel' };
    const from = (origin: string) => ({ origin, 'x-customer-360': '1' });
    for (const origin of ['null', 'https://evil.zappsusercontent.com'])
      expect(codeOf(await world.ask('POST', '/auth/start', { body, headers: { origin } }))).toBe(
        'request.invalid',
      );
    const started = await world.ask('POST', '/auth/start', { body, headers: { origin: HOSTED } });
    const { tx, url } = started.json() as { tx: string; url: string };
    const done = await world.ask('GET', await world.consent(url, SMALL.users.rep));
    expect(done.body).toContain(`data-origin="${HOSTED}"`);
    expect(done.body).not.toContain(`data-origin="${SERVER}"`);
    const redeemed = await world.ask('POST', '/auth/redeem', {
      body: { tx, code: codeIn(done), verifier },
      headers: { origin: HOSTED },
    });
    const [cookie] = redeemed.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None', partitioned: true });
    const refreshFrom = (headers: Record<string, string>) =>
      world.ask('POST', '/auth/refresh', {
        body: {},
        headers: { ...headers, cookie: `__Host-c360=${cookie?.value}` },
      });
    for (const headers of [from('https://evil.zappsusercontent.com'), from('null'), { origin: HOSTED }])
      expect(codeOf(await refreshFrom(headers))).toBe('request.invalid');
    const renewed = await refreshFrom(from(HOSTED));
    expect([renewed.statusCode, renewed.headers['access-control-allow-origin']]).toEqual([200, HOSTED]);
    // Books is connected from the settings in the same way.
    const books = await world.ask('POST', '/api/v1/settings/books/start', {
      token: administrator.accessToken,
      body: { challenge },
      headers: { origin: HOSTED },
    });
    const back = await world.consent((books.json() as { url: string }).url, SMALL.users.administrator);
    expect((await world.ask('GET', back)).body).toContain(`data-origin="${HOSTED}"`);
  });
});
