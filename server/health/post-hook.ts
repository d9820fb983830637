import { createHmac } from 'node:crypto';
import https from 'node:https';
import { isIP } from 'node:net';
import type { DeliveryOutcome } from '../contract/alerts.ts';
import { hookAddress, isPublicAddress } from './public-address.ts';

const TIMEOUT_MS = 10_000;

/** Every address a name leads to. @throws when it leads nowhere */
export type ResolveHost = (name: string) => Promise<readonly string[]>;

interface Hook {
  readonly url: string;
  /** What receivers know us by. */
  readonly secret: string;
  readonly deliveryId: string;
  readonly body: string;
  readonly at: Date;
}

/**
 * `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA-256 over `<seconds>.<body>`. The time is signed too, so that an old
 * delivery cannot be passed off as a new one.
 */
export function signature({ secret, body, at }: Pick<Hook, 'secret' | 'body' | 'at'>): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

interface Posted {
  readonly outcome: DeliveryOutcome;
  readonly status: number | null;
}

/**
 * Delivers to an address an administrator typed, which must not become a way into our network: the name is resolved
 * once, everything it leads to has to be public, and the connection goes to exactly that. No redirect is followed, and
 * nothing of the answer is read but its status.
 */
export async function postHook(hook: Hook, resolve: ResolveHost): Promise<Posted> {
  const url = hookAddress(hook.url);
  if (!url) return { outcome: 'address_refused', status: null };
  let addresses: readonly string[];
  try {
    addresses = await resolve(url.hostname);
  } catch {
    return { outcome: 'unknown_host', status: null };
  }
  const [first] = addresses;
  if (first === undefined) return { outcome: 'unknown_host', status: null };
  if (!addresses.every(isPublicAddress)) return { outcome: 'address_refused', status: null };
  try {
    const status = await posted(url, first, hook);
    if (status >= 300 && status < 400) return { outcome: 'redirected', status };
    return { outcome: status >= 200 && status < 300 ? 'delivered' : 'refused', status };
  } catch (cause) {
    const isLate = cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError');
    return { outcome: isLate ? 'timeout' : 'no_answer', status: null };
  }
}

function posted(url: URL, address: string, hook: Hook): Promise<number> {
  const { body, deliveryId } = hook;
  const family = isIP(address);
  return new Promise((resolve, reject) => {
    const asked = https.request(
      url,
      {
        method: 'POST',
        // a connection of its own, to the address that was looked at: a name can lead elsewhere a moment later
        agent: new https.Agent({ keepAlive: false }),
        lookup: (_name, options, found) =>
          options.all ? found(null, [{ address, family }]) : found(null, address, family),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'customer-360',
          'x-customer-360-delivery': deliveryId,
          'x-customer-360-signature': signature(hook),
        },
      },
      (answer) => {
        answer.on('error', reject);
        const { statusCode } = answer;
        answer.destroy();
        resolve(statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
