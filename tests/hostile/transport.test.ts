/** Numbers are those of the list of hostile tests the server must survive: 37–41. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, openWorld, type Person, SERVER, type World } from './world.ts';

let world: World;
let administrator: Person;
beforeAll(async () => {
  world = await openWorld();
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

  test('41: no other origin is ever allowed to read an answer', async () => {
    for (const origin of [
      'null',
      'https://evil.zappsusercontent.com',
      'https://crm.zoho.com.evil.example',
      'http://localhost:3600',
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
});
