import { AlertKind } from '../contract/alerts.ts';
import type { Health } from '../contract/health.ts';
import type { Install } from '../identity/install.ts';
import {
  type AlertDeliveryRow,
  type AlertSettingsRow,
  alertSettings,
  allAlertSettings,
  claimAlertDelivery,
  noteAlertOutcome,
  pruneAlertDeliveries,
  raiseAlert,
  raiseAllClear,
} from '../store/alerts.ts';
import type { Database } from '../store/database.ts';
import type { Target } from './alerts.ts';
import { ALERT_TEXTS, conditionsOf } from './conditions.ts';
import { postHook, type ResolveHost } from './post-hook.ts';

const HOUR_MS = 3_600_000;
/** Two messages of one kind are at least so far apart, whatever happens in between. */
const APART_MS = 6 * HOUR_MS;
/** What lasts is told of again after this long. */
const REMINDER_MS = 24 * HOUR_MS;
/** A server that dies while it delivers is replaced after this long; the receiver knows a second one by its id. */
const CLAIM_MS = 60_000;
/** When a delivery that failed is tried again; the last one stays failed. */
const TRY_AGAIN_MS = [60_000, 10 * 60_000];
const MOST_KEPT = 20;

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  readonly installOf: (installId: string) => Promise<Install | null>;
  readonly readHealth: (install: Install) => Promise<Health>;
  readonly targetOf: (row: AlertSettingsRow) => Target | null;
  readonly resolveHost: ResolveHost;
  readonly onTrouble: (trouble: unknown) => void;
}

/** Looks from time to time whether somebody is to be told something, and tells it: once, however many servers look. */
export interface AlertWatch {
  look(): Promise<void>;
  /** Sends what waits. @param installId only of this one */
  deliver(installId: string | null): Promise<void>;
}

export function createAlertWatch(needs: Needs): AlertWatch {
  const { database, clock, readHealth, onTrouble } = needs;

  async function raise(row: AlertSettingsRow): Promise<void> {
    const install = await needs.installOf(row.installId);
    if (!install) return;
    const { installId } = row;
    const wants = (kind: AlertKind): boolean => row.kinds.includes(kind);
    const found = conditionsOf(await readHealth(install), row)?.filter(wants);
    if (!found) return;
    const now = clock();
    const notSince = new Date(now.getTime() - APART_MS);
    const reminderSince = new Date(now.getTime() - REMINDER_MS);
    for (const kind of found) await raiseAlert(database, { installId, kind, now, notSince, reminderSince });
    if (found.length === 0)
      await raiseAllClear(database, { installId, kind: 'well', now, notSince, wanted: wants('well') });
  }

  async function tell(delivery: AlertDeliveryRow): Promise<void> {
    const row = await alertSettings(database, delivery.installId);
    const target = row && needs.targetOf(row);
    const { outcome, status } = target
      ? await postHook(hookOf(delivery, target, clock()), needs.resolveHost)
      : { outcome: 'unreadable' as const, status: null };
    const pause = delivery.kind === 'test' ? undefined : TRY_AGAIN_MS[delivery.tries - 1];
    const at = clock();
    const isOver = outcome === 'delivered' || pause === undefined;
    await noteAlertOutcome(database, delivery.id, {
      state: outcome === 'delivered' ? 'delivered' : isOver ? 'failed' : 'waiting',
      outcome,
      status,
      at,
      nextTryAt: isOver || pause === undefined ? null : new Date(at.getTime() + pause),
    });
  }

  async function deliver(installId: string | null): Promise<void> {
    for (;;) {
      const now = clock();
      const until = new Date(now.getTime() + CLAIM_MS);
      const delivery = await claimAlertDelivery(database, { installId, now, until });
      if (!delivery) return;
      await tell(delivery);
    }
  }

  return {
    deliver,
    async look() {
      for (const row of await allAlertSettings(database)) await raise(row).catch(onTrouble);
      await deliver(null);
      await pruneAlertDeliveries(database, MOST_KEPT);
    },
  };
}

function hookOf({ id, kind, createdAt }: AlertDeliveryRow, target: Target, at: Date) {
  const known = AlertKind.safeParse(kind).data ?? 'test';
  const body = JSON.stringify({
    product: 'customer-360',
    id,
    kind: known,
    at: createdAt.toISOString(),
    // what chats show of a message
    text: ALERT_TEXTS[known],
  });
  return { ...target, deliveryId: id, body, at };
}
