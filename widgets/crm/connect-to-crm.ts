import { sdkStarted } from './ask-zoho.ts';
import { guardAgainstForgery } from './forgery-guard.ts';
import { crmOrigin } from './host-origin.ts';
import { type RecordContext, recordContext } from './record-context.ts';

export type CrmContext =
  | RecordContext
  /** The page around us, or the SDK, did not answer in time. Reloading tries again. */
  | { readonly state: 'silent' }
  /** Not inside a CRM we know: nothing was sent to the page around us. */
  | { readonly state: 'foreign_host' };

interface Options {
  /** `nothing`: a page without a record, such as settings, which need not wait for one. */
  readonly expects?: 'record' | 'nothing';
  readonly timeoutMs?: number;
  /** Called when CRM later shows another record in the same frame, or answers after `silent`. */
  readonly onSwitch?: (context: CrmContext) => void;
}

let connection: Promise<CrmContext> | undefined;

/**
 * Registers with the CRM page around us and says which record it shows. Never rejects. Connects once: a second call
 * answers the first one's result, whatever its options.
 */
export function connectToCrm(options: Options = {}): Promise<CrmContext> {
  connection ??= connect(options);
  return connection;
}

async function connect({ expects = 'record', timeoutMs = 8_000, onSwitch }: Options): Promise<CrmContext> {
  const origin = crmOrigin();
  if (origin === null) return { state: 'foreign_host' };
  guardAgainstForgery(origin);

  return new Promise((resolve) => {
    let told: CrmContext | null = null;
    const tell = (context: CrmContext): void => {
      const first = told === null;
      const same = isSame(told, context);
      told = context;
      clearTimeout(timer);
      if (first) resolve(context);
      else if (!same) onSwitch?.(context);
    };
    const timer = setTimeout(() => tell({ state: 'silent' }), timeoutMs);

    sdkLoaded(timeoutMs)
      .then(async (sdk) => {
        sdk.embeddedApp.on('PageLoad', (data) => tell(recordContext(data)));
        sdk.embeddedApp.on('ContextUpdate', (data) => {
          const context = recordContext(data);
          if (context.state !== 'no_record') tell(context); // CRM updates more than the record
        });
        await sdk.embeddedApp.init();
        sdkStarted(sdk);
        if (expects === 'nothing' && told === null) tell({ state: 'no_record' });
      })
      .catch(() => {
        if (told === null) tell({ state: 'silent' });
      });
  });
}

function isSame(before: CrmContext | null, now: CrmContext): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

/** The SDK's script may be `async`, so that a slow CDN never holds up the page. */
function sdkLoaded(timeoutMs: number): Promise<ZohoSdk> {
  const giveUpAt = Date.now() + timeoutMs;
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (window.ZOHO) resolve(window.ZOHO);
      else if (Date.now() >= giveUpAt) reject(new Error('The CRM SDK did not load'));
      else setTimeout(look, 20);
    };
    look();
  });
}
