// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type StagedCrm, stageCrm } from '../../tests/support/staged-crm.ts';

let stage: StagedCrm;
let crm: Awaited<ReturnType<typeof importAll>>;
beforeEach(async () => {
  vi.resetModules(); // it connects once per page
  crm = await importAll();
  vi.useFakeTimers();
  stage = stageCrm();
});
afterEach(() => {
  stage.leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function importAll() {
  const [{ connectToCrm }, theme, height, { openRecord }, { crmUser }] = await Promise.all([
    import('./connect-to-crm.ts'),
    import('./crm-theme.ts'),
    import('./widget-height.ts'),
    import('./open-record.ts'),
    import('./crm-user.ts'),
  ]);
  return { connectToCrm, ...theme, ...height, openRecord, crmUser };
}

/** A connected widget whose SDK answers these calls. */
async function connected(calls: Partial<ZohoSdk['CRM']>): Promise<void> {
  stage.loadSdk(calls);
  void crm.connectToCrm();
  await vi.advanceTimersByTimeAsync(1);
  stage.answer();
  await vi.advanceTimersByTimeAsync(1);
}

const systemPrefers = (scheme: 'dark' | 'light'): void => {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) => ({ matches: query.includes(scheme) }) as MediaQueryList, // safe because only `matches` is read
  );
};

describe('the theme', () => {
  it.each([
    [{ mode: 'day' }, 'day'],
    [{ mode: 'night' }, 'night'],
    [{ theme: 'Night' }, 'night'],
    [{ mode: 'sepia' }, 'day'],
  ])('%o in CRM is %s here, whatever the system prefers', async (preference, theme) => {
    systemPrefers(theme === 'day' ? 'dark' : 'light');
    await connected({ CONFIG: { getUserPreference: () => Promise.resolve(preference) } });
    expect(await crm.crmTheme()).toBe(theme);
  });

  it.each([
    ['an SDK too old to know', {}],
    ['a refusal', { getUserPreference: () => Promise.reject({ code: 'NO_PERMISSION' }) }],
    ['nothing readable', { getUserPreference: () => Promise.resolve('night') }],
  ])('%s leaves the system’s', async (_, CONFIG) => {
    systemPrefers('dark');
    await connected({ CONFIG });
    expect(await crm.crmTheme()).toBe('night');
  });

  it('without an answer is the system’s after eight seconds', async () => {
    systemPrefers('light');
    await connected({ CONFIG: { getUserPreference: () => new Promise(() => undefined) } });
    const theme = crm.crmTheme();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await theme).toBe('day');
  });

  it('is read again when the person comes back to the tab', async () => {
    let mode = 'day';
    await connected({ CONFIG: { getUserPreference: () => Promise.resolve({ mode }) } });
    const applied: string[] = [];
    const stop = crm.followCrmTheme((theme) => applied.push(theme));
    await vi.advanceTimersByTimeAsync(1);
    mode = 'night';
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(1);
    stop();
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(1);
    expect(applied).toEqual(['day', 'night']);
  });
});

describe('the height', () => {
  it('goes out at once, then only when it has settled, and never twice the same', async () => {
    const asked: number[] = [];
    await connected({
      UI: {
        Resize: ({ height }) => Promise.resolve(asked.push(height)),
        Record: { open: () => Promise.resolve() },
      },
    });
    crm.resizeTo(120.2);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual([121]);
    crm.resizeTo(300);
    crm.resizeTo(420);
    crm.resizeTo(419.5);
    await vi.advanceTimersByTimeAsync(1_000);
    crm.resizeTo(420);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([121, 420]);
  });

  it('of an element is reported whenever it changes, until we stop', async () => {
    const asked: number[] = [];
    let changed: () => void = () => undefined;
    const disconnect = vi.fn();
    vi.stubGlobal(
      'ResizeObserver',
      class {
        readonly disconnect = disconnect;
        readonly observe = vi.fn();
        constructor(callback: () => void) {
          changed = callback;
        }
      },
    );
    await connected({
      UI: {
        Resize: ({ height }) => Promise.resolve(asked.push(height)),
        Record: { open: () => Promise.resolve() },
      },
    });
    const panel = document.createElement('main');
    vi.spyOn(panel, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 320, 380));
    const stop = crm.reportHeight(panel);
    changed();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual([380]);
    stop();
    expect(disconnect).toHaveBeenCalledOnce();
  });
});

describe('opening a record', () => {
  const opening = (open: ZohoSdk['CRM']['UI']['Record']['open']): Partial<ZohoSdk['CRM']> => ({
    UI: { Resize: () => Promise.resolve(), Record: { open } },
  });
  const record = { module: 'Deals', recordId: '11' } as const;

  it('names it as CRM does', async () => {
    const open = vi.fn(() => Promise.resolve());
    await connected(opening(open));
    await crm.openRecord(record);
    expect(open.mock.calls).toEqual([[{ Entity: 'Deals', RecordID: '11' }]]);
  });

  it('refused with a plain object rejects with an error', async () => {
    await connected(opening(() => Promise.reject({ code: 'NO_PERMISSION' })));
    await expect(crm.openRecord(record)).rejects.toThrow('CRM refused: open record (NO_PERMISSION)');
  });

  it('that throws at once rejects all the same', async () => {
    await connected(
      opening(() => {
        throw new Error('Parentwindow reference not found.');
      }),
    );
    await expect(crm.openRecord(record)).rejects.toThrow('Parentwindow reference not found.');
  });

  it('never answered rejects after eight seconds', async () => {
    await connected(opening(() => new Promise(() => undefined)));
    const opened = expect(crm.openRecord(record)).rejects.toThrow('CRM did not answer: open record');
    await vi.advanceTimersByTimeAsync(8_000);
    await opened;
  });
});

describe('the person logged in to CRM', () => {
  const named = (user: unknown) => connected({ CONFIG: { getCurrentUser: () => Promise.resolve(user) } });

  it('is known by id and name', async () => {
    await named({ id: '12', full_name: 'Rob Rep', profile: { name: 'Administrator' } });
    expect(await crm.crmUser()).toEqual({ id: '12', name: 'Rob Rep' });
  });

  it('is nobody when CRM tells nothing readable', async () => {
    await named({ users: [{ id: '12' }] });
    expect(await crm.crmUser()).toBeNull();
  });
});
