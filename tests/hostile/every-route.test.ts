/** Walks every route the server has, so that a new one is covered before anyone remembers it. Number 42 as well. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from './world.ts';

/** Everything that answers without a session, each for its reason. */
const OPEN = [
  'GET /api/openapi.json',
  'GET /auth/assets/:name',
  'GET /auth/callback',
  'GET /auth/go',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'GET /widgets/:page',
  'GET /widgets/assets/:file',
  'POST /auth/logout',
  'POST /auth/redeem',
  'POST /auth/refresh',
  'POST /auth/start',
];

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('every route', () => {
  test('without a session answers 401 before it reads anything, unless it is on the short list', async () => {
    const open: string[] = [];
    for (const { method, url, right } of world.app.declaredRights) {
      const path = url.replaceAll(/:\w+/g, '1');
      const answer = await world.ask(
        method as 'GET',
        path,
        method === 'GET' || method === 'HEAD' ? {} : { body: {} },
      );
      expect([method, url, answer.statusCode === 401]).toEqual([method, url, right !== 'public']);
      if (right === 'public' && method !== 'HEAD') open.push(`${method} ${url}`);
    }
    expect(open.sort()).toEqual(OPEN);
    expect(world.app.declaredRights.length).toBeGreaterThan(OPEN.length);
  });

  test('42: forbids framing, sniffing and storing, on errors and pages alike', async () => {
    const paths = [
      '/auth/go',
      '/auth/go?tx=1',
      '/auth/callback',
      '/nothing',
      '/%zz',
      '/api/v1/settings',
      '/healthz',
      '/widgets/none.html',
    ];
    for (const path of paths) {
      const { headers } = await world.ask('GET', path);
      expect([path, String(headers['content-security-policy'])]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect([path, headers['x-content-type-options'], headers['cache-control']]).toEqual([
        path,
        'nosniff',
        'no-store',
      ]);
      expect(headers['cross-origin-opener-policy']).toBeUndefined(); // it would cut the popup's opener off
    }
  });

  test('is described, with its answer, in the OpenAPI document', async () => {
    const { paths } = (await world.ask('GET', '/api/openapi.json')).json() as {
      paths: Record<string, object>;
    };
    const described = world.app.declaredRights
      .filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/v1/'))
      .map(({ url }) => url.replaceAll(/:(\w+)/g, '{$1}'));
    expect(described.length).toBeGreaterThan(4);
    for (const path of described) expect(Object.keys(paths)).toContain(path);
  });
});
