// @vitest-environment happy-dom
/** Number 15 of the list of hostile tests: what other windows tell the widget. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPopupFlow } from '../../widgets/api/popup-flow.ts';
import { CRM, type StagedCrm, stageCrm } from '../support/staged-crm.ts';

let stage: StagedCrm;
beforeEach(() => {
  vi.resetModules(); // the widget connects once per page
  vi.useFakeTimers();
  stage = stageCrm();
});
afterEach(() => {
  stage.leave();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const turn = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);
const page = (EntityId: unknown) => ({
  type: 'FRAMEWORK.EVENT',
  eventName: 'PageLoad',
  data: { Entity: 'Deals', EntityId },
});

describe('messages to the widget', () => {
  test('15: only the window we opened, from our own origin, in our own words, ends a sign-in, and once', async () => {
    const popup = { closed: false };
    vi.spyOn(window, 'open').mockImplementation(() => popup as Window); // safe because only `closed` is read
    const finished: unknown[] = [];
    const flow = createPopupFlow({
      start: async () => ({ tx: 'tx-1', url: '/auth/go?tx=tx-1' }),
      finish: async (message) => void finished.push(message),
    });
    const leave = flow.prepare();
    await turn();
    flow.open();

    const origin = window.location.origin;
    const good = { type: 'customer360.signed-in', tx: 'tx-1', code: 'c'.repeat(43) };
    const forged: readonly { data: unknown; source: unknown; origin: string }[] = [
      { data: good, source: popup, origin: 'https://evil.example' },
      { data: good, source: popup, origin: 'null' },
      { data: good, source: popup, origin: `${origin}.evil.example` },
      { data: good, source: popup, origin: origin.replace('https', 'http') },
      { data: good, source: { closed: false }, origin },
      { data: good, source: window, origin },
      { data: good, source: null, origin },
      { data: { ...good, tx: 'tx-2' }, source: popup, origin },
      { data: { ...good, extra: 1 }, source: popup, origin },
      { data: { ...good, code: 43 }, source: popup, origin },
      { data: { tx: 'tx-1', code: good.code }, source: popup, origin },
      { data: JSON.stringify(good), source: popup, origin },
      { data: null, source: popup, origin },
    ];
    for (const message of forged) stage.post(message);
    await turn();
    expect([finished, flow.store.getState().state]).toEqual([[], 'open']);

    for (const _again of [1, 2]) stage.post({ data: good, source: popup, origin });
    await turn();
    expect(finished).toEqual([good]);
    leave();
  });

  test('15: only the page around us names the record', async () => {
    const { connectToCrm } = await import('../../widgets/crm/connect-to-crm.ts');
    const onSwitch = vi.fn();
    stage.loadSdk();
    const context = connectToCrm({ onSwitch });
    await turn();
    const forge = (): void => {
      stage.post({ data: page('666'), source: stage.otherWindow, origin: CRM });
      stage.post({ data: page('666'), source: stage.parent, origin: 'https://evil.example' });
      stage.post({ data: JSON.stringify(page('666')), source: stage.otherWindow, origin: CRM });
      stage.post({ data: { ...page('666'), eventName: 'SET_CONTEXT' }, source: window, origin: CRM });
    };
    forge();
    expect(stage.heard).toEqual([]);
    stage.say('PageLoad', page('11').data);
    forge();
    for (const wrong of ['../11', { id: '12' }, 12, ['<img src=x>']])
      stage.say('ContextUpdate', page(wrong).data);
    expect(await context).toEqual({ state: 'record', module: 'Deals', recordId: '11' });
    expect(onSwitch).not.toHaveBeenCalled();
  });
});
