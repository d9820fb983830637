import { createStore, type StoreApi } from 'zustand/vanilla';
import { PopupMessage } from '../../server/contract/auth.ts';
import { apiOrigin } from './api-origin.ts';
import { asProblem } from './problem-error.ts';

/** `url` opens the window. It is fetched ahead, because browsers allow a window only right inside a click. */
type PopupState = { readonly url: string | null } & (
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
}

const RENEW_MS = 4 * 60_000; // the server forgets a start after 5 minutes
const LOOK_MS = 500;
const WINDOW = 'popup,width=520,height=720';

/** Something that happens in a window of its own at Zoho and reports back by message. */
export function createPopupFlow({ start, finish }: Steps): PopupFlow {
  const store = createStore<PopupState>(() => ({ state: 'preparing', url: null }));
  const ours = new Set<string>();
  let popup: Window | null = null;
  let looking: ReturnType<typeof setInterval> | undefined;

  const failed = (thrown: unknown): void =>
    store.setState({ state: 'failed', code: asProblem(thrown).code, url: null }, true);

  const fetchUrl = async (): Promise<void> => {
    try {
      const started = await start();
      ours.add(started.tx);
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

  const watch = (): void => {
    clearInterval(looking);
    looking = setInterval(() => {
      if (!popup?.closed) return;
      clearInterval(looking);
      store.setState(
        ({ state, url }) => (state === 'open' ? { state: 'closed', url } : store.getState()),
        true,
      );
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
  };
}
