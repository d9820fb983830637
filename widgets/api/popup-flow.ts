import { createStore, type StoreApi } from 'zustand/vanilla';
import { PopupMessage } from '../../server/contract/auth.ts';
import { apiOrigin } from './api-origin.ts';
import { asProblem } from './problem-error.ts';
import { typedCodeIn } from './typed-code.ts';

/** `url` opens the window. It is fetched ahead, because browsers allow a window only right inside a click. */
type PopupState = {
  readonly url: string | null;
  /** What became of a code somebody typed: no code at all, on its way, or not the right one. */
  readonly typed?: 'no_code' | 'sending' | 'wrong';
} & (
  | { readonly state: 'preparing' | 'ready' | 'open' | 'blocked' | 'finishing' }
  /** The window went away, or hides from us, without a word. A late word still counts. */
  | { readonly state: 'closed' }
  /** With the code of the problem. */
  | { readonly state: 'refused' | 'failed'; readonly code: string }
);

interface Steps {
  /** Tells the server what is about to begin. */
  readonly start: () => Promise<{ tx: string; url: string }>;
  /** The window reported success for a `tx` of ours. */
  readonly finish: (message: Exclude<PopupMessage, { type: 'customer360.refused' }>) => Promise<void>;
}

export interface PopupFlow {
  readonly store: StoreApi<PopupState>;
  /** Prepares and keeps prepared until the returned function is called. */
  readonly prepare: () => () => void;
  /** Call it inside the click. */
  readonly open: () => void;
  /** Finishes with the code that a window shows when it cannot report. */
  readonly enter: (text: string) => Promise<void>;
}

const RENEW_MS = 4 * 60_000; // the server forgets a start after 5 minutes
const LOOK_MS = 500;
/** As many as the server takes. */
const MOST_CODES = 5;
const WINDOW = 'popup,width=520,height=720';

/** Something that happens in a window of its own at Zoho and reports back by message. */
export function createPopupFlow({ start, finish }: Steps): PopupFlow {
  const store = createStore<PopupState>(() => ({ state: 'preparing', url: null }));
  const ours = new Set<string>();
  /** The newest two: a window may have been opened just before its start was renewed. */
  let typeable: readonly string[] = [];
  let wrongCodes = 0;
  let popup: Window | null = null;
  let looking: ReturnType<typeof setInterval> | undefined;

  const failed = (thrown: unknown): void =>
    store.setState({ state: 'failed', code: asProblem(thrown).code, url: null }, true);

  const fetchUrl = async (): Promise<void> => {
    try {
      const started = await start();
      ours.add(started.tx);
      typeable = [started.tx, ...typeable.slice(0, 1)];
      const url = new URL(started.url, apiOrigin()).href;
      store.setState((now) => (now.state === 'preparing' ? { state: 'ready', url } : { ...now, url }), true);
    } catch (thrown) {
      failed(thrown);
    }
  };

  const hear = async ({ origin, source, data }: MessageEvent): Promise<void> => {
    // Only our own page, and of our pages only the window we opened (a blocked one was opened by the plain link).
    if (origin !== apiOrigin() || source === window || (popup && source !== popup)) return;
    const message = PopupMessage.safeParse(data);
    if (!message.success || !ours.delete(message.data.tx)) return;
    clearInterval(looking);
    if (message.data.type === 'customer360.refused') {
      store.setState({ state: 'refused', code: message.data.problem, url: null }, true);
      await fetchUrl(); // each start is good for one try
      return;
    }
    store.setState({ state: 'finishing', url: null }, true);
    await finish(message.data).catch(failed);
  };

  const enter = async (text: string): Promise<void> => {
    const code = typedCodeIn(text);
    const say = (typed: 'no_code' | 'sending' | 'wrong'): void =>
      store.setState((now) => ({ ...now, typed }), true);
    if (code === null) return say('no_code');
    say('sending');
    for (const tx of typeable) {
      try {
        await finish({ type: 'customer360.signed-in', tx, code });
        return store.setState({ state: 'finishing', url: null }, true);
      } catch (thrown) {
        const problem = asProblem(thrown).code;
        if (problem !== 'sign_in.invalid') return failed(thrown);
      }
    }
    wrongCodes += 1;
    if (wrongCodes < MOST_CODES) return say('wrong');
    // The server takes no more for this start either.
    wrongCodes = 0;
    typeable = [];
    store.setState({ state: 'refused', code: 'sign_in.invalid', url: null }, true);
    await fetchUrl();
  };

  const watch = (): void => {
    clearInterval(looking);
    looking = setInterval(() => {
      if (!popup?.closed) return;
      clearInterval(looking);
      store.setState((now) => (now.state === 'open' ? { ...now, state: 'closed' } : now), true);
    }, LOOK_MS);
  };

  return {
    store,
    prepare: () => {
      const listen = (event: MessageEvent): void => void hear(event);
      window.addEventListener('message', listen);
      const renewing = setInterval(() => {
        if (!['open', 'finishing'].includes(store.getState().state)) void fetchUrl();
      }, RENEW_MS);
      store.setState({ state: 'preparing', url: null }, true);
      void fetchUrl();
      return () => {
        window.removeEventListener('message', listen);
        clearInterval(renewing);
        clearInterval(looking);
      };
    },
    open: () => {
      const { url } = store.getState();
      if (url === null) {
        store.setState({ state: 'preparing', url }, true);
        void fetchUrl();
        return;
      }
      popup = window.open(url, '_blank', WINDOW);
      store.setState({ state: popup ? 'open' : 'blocked', url }, true);
      watch();
    },
    enter,
  };
}
