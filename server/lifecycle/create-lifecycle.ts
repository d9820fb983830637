import type { SealedSecrets } from '../identity/sealed-secret.ts';
import type { SigningKeys } from '../identity/signing-keys.ts';
import type { Accounts } from '../zoho/accounts/accounts.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import { createErase } from './erase.ts';
import { createLifecycleSettings, type LifecycleNeeds, type LifecycleSettings } from './lifecycle.ts';
import { createRevokeTokens } from './revoke-tokens.ts';
import { createSweep } from './sweep.ts';

interface Needs extends Omit<LifecycleNeeds, 'onUninstalled'> {
  readonly secrets: SealedSecrets;
  readonly keys: Pick<SigningKeys, 'current'>;
  readonly accounts: Pick<Accounts, 'revoke'>;
  readonly dataCentreOf: (location: string) => DataCentre;
  /** Called with what is left to the next sweep. */
  readonly onTrouble: (trouble: unknown) => void;
}

export interface Lifecycles extends LifecycleSettings {
  /** Carries on with what was uninstalled, on whichever server: one run after the other. */
  sweep(): Promise<void>;
  /** Until no run is under way. */
  settled(): Promise<void>;
}

/** What administrators do with an install, and what goes on behind it. */
export function createLifecycles(needs: Needs): Lifecycles {
  const { database, clock, onTrouble } = needs;
  const run = createSweep({
    database,
    clock,
    onTrouble,
    revokeTokens: createRevokeTokens(needs),
    erase: createErase(needs),
  });
  let running: Promise<void> = Promise.resolve();
  const sweep = (): Promise<void> => {
    running = running.then(run).catch(onTrouble);
    return running;
  };
  return {
    ...createLifecycleSettings({ ...needs, onUninstalled: () => void sweep() }),
    sweep,
    settled: () => running,
  };
}
