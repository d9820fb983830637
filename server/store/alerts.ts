import { randomUUID } from 'node:crypto';
import type { Database, Queries } from './database.ts';

/** Whom an install wants told of what. */
export interface AlertSettingsRow {
  readonly installId: string;
  readonly version: number;
  /** `null`: nobody. */
  readonly sealedTarget: string | null;
  readonly kinds: readonly string[];
  readonly silentHours: number;
  readonly changedAt: Date;
}

const SETTINGS = `select install_id as "installId", version, sealed_target as "sealedTarget", kinds,
  silent_hours as "silentHours", changed_at as "changedAt" from alert_settings`;

export async function alertSettings(on: Queries, installId: string): Promise<AlertSettingsRow | null> {
  return (await on.query<AlertSettingsRow>(`${SETTINGS} where install_id = $1`, [installId]))[0] ?? null;
}

/** Of all installs that want somebody told. */
export const allAlertSettings = (on: Queries): Promise<readonly AlertSettingsRow[]> =>
  on.query<AlertSettingsRow>(`${SETTINGS} where sealed_target is not null order by install_id`);

/** Stores the version after `row.version`. False when somebody else was faster. */
export async function saveAlertSettings(on: Queries, row: AlertSettingsRow): Promise<boolean> {
  const { installId, version, sealedTarget, kinds, silentHours, changedAt } = row;
  const saved = await on.query(
    `insert into alert_settings (install_id, version, sealed_target, kinds, silent_hours, changed_at)
     select $1, $2 + 1, $3, $4, $5, $6 where $2 = coalesce((select version from alert_settings where install_id = $1), 0)
     on conflict (install_id) do update set version = excluded.version, sealed_target = excluded.sealed_target,
       kinds = excluded.kinds, silent_hours = excluded.silent_hours, changed_at = excluded.changed_at
     where alert_settings.version = $2
     returning 1`,
    [installId, version, sealedTarget, [...kinds], silentHours, changedAt],
  );
  return saved.length > 0;
}

interface Raised {
  readonly installId: string;
  readonly kind: string;
  readonly now: Date;
  /** Not when the last one of this kind is younger. */
  readonly notSince: Date;
  /** … but for the first of a new occasion, not even when it is younger than this. */
  readonly reminderSince: Date;
}

/**
 * Has an alert of a kind sent, unless one went out too lately: of several servers that find the same, one gets through.
 * @returns whether it was this one
 */
export function raiseAlert(database: Database, raised: Raised): Promise<boolean> {
  const { installId, kind, now, notSince, reminderSince } = raised;
  return database.transaction(async (on) => {
    const mine = await on.query(
      `insert into alert_states (install_id, kind, announced, sent_at) values ($1, $2, true, $3)
       on conflict (install_id, kind) do update set announced = true, sent_at = excluded.sent_at
       where alert_states.sent_at <= $4 and (not alert_states.announced or alert_states.sent_at <= $5)
       returning 1`,
      [installId, kind, now, notSince, reminderSince],
    );
    if (mine.length === 0) return false;
    await addAlertDelivery(on, { installId, kind, now });
    return true;
  });
}

/**
 * Says "all well again" once, if anything was announced and nothing was said of it too lately.
 * @param kind of that message
 */
export function raiseAllClear(
  database: Database,
  { installId, kind, now, notSince, wanted }: Omit<Raised, 'reminderSince'> & { readonly wanted: boolean },
): Promise<boolean> {
  return database.transaction(async (on) => {
    const [due] = await on.query<{ due: boolean }>(
      `select coalesce(max(sent_at) filter (where kind = $2) <= $3, true) as due
       from alert_states where install_id = $1`,
      [installId, kind, notSince],
    );
    if (!due?.due) return false;
    const ended = await on.query(
      'update alert_states set announced = false where install_id = $1 and kind <> $2 and announced returning 1',
      [installId, kind],
    );
    if (ended.length === 0 || !wanted) return false;
    await on.query(
      `insert into alert_states (install_id, kind, announced, sent_at) values ($1, $2, false, $3)
       on conflict (install_id, kind) do update set sent_at = excluded.sent_at`,
      [installId, kind, now],
    );
    await addAlertDelivery(on, { installId, kind, now });
    return true;
  });
}

/** Another address has been told nothing yet. */
export async function forgetAlertStates(on: Queries, installId: string): Promise<void> {
  await on.query('delete from alert_states where install_id = $1', [installId]);
  await on.query("delete from alert_deliveries where install_id = $1 and state = 'waiting'", [installId]);
}

async function addAlertDelivery(
  on: Queries,
  { installId, kind, now }: { installId: string; kind: string; now: Date },
): Promise<void> {
  await on.query(
    `insert into alert_deliveries (id, install_id, kind, created_at, state, next_try_at)
     values ($1, $2, $3, $4, 'waiting', $4)`,
    [randomUUID(), installId, kind, now],
  );
}

/** A test, if none was made too lately. The settings' row has two of them wait for each other. */
export function addTestDelivery(
  database: Database,
  { installId, kind, now, notSince }: Omit<Raised, 'reminderSince'>,
): Promise<boolean> {
  return database.transaction(async (on) => {
    await on.query('select 1 from alert_settings where install_id = $1 for update', [installId]);
    const lately = await on.query(
      'select 1 from alert_deliveries where install_id = $1 and kind = $2 and created_at > $3 limit 1',
      [installId, kind, notSince],
    );
    if (lately.length > 0) return false;
    await addAlertDelivery(on, { installId, kind, now });
    return true;
  });
}

export interface AlertDeliveryRow {
  /** The receiver knows a repeated one by it. */
  readonly id: string;
  readonly installId: string;
  readonly kind: string;
  readonly createdAt: Date;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly tries: number;
  readonly endedAt: Date | null;
  readonly outcome: string | null;
  readonly status: number | null;
}

const DELIVERY = `id, install_id as "installId", kind, created_at as "createdAt", state, tries,
  ended_at as "endedAt", outcome, status`;

/**
 * Takes the delivery that waits longest; no other server gets it before `until`.
 * @param installId only of this one; `null`: of any
 */
export async function claimAlertDelivery(
  on: Queries,
  { installId, now, until }: { readonly installId: string | null; readonly now: Date; readonly until: Date },
): Promise<AlertDeliveryRow | null> {
  const rows = await on.query<AlertDeliveryRow>(
    `update alert_deliveries set tries = tries + 1, next_try_at = $2
     where id = (select id from alert_deliveries
       where state = 'waiting' and next_try_at <= $1 and ($3::uuid is null or install_id = $3)
       order by created_at, id limit 1 for update skip locked)
     returning ${DELIVERY}`,
    [now, until, installId],
  );
  return rows[0] ?? null;
}

/** What became of a try. @param nextTryAt when the next one is; `null`: it was the last */
export async function noteAlertOutcome(
  on: Queries,
  id: string,
  outcome: {
    readonly state: AlertDeliveryRow['state'];
    readonly outcome: string;
    readonly status: number | null;
    readonly at: Date;
    readonly nextTryAt: Date | null;
  },
): Promise<void> {
  const { state, outcome: word, status, at, nextTryAt } = outcome;
  await on.query(
    `update alert_deliveries set state = $2, outcome = $3, status = $4, ended_at = $5, next_try_at = coalesce($6, next_try_at)
     where id = $1`,
    [id, state, word, status, at, nextTryAt],
  );
}

/** Newest first. */
export const recentAlertDeliveries = (
  on: Queries,
  installId: string,
  most: number,
): Promise<readonly AlertDeliveryRow[]> =>
  on.query<AlertDeliveryRow>(
    `select ${DELIVERY} from alert_deliveries where install_id = $1 order by created_at desc, id limit $2`,
    [installId, most],
  );

/** Keeps the newest of each install. */
export async function pruneAlertDeliveries(on: Queries, most: number): Promise<void> {
  await on.query(
    `delete from alert_deliveries where state <> 'waiting' and id in (select id from (
       select id, row_number() over (partition by install_id order by created_at desc, id) as place from alert_deliveries
     ) placed where place > $1)`,
    [most],
  );
}
