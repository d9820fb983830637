// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPopupFlow, type PopupFlow } from './popup-flow.ts';
import { ProblemError } from './problem-error.ts';

const CODE = 'c'.repeat(43);
let opened: { closed: boolean } | null;
let started: number;
let finished: unknown[];
let flow: PopupFlow;
let leave: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  opened = { closed: false };
  started = 0;
  finished = [];
  vi.spyOn(window, 'open').mockImplementation(() => opened as Window | null); // safe because only `closed` is read
  flow = createPopupFlow({
    start: async () => {
      started += 1;
      return { tx: `tx-${started}`, url: `/auth/go?tx=tx-${started}` };
    },
    finish: async (message) => {
      finished.push(message);
    },
  });
  leave = flow.prepare();
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  leave();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const state = () => flow.store.getState();

async function hears(data: unknown, from: { origin?: string; source?: unknown } = {}): Promise<void> {
  const event = new MessageEvent('message', { data });
  Object.defineProperties(event, {
    origin: { value: from.origin ?? window.location.origin },
    source: { value: from.source === undefined ? opened : from.source },
  });
  window.dispatchEvent(event);
  await vi.advanceTimersByTimeAsync(0);
}

const signedIn = (tx: string) => ({ type: 'customer360.signed-in', tx, code: CODE });

describe('a window at Zoho', () => {
  it('has its address before the click, and the click opens it at once', () => {
    expect(state()).toMatchObject({ state: 'ready' });
    flow.open();
    expect(window.open).toHaveBeenCalledWith(
      expect.stringContaining('/auth/go?tx=tx-1'),
      '_blank',
      expect.any(String),
    );
    expect(state().state).toBe('open');
  });

  it('gets a new address before the old one is forgotten', async () => {
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(started).toBe(2);
    expect(state().url).toContain('tx-2');
  });

  it('that is blocked leaves a plain link, whose window may report as well', async () => {
    opened = null;
    flow.open();
    expect(state()).toMatchObject({ state: 'blocked', url: expect.stringContaining('tx-1') });
    await hears(signedIn('tx-1'), { source: { closed: false } });
    expect(finished).toEqual([signedIn('tx-1')]);
  });

  it('that is closed without a word is explained, and a late word still counts', async () => {
    flow.open();
    if (opened) opened.closed = true;
    await vi.advanceTimersByTimeAsync(500);
    expect(state().state).toBe('closed');
    await hears(signedIn('tx-1'));
    expect(finished).toEqual([signedIn('tx-1')]);
  });

  it('that reports a refusal says so and is ready for another try', async () => {
    flow.open();
    await hears({ type: 'customer360.refused', tx: 'tx-1', problem: 'sign_in.user_not_admitted' });
    expect(state()).toMatchObject({
      state: 'refused',
      code: 'sign_in.user_not_admitted',
      url: expect.stringContaining('tx-2'),
    });
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another window', { source: { closed: false } }],
    ['this very page', { source: window }],
  ])('a message from %s is ignored', async (_, from) => {
    flow.open();
    await hears(signedIn('tx-1'), from);
    expect(finished).toEqual([]);
  });

  it.each([
    ['of a start that was not ours', signedIn('tx-9')],
    ['of another shape', { ...signedIn('tx-1'), extra: true }],
    ['that is no message at all', 'signed-in'],
  ])('a message %s is ignored', async (_, data) => {
    flow.open();
    await hears(data);
    expect(finished).toEqual([]);
  });

  it('counts once', async () => {
    flow.open();
    await hears(signedIn('tx-1'));
    await hears(signedIn('tx-1'));
    expect(finished).toHaveLength(1);
  });
});

describe('a window that cannot report', () => {
  let right: string;
  let tried: string[];
  let typing: PopupFlow;
  beforeEach(async () => {
    right = 'tx-1 0123456789';
    tried = [];
    let starts = 0;
    typing = createPopupFlow({
      start: async () => {
        starts += 1;
        return { tx: `tx-${starts}`, url: `/auth/go?tx=tx-${starts}` };
      },
      finish: async ({ tx, code }) => {
        tried.push(`${tx} ${code}`);
        if (`${tx} ${code}` !== right) throw new ProblemError('sign_in.invalid');
      },
    });
    const stop = typing.prepare();
    leave();
    leave = stop;
    await vi.advanceTimersByTimeAsync(0);
    typing.open();
  });

  it('shows a code, which is typed here in any spelling', async () => {
    await typing.enter(' o1234 – 5678 9');
    expect(tried).toEqual(['tx-1 0123456789']);
    expect(typing.store.getState().state).toBe('finishing');
  });

  it('what is no code is not sent, and a wrong one may be typed again', async () => {
    for (const text of ['', '012345678', '01234567890', '012345678U']) {
      await typing.enter(text);
      expect(typing.store.getState()).toMatchObject({ state: 'open', typed: 'no_code' });
    }
    expect(tried).toEqual([]);
    await typing.enter('0000000000');
    expect(typing.store.getState()).toMatchObject({ state: 'open', typed: 'wrong' });
    await typing.enter('0123456789');
    expect(typing.store.getState().state).toBe('finishing');
  });

  it('that was opened before its start was renewed counts as well', async () => {
    if (opened) opened.closed = true;
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    await typing.enter('0123456789');
    expect(tried).toEqual(['tx-2 0123456789', 'tx-1 0123456789']);
    expect(typing.store.getState().state).toBe('finishing');
  });

  it('after five wrong codes it has to be opened anew', async () => {
    for (let tries = 0; tries < 5; tries += 1) await typing.enter('0000000000');
    expect(typing.store.getState()).toMatchObject({
      state: 'refused',
      code: 'sign_in.invalid',
      url: expect.stringContaining('tx-2'),
    });
  });
});

it('a start that fails says why, and the next click tries again', async () => {
  let tries = 0;
  const failing = createPopupFlow({
    start: () => {
      tries += 1;
      return Promise.reject(new ProblemError('server.overloaded'));
    },
    finish: async () => undefined,
  });
  const stop = failing.prepare();
  await vi.advanceTimersByTimeAsync(0);
  expect(failing.store.getState()).toEqual({ state: 'failed', code: 'server.overloaded', url: null });
  failing.open();
  await vi.advanceTimersByTimeAsync(0);
  expect(tries).toBe(2);
  stop();
});
