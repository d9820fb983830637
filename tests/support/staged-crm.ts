/** A CRM around the widget, in happy-dom: its page's messages, and an SDK as lax as Zoho's. */
export const CRM = 'https://crm.zoho.example';

export type StagedCrm = ReturnType<typeof stageCrm>;

export function stageCrm() {
  const { happyDOM: happyDom } = window as unknown as { happyDOM: { setURL(url: string): void } }; // safe because the callers run in happy-dom
  const calls: string[] = [];
  const heard: unknown[] = [];
  const listeners = new Map<string, (data: unknown) => void>();
  let settle: { resolve: (value: unknown) => void; reject: (reason: unknown) => void } | undefined;
  const parentWindow = { name: 'the CRM page' };
  const otherWindow = { name: 'some other window' };
  // The guard stays for as long as its window lives; here, for one test.
  const added: [string, EventListenerOrEventListenerObject, boolean | AddEventListenerOptions | undefined][] =
    [];
  const addEventListener = window.addEventListener;
  window.addEventListener = ((...args: (typeof added)[number]) => {
    added.push(args);
    addEventListener.apply(window, args);
  }) as typeof window.addEventListener; // safe because only the listener form is used here

  const sdkHears = ({ data }: MessageEvent): void => {
    heard.push(data);
    const message = typeof data === 'string' ? JSON.parse(data) : data;
    if (message.type === 'FRAMEWORK.EVENT') listeners.get(message.eventName)?.(message.data);
  };

  const crm = {
    calls,
    heard,
    parent: parentWindow,
    otherWindow,
    open(query: string): void {
      happyDom.setURL(`https://widgets.example/widgets/panel.html${query}`);
    },
    standAlone(): void {
      Object.defineProperty(window, 'parent', { configurable: true, value: window });
    },
    loadSdk(uiCalls: Partial<ZohoSdk['CRM']> = {}): void {
      Object.defineProperty(window, 'ZOHO', {
        configurable: true,
        value: {
          embeddedApp: {
            on(name: string, listener: (data: unknown) => void) {
              calls.push(`on ${name}`);
              listeners.set(name, listener);
            },
            init() {
              calls.push('init');
              window.addEventListener('message', sdkHears);
              return new Promise((resolve, reject) => {
                settle = { resolve, reject };
              });
            },
          },
          CRM: { CONFIG: {}, UI: {}, ...uiCalls },
        },
      });
    },
    /** SET_CONTEXT: init resolves. */
    answer: (): void => settle?.resolve(undefined),
    refuse: (reason: unknown): void => settle?.reject(reason),
    post({ data, source, origin }: { data: unknown; source: unknown; origin: string }): void {
      const message = new MessageEvent('message', { data, origin });
      Object.defineProperty(message, 'source', { value: source });
      window.dispatchEvent(message);
    },
    /** As the CRM page sends it. */
    say(eventName: string, data: unknown): void {
      const origin = decodeURIComponent(/serviceOrigin=([^&#]*)/.exec(window.location.search)?.[1] ?? '');
      crm.post({ data: { type: 'FRAMEWORK.EVENT', eventName, data }, source: parentWindow, origin });
    },
    leave(): void {
      for (const [name, listener, options] of added) window.removeEventListener(name, listener, options);
      window.addEventListener = addEventListener;
      Reflect.deleteProperty(window, 'ZOHO');
      document.head.replaceChildren();
      document.body.replaceChildren();
    },
  };

  crm.open(`?serviceOrigin=${encodeURIComponent(CRM)}`);
  Object.defineProperty(window, 'parent', { configurable: true, value: parentWindow });
  const meta = document.createElement('meta');
  meta.name = 'crm-origins';
  meta.content = `${CRM}  https://*.zohosandbox.com`;
  document.head.append(meta);
  return crm;
}
