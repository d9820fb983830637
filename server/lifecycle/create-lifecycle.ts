import { setTimeout as sleep } from 'node:timers/promises';
import type { SealedSecrets } from '../identity/sealed-secret.ts';
import type { SigningKeys } from '../identity/signing-keys.ts';
import type { Accounts } from '../zoho/accounts/accounts.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import { createErase } from './erase.ts';
import { createLifecycleSettings, type LifecycleNeeds, type LifecycleSettings } from './lifecycle.ts';
import { createRevokeTokens } from './revoke-tokens.ts';
import { createSweep } from './sweep.ts';

/** For the call to Zoho that is under way; asked twice, Zoho takes it for once. */
const STOP_MS = 2_000;

interface Needs extends Omit<LifecycleNeeds, 'onUninstalled'> {
  readonly secrets: SealedSecrets;
  readonly keys: Pick<SigningKeys, 'current'>;
  readonly accounts: Pick<Accounts, 'revoke'>;
  readonly dataCentreOf: (location: string) => DataCentre;
  /** Called with what is left to the next sweep. */
  readonly onTrouble: (trouble: unknown) => void;
}

export interface Lifecycles extends LifecycleSettings {
  /** Carries on with what was uninstalled, on whichever server. */
  sweep(): Promise<void>;
  /** Leaves what is left to other servers, and to the next start. */
  stop(): Promise<void>;
}

/** What administrators do with an install, and what goes on behind it. */
export function createLifecycles(needs: Needs): Lifecycles {
  const { database, clock, onTrouble } = needs;
  const ending = new AbortController();
  const stopping = ending.signal;
  const run = createSweep({
    database,
    clock,
    stopping,
    onTrouble,
    revokeTokens: createRevokeTokens({ ...needs, stopping }),
    erase: createErase(needs),
  });
  const running = new Set<Promise<void>>();
  const sweep = async (): Promise<void> => {
    if (stopping.aborted) return;
    const one = run().catch(onTrouble);
    running.add(one);
    await one;
    running.delete(one);
  };
  return {
    ...createLifecycleSettings({ ...needs, onUninstalled: () => void sweep() }),
    sweep,
    async stop() {
      ending.abort();
      await Promise.race([Promise.all(running), sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}
