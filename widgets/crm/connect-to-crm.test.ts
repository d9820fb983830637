// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CRM, type StagedCrm, stageCrm } from '../../tests/support/staged-crm.ts';
import type { CrmContext } from './connect-to-crm.ts';

let stage: StagedCrm;
let connect: typeof import('./connect-to-crm.ts').connectToCrm;
beforeEach(async () => {
  vi.resetModules(); // it connects once per page
  ({ connectToCrm: connect } = await import('./connect-to-crm.ts'));
  vi.useFakeTimers();
  stage = stageCrm();
});
afterEach(() => {
  stage.leave();
  vi.useRealTimers();
});

/** Connects, and lets CRM say this as soon as the widget listens. */
async function told(pageLoad: unknown): Promise<CrmContext> {
  stage.loadSdk();
  const context = connect();
  await vi.advanceTimersByTimeAsync(1);
  stage.say('PageLoad', pageLoad);
  return context;
}

describe('what CRM shows', () => {
  it.each(['Accounts', 'Deals', 'Contacts'])('%s with an id as text is a record', async (module) => {
    expect(await told({ Entity: module, EntityId: '4876457000000' })).toEqual({
      state: 'record',
      module,
      recordId: '4876457000000',
    });
  });

  it('a list of ids, as buttons send it, means its first', async () => {
    expect(await told({ Entity: 'Deals', EntityId: ['11', '22'] })).toEqual({
      state: 'record',
      module: 'Deals',
      recordId: '11',
    });
  });

  it('a module we have no panel for is named, not guessed at', async () => {
    expect(await told({ Entity: 'Leads', EntityId: '11' })).toEqual({
      state: 'unsupported_module',
      module: 'Leads',
    });
  });

  it.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['a form of a record not saved yet', { Entity: 'Deals' }],
    ['no ids', { Entity: 'Deals', EntityId: [] }],
    ['an id that is not one', { Entity: 'Deals', EntityId: '../settings' }],
    ['an id as a number, which may have lost digits', { Entity: 'Deals', EntityId: 4876457000000 }],
  ])('%s is no record', async (_, pageLoad) => {
    expect(await told(pageLoad)).toEqual({ state: 'no_record' });
  });

  it('the settings page does not wait for a record', async () => {
    stage.loadSdk();
    const context = connect({ expects: 'nothing' });
    await vi.advanceTimersByTimeAsync(1);
    stage.answer();
    expect(await context).toEqual({ state: 'no_record' });
  });

  it('a record CRM shows later in the same frame replaces the first', async () => {
    stage.loadSdk();
    const onSwitch = vi.fn();
    const context = connect({ onSwitch });
    await vi.advanceTimersByTimeAsync(1);
    stage.say('PageLoad', { Entity: 'Deals', EntityId: '11' });
    stage.say('PageLoad', { Entity: 'Deals', EntityId: '11' });
    stage.say('ContextUpdate', { theme: 'night' });
    expect(await context).toEqual({ state: 'record', module: 'Deals', recordId: '11' });
    expect(onSwitch).not.toHaveBeenCalled();
    stage.say('ContextUpdate', { Entity: 'Deals', EntityId: '22' });
    expect(onSwitch.mock.calls).toEqual([[{ state: 'record', module: 'Deals', recordId: '22' }]]);
  });
});

describe('a CRM that does not answer', () => {
  it('is silent after eight seconds when the SDK hears nothing', async () => {
    stage.loadSdk();
    const context = connect();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await context).toEqual({ state: 'silent' });
  });

  it('is silent when it answers the SDK but never names a record', async () => {
    stage.loadSdk();
    const context = connect({ timeoutMs: 500 });
    await vi.advanceTimersByTimeAsync(1);
    stage.answer();
    await vi.advanceTimersByTimeAsync(500);
    expect(await context).toEqual({ state: 'silent' });
  });

  it('is silent when the SDK was never loaded', async () => {
    const context = connect({ timeoutMs: 500 });
    await vi.advanceTimersByTimeAsync(600);
    expect(await context).toEqual({ state: 'silent' });
  });

  it('is silent at once when the SDK refuses to start', async () => {
    stage.loadSdk();
    const context = connect();
    await vi.advanceTimersByTimeAsync(1);
    stage.refuse({ code: 'NOT_ALLOWED' });
    expect(await context).toEqual({ state: 'silent' });
  });

  it('may still name its record late', async () => {
    stage.loadSdk();
    const onSwitch = vi.fn();
    const context = connect({ onSwitch });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await context).toEqual({ state: 'silent' });
    stage.say('PageLoad', { Entity: 'Accounts', EntityId: '7' });
    expect(onSwitch.mock.calls).toEqual([[{ state: 'record', module: 'Accounts', recordId: '7' }]]);
  });

  it('is waited for when only its script is slow', async () => {
    const context = connect();
    await vi.advanceTimersByTimeAsync(3_000);
    stage.loadSdk();
    await vi.advanceTimersByTimeAsync(100);
    stage.say('PageLoad', { Entity: 'Deals', EntityId: '11' });
    expect((await context).state).toBe('record');
  });
});

describe('the SDK', () => {
  it('is started once, with the listeners set before', async () => {
    stage.loadSdk();
    const first = connect();
    const second = connect();
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.calls).toEqual(['on PageLoad', 'on ContextUpdate', 'init']);
    stage.say('PageLoad', { Entity: 'Deals', EntityId: '11' });
    expect(await second).toEqual(await first);
  });
});

describe('a host that is not CRM', () => {
  it.each([
    ['an origin that is not listed', '?serviceOrigin=https%3A%2F%2Fevil.example'],
    ['no origin', ''],
    ['an empty origin', '?serviceOrigin='],
    ['an origin that only begins like CRM', `?serviceOrigin=${encodeURIComponent(`${CRM}.evil.example`)}`],
    ['two origins', `?serviceOrigin=${encodeURIComponent(CRM)}&serviceOrigin=https%3A%2F%2Fevil.example`],
    [
      'a second origin in the hash',
      `?serviceOrigin=${encodeURIComponent(CRM)}#&serviceOrigin=https%3A%2F%2Fevil.example`,
    ],
    ['a broken escape', '?serviceOrigin=%E0%A4%A'],
    ['a listed host with a path', `?serviceOrigin=${encodeURIComponent(`${CRM}/x`)}`],
    ['a wildcard with a slash in it', '?serviceOrigin=https%3A%2F%2Fevil.example%2F.zohosandbox.com'],
  ])('%s: the SDK is never started', async (_, query) => {
    stage.open(query);
    stage.loadSdk();
    expect(await connect()).toEqual({ state: 'foreign_host' });
    await vi.advanceTimersByTimeAsync(100);
    expect(stage.calls).toEqual([]);
  });

  it('a page opened by itself has no host', async () => {
    stage.standAlone();
    stage.loadSdk();
    expect(await connect()).toEqual({ state: 'foreign_host' });
  });

  it('a listed wildcard covers the hosts below it', async () => {
    stage.open('?serviceOrigin=https%3A%2F%2Fplugin-acme.zohosandbox.com');
    stage.loadSdk();
    const context = connect();
    await vi.advanceTimersByTimeAsync(1);
    stage.say('PageLoad', { Entity: 'Deals', EntityId: '11' });
    expect((await context).state).toBe('record');
  });
});

describe('forged messages', () => {
  const forged = {
    type: 'FRAMEWORK.EVENT',
    eventName: 'PageLoad',
    data: { Entity: 'Deals', EntityId: '666' },
  };

  it.each([
    ['from another window of CRM’s own origin', () => ({ source: stage.otherWindow, origin: CRM })],
    [
      'from the parent window under another origin',
      () => ({ source: stage.parent, origin: 'https://evil.example' }),
    ],
    ['from our own window', () => ({ source: window, origin: window.location.origin })],
    ['from nowhere', () => ({ source: null, origin: '' })],
  ])('%s do not reach the SDK', async (_, from) => {
    stage.loadSdk();
    void connect();
    await vi.advanceTimersByTimeAsync(1);
    stage.post({ data: forged, ...from() });
    stage.post({ data: JSON.stringify(forged), ...from() });
    stage.post({ data: { ...forged, eventName: 'SET_CONTEXT' }, ...from() });
    expect(stage.heard).toEqual([]);
  });

  it('do not replace the record CRM named', async () => {
    stage.loadSdk();
    const onSwitch = vi.fn();
    const context = connect({ onSwitch });
    await vi.advanceTimersByTimeAsync(1);
    stage.post({ data: forged, source: stage.otherWindow, origin: CRM });
    stage.say('PageLoad', { Entity: 'Deals', EntityId: '11' });
    stage.post({ data: forged, source: stage.otherWindow, origin: CRM });
    expect(await context).toEqual({ state: 'record', module: 'Deals', recordId: '11' });
    expect(onSwitch).not.toHaveBeenCalled();
  });

  it('leave other messages, such as our sign-in window’s, alone', async () => {
    stage.loadSdk();
    void connect();
    await vi.advanceTimersByTimeAsync(1);
    const ours = { type: 'customer360.signed-in', tx: 't', code: 'c' };
    stage.post({ data: ours, source: stage.otherWindow, origin: window.location.origin });
    expect(stage.heard).toEqual([ours]);
  });
});
