import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Audit } from '../audit/audit.ts';
import {
  AlertKind,
  type Alerts,
  type DeliveryOutcome,
  DeliveryOutcome as DeliveryOutcomes,
  type SavedAlerts,
} from '../contract/alerts.ts';
import { Problem } from '../contract/problem.ts';
import type { SaveAlerts } from '../contract/save-alerts.ts';
import type { Caller } from '../identity/caller.ts';
import { type SealedSecrets, SecretUnreadable } from '../identity/sealed-secret.ts';
import {
  type AlertDeliveryRow,
  type AlertSettingsRow,
  addTestDelivery,
  alertSettings,
  forgetAlertStates,
  recentAlertDeliveries,
  saveAlertSettings,
} from '../store/alerts.ts';
import type { Database, Queries } from '../store/database.ts';
import { hookAddress } from './public-address.ts';

const MOST_SHOWN = 20;
/** One test in so long: it is a request to an address of somebody's choice. */
const TEST_PAUSE_MS = 30_000;

const Target = z.object({ url: z.string(), secret: z.string() });
export type Target = z.infer<typeof Target>;

/** Whom an install wants told, and what was told. Addresses and secrets are sealed: either can open somebody's chat. */
export interface AlertSettings {
  view(installId: string): Promise<Alerts>;
  /** @throws Problem `alert.changed_meanwhile`, `alert.address_refused` */
  save(caller: Caller, change: SaveAlerts): Promise<SavedAlerts>;
  /** @throws Problem `alert.changed_meanwhile` where nobody is to be told, `health.too_soon` */
  test(caller: Caller): Promise<Alerts>;
  /** @returns `null` for one that no longer opens */
  targetOf(row: AlertSettingsRow): Target | null;
}

interface Needs {
  readonly database: Database;
  readonly secrets: SealedSecrets;
  readonly clock: () => Date;
  readonly audit: Pick<Audit, 'record'>;
  /** Sends what waits for this install. */
  readonly deliver: (installId: string) => Promise<void>;
}

export function createAlertSettings({ database, secrets, clock, audit, deliver }: Needs): AlertSettings {
  const placeOf = (installId: string) => ({
    table: 'alert_settings',
    column: 'sealed_target',
    iid: installId,
    rowId: installId,
  });

  function targetOf({ installId, sealedTarget }: AlertSettingsRow): Target | null {
    if (sealedTarget === null) return null;
    try {
      return Target.parse(JSON.parse(secrets.open(sealedTarget, placeOf(installId))));
    } catch (cause) {
      if (cause instanceof SecretUnreadable) return null;
      throw cause;
    }
  }

  async function view(installId: string): Promise<Alerts> {
    const [row, deliveries] = await Promise.all([
      alertSettings(database, installId),
      recentAlertDeliveries(database, installId, MOST_SHOWN),
    ]);
    return {
      version: row?.version ?? 0,
      channel: row?.sealedTarget ? channelOf(row, targetOf(row)) : null,
      deliveries: deliveries.map(deliveryView),
    };
  }

  /** What to keep, and the secret where it is a new one. */
  function targetFor(row: AlertSettingsRow | null, channel: NonNullable<SaveAlerts['channel']>) {
    const before = row && targetOf(row);
    const url = channel.url === undefined ? before?.url : hookAddress(channel.url)?.href;
    if (url === undefined) throw new Problem('alert.address_refused');
    const keeps = before && before.url === url && !channel.newSecret;
    const secret = keeps ? before.secret : randomBytes(32).toString('base64url');
    return { target: { url, secret }, isMoved: before?.url !== url, shown: keeps ? null : secret };
  }

  const entered = (on: Queries, { install, crmUserId: who, amr }: Caller, outcome: string) =>
    audit.record(on, install.id, { action: 'alerts.changed', who, amr, subject: 'alerts', outcome });

  return {
    view,
    targetOf,

    async save(caller, { basedOn, channel }) {
      const installId = caller.install.id;
      const row = await alertSettings(database, installId);
      if ((row?.version ?? 0) !== basedOn) throw new Problem('alert.changed_meanwhile');
      const made = channel && targetFor(row, channel);
      await database.transaction(async (on) => {
        const saved = await saveAlertSettings(on, {
          installId,
          version: basedOn,
          sealedTarget: made && secrets.seal(JSON.stringify(made.target), placeOf(installId)),
          kinds: channel ? [...new Set(channel.kinds)] : (row?.kinds ?? []),
          silentHours: channel?.silentHours ?? row?.silentHours ?? 6,
          changedAt: clock(),
        });
        if (!saved) throw new Problem('alert.changed_meanwhile');
        if (!made || made.isMoved) await forgetAlertStates(on, installId);
        await entered(on, caller, made ? 'saved' : 'removed');
      });
      return { alerts: await view(installId), secret: made?.shown ?? null };
    },

    async test(caller) {
      const installId = caller.install.id;
      const row = await alertSettings(database, installId);
      if (!row?.sealedTarget) throw new Problem('alert.changed_meanwhile');
      const now = clock();
      const notSince = new Date(now.getTime() - TEST_PAUSE_MS);
      if (!(await addTestDelivery(database, { installId, kind: 'test', now, notSince })))
        throw new Problem('health.too_soon', { retryAfterSeconds: TEST_PAUSE_MS / 1_000 });
      await database.transaction((on) => entered(on, caller, 'tested'));
      await deliver(installId);
      return view(installId);
    },
  };
}

function channelOf(
  { kinds, silentHours, changedAt }: AlertSettingsRow,
  target: Target | null,
): Alerts['channel'] {
  return {
    host: target && new URL(target.url).host,
    kinds: kinds.flatMap((kind) => AlertKind.safeParse(kind).data ?? []),
    silentHours,
    changedAt: changedAt.toISOString(),
  };
}

function deliveryView(row: AlertDeliveryRow): Alerts['deliveries'][number] {
  const outcome: DeliveryOutcome | null = DeliveryOutcomes.safeParse(row.outcome).data ?? null;
  return {
    id: row.id,
    kind: AlertKind.safeParse(row.kind).data ?? 'test',
    at: row.createdAt.toISOString(),
    state: row.state,
    tries: row.tries,
    outcome,
    status: row.status,
  };
}
