// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';

const ME = { accessToken: 'first', expiresInSeconds: 300, user: { name: 'Remy Rep' }, crmPerson: null };
const problem = (status: number, code: string, retryAfterSeconds?: number) =>
  Response.json(
    { type: 'about:blank', title: code, status, code, requestId: 'r-1', retryAfterSeconds },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );

interface Sent {
  readonly path: string;
  readonly init: RequestInit;
}

let sent: Sent[];
let answers: ((sent: Sent) => Response | Error)[];
let api: typeof import('./session.ts') & typeof import('./ask.ts');

/** The network's edge: answers in order, remembers what it was sent, refuses what nobody expected. */
beforeEach(async () => {
  vi.resetModules();
  sent = [];
  answers = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const one = { path: new URL(url).pathname, init };
    sent.push(one);
    const answer = answers.shift()?.(one) ?? new Error(`Nobody expected ${one.path}`);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  api = { ...(await import('./session.ts')), ...(await import('./ask.ts')) };
});

const headerOf = ({ init }: Sent, name: string): string | null => new Headers(init.headers).get(name);

describe('a session', () => {
  it('is picked up by the cookie of our server alone, with the header other sites cannot send', async () => {
    answers = [() => Response.json(ME)];
    await api.resumeSession();
    expect(api.session.getState()).toEqual({ state: 'signed_in', userName: 'Remy Rep' });
    const [refresh] = sent;
    expect(refresh?.path).toBe('/auth/refresh');
    expect(refresh?.init).toMatchObject({ method: 'POST', credentials: 'same-origin' });
    expect(refresh && headerOf(refresh, 'x-customer-360')).toBe('1');
  });

  it('is asked for once, however many ask at the same time', async () => {
    answers = [() => Response.json(ME)];
    await Promise.all([api.resumeSession(), api.resumeSession(), api.accessToken()]);
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['session.missing', 'not_yet'],
    ['session.ended', 'not_yet'],
  ])('that never was (%s) asks to sign in for the first time', async (code, why) => {
    answers = [() => problem(401, code)];
    await api.resumeSession();
    expect(api.session.getState()).toEqual({ state: 'signed_out', why });
  });

  it.each([
    ['session.ended', 'ended'],
    ['session.missing', 'not_kept'],
  ])('that is lost later (%s) says why', async (code, why) => {
    answers = [() => Response.json(ME), () => problem(401, code)];
    await api.resumeSession();
    await api.resumeSession();
    expect(api.session.getState()).toEqual({ state: 'signed_out', why });
  });

  it('cannot be known while our server is away, and is not taken for signed out', async () => {
    answers = [() => new TypeError('failed to fetch')];
    await api.resumeSession();
    expect(api.session.getState()).toMatchObject({ state: 'unknown', problem: { code: 'widget.offline' } });
  });

  it('stays while its renewal fails for a passing reason; the question that needed it says so', async () => {
    answers = [() => Response.json({ ...ME, expiresInSeconds: 1 }), () => new TypeError('failed to fetch')];
    await api.resumeSession();
    await expect(api.tell('/api/v1/settings')).rejects.toMatchObject({ code: 'widget.offline' });
    expect(api.session.getState()).toMatchObject({ state: 'signed_in' });
  });

  it('works where the browser refuses locks', async () => {
    vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new DOMException('denied')) } });
    answers = [() => Response.json(ME)];
    await api.resumeSession();
    expect(api.session.getState()).toMatchObject({ state: 'signed_in' });
  });

  it('touches no storage of the browser', async () => {
    const denied = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    for (const store of ['localStorage', 'sessionStorage'] as const)
      vi.spyOn(window, store, 'get').mockImplementation(denied);
    answers = [() => Response.json(ME), () => Response.json({})];
    await api.resumeSession();
    await expect(api.tell('/api/v1/settings')).resolves.toEqual({});
    vi.restoreAllMocks();
  });
});

describe('a question', () => {
  beforeEach(async () => {
    answers = [() => Response.json(ME)];
    await api.resumeSession();
  });

  it('carries the token, and renews it once when it is refused', async () => {
    answers = [
      () => problem(401, 'session.ended'),
      () => Response.json({ ...ME, accessToken: 'second' }),
      (again) => Response.json({ token: headerOf(again, 'authorization') }),
    ];
    await expect(api.tell('/api/v1/settings')).resolves.toEqual({ token: 'Bearer second' });
    expect(sent.map(({ path }) => path)).toEqual([
      '/auth/refresh',
      '/api/v1/settings',
      '/auth/refresh',
      '/api/v1/settings',
    ]);
  });

  it('that changes something has a name of its own, and keeps it when it needs a newer token', async () => {
    answers = [
      () => problem(401, 'session.not_fresh'),
      () => Response.json({ ...ME, accessToken: 'second' }),
      () => problem(401, 'session.not_fresh'), // somebody else's change used that one up
      () => Response.json({ ...ME, accessToken: 'third' }),
      () => Response.json({}),
      () => Response.json({}),
    ];
    const change = { method: 'PUT', body: {} } as const;
    await api.tell('/api/v1/settings', change);
    await api.tell('/api/v1/settings', change);
    const changes = sent.filter(({ path }) => path === '/api/v1/settings');
    expect(changes.map((one) => headerOf(one, 'authorization'))).toEqual([
      'Bearer first',
      'Bearer second',
      'Bearer third',
      'Bearer third',
    ]);
    const [first, second, third, other] = changes.map((one) => headerOf(one, 'idempotency-key'));
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect([second, third, other === first]).toEqual([first, first, false]);
  });

  it('is given up when no token is fresh enough', async () => {
    const stale = () => problem(401, 'session.not_fresh');
    const renewed = () => Response.json(ME);
    answers = [stale, renewed, stale, renewed, stale];
    await expect(api.tell('/api/v1/settings', { method: 'PUT' })).rejects.toMatchObject({
      code: 'session.not_fresh',
    });
    expect(answers).toEqual([]);
  });

  it('that our server refuses keeps its code, its reference and its wait', async () => {
    answers = [() => problem(503, 'books.rate_limited', 42)];
    await expect(api.tell('/api/v1/settings')).rejects.toMatchObject({
      code: 'books.rate_limited',
      requestId: 'r-1',
      retryAfterSeconds: 42,
    });
  });

  it('answered with a page instead of JSON is unreadable, and the page is shown to nobody', async () => {
    answers = [() => new Response('<h1>Bad gateway</h1>', { status: 502 })];
    await expect(api.tell('/api/v1/settings')).rejects.toMatchObject({
      code: 'widget.unreadable',
      message: 'widget.unreadable',
    });
  });
});
