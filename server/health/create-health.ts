import type { Audit } from '../audit/audit.ts';
import type { Diagnosis } from '../contract/diagnosis.ts';
import type { Health } from '../contract/health.ts';
import type { ConnectedBooks, Install } from '../identity/install.ts';
import type { SealedSecrets } from '../identity/sealed-secret.ts';
import type { LedgerHealth } from '../ledger/progress.ts';
import type { LedgerWorker } from '../ledger/worker.ts';
import type { Database } from '../store/database.ts';
import type { GovernorUsage } from '../zoho/governor-usage.ts';
import { type AlertSettings, createAlertSettings } from './alerts.ts';
import { createDiagnosis, type Diagnose } from './diagnosis.ts';
import type { ResolveHost } from './post-hook.ts';
import { createReadHealth } from './read-health.ts';
import { createRetry, type Retry } from './retry.ts';
import type { Troubles } from './troubles.ts';
import { createAlertWatch } from './watch.ts';

/** What administrators ask of the health of their install. */
export interface HealthSettings {
  read(install: Install): Promise<Health>;
  readonly retry: Retry;
  readonly diagnose: Diagnose;
  readonly alerts: Pick<AlertSettings, 'view' | 'save' | 'test'>;
}

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  readonly secrets: SealedSecrets;
  readonly audit: Pick<Audit, 'record' | 'write'>;
  readonly troubles: Troubles;
  readonly booksGrants: {
    state(installId: string): Promise<'none' | 'good' | 'revoked' | 'unreadable'>;
    mayLink(installId: string): Promise<boolean>;
  };
  readonly ledgerHealth: (install: Install) => Promise<LedgerHealth>;
  readonly booksUsage: (install: Install, books: ConnectedBooks) => Promise<GovernorUsage>;
  readonly worker: Pick<LedgerWorker, 'tick'>;
  readonly installOf: (installId: string) => Promise<Install | null>;
  readonly resolveHost: ResolveHost;
  readonly isBackgroundOn: boolean;
  readonly isEmbedded: boolean;
  readonly settings: Diagnosis['server']['settings'];
  readonly onTrouble: (trouble: unknown) => void;
}

/** Puts the room together. `look` is for a timer: it tells whoever is to be told, and forgets what is old. */
export function createHealth(needs: Needs): HealthSettings & { look(): Promise<void> } {
  const { database, troubles, booksGrants } = needs;
  const read = createReadHealth({
    ...needs,
    grantState: (installId) => booksGrants.state(installId),
    mayLink: (installId) => booksGrants.mayLink(installId),
  });
  const alerts = createAlertSettings({ ...needs, deliver: (installId) => watch.deliver(installId) });
  const watch = createAlertWatch({ ...needs, readHealth: read, targetOf: alerts.targetOf });
  return {
    read,
    alerts,
    retry: createRetry(needs),
    diagnose: createDiagnosis({
      database,
      isEmbedded: needs.isEmbedded,
      settings: needs.settings,
      readHealth: read,
      alertsOf: alerts.view,
    }),
    async look() {
      await watch.look();
      await troubles.prune();
    },
  };
}
