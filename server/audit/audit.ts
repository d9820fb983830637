import { AuditEntry, type AuditPage } from '../contract/audit.ts';
import {
  type AuditRow,
  appendAudit,
  auditAfter,
  auditBefore,
  auditHeads,
  lockAuditHead,
  pruneAudit,
} from '../store/audit.ts';
import type { Database, Queries } from '../store/database.ts';
import { namesOf } from '../store/people.ts';
import { type AuditEvent, chained, entryText, GENESIS, prunedSubject } from './chain.ts';

/** How long entries are kept. The database lets nothing younger go. @see ASVS 16.4.2 */
const KEPT_MONTHS = 12;
const DAY_MS = 86_400_000;
const PAGE = 100;
const EXPORT_BATCH = 1_000;

/** What people did and saw, per install: append-only, each entry chained to the one before. */
export interface Audit {
  /** Writes an entry together with what it speaks of: it commits, or is rolled back, with `on`. */
  record(on: Queries, installId: string, event: AuditEvent): Promise<void>;
  /** Writes an entry at once, for what stands by itself. */
  write(installId: string, event: AuditEvent): Promise<void>;
  /**
   * Writes an entry soon, behind the answer, for what people look at all day: several go in together, and the very same
   * look again before they are written counts in the entry of the first. Resolves at once; when more is waiting than is
   * held, only once there is room, so nothing is dropped.
   */
  note(installId: string, event: AuditEvent): Promise<Noted>;
  /** Newest first. @param before position to go on from */
  page(installId: string, before: number | null): Promise<AuditPage>;
  /** Everything that is kept, oldest first. */
  all(installId: string): AsyncIterable<AuditEntry>;
  /**
   * Ends what is older than the log is kept, whole days at once; what stays is still a chain, and says how much went.
   */
  prune(): Promise<void>;
  /** Writes what is waiting; for the end of the process. */
  flush(): Promise<void>;
}

/** An entry that waits to be written, or was. */
export interface Noted {
  /** Counts the very same look once more in it, without a call to Zoho; `false`: too late, it has to be noted itself. */
  again(): boolean;
}

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  /** The request being served, for entries that do not say. */
  readonly request?: () => Pick<AuditEvent, 'requestId' | 'zohoCalls'> | undefined;
  /** Called when waiting entries could not be written; they are tried again. */
  readonly onTrouble: (trouble: unknown) => void;
  /** How long entries wait for company, in milliseconds. */
  readonly batchMs?: number;
  /** How many may wait. */
  readonly mostWaiting?: number;
}

interface Waiting {
  readonly name: string;
  readonly installId: string;
  readonly event: AuditEvent;
  readonly at: Date;
  times: number;
  zohoCalls: number;
}

export function createAudit({
  database,
  clock,
  request = () => undefined,
  onTrouble,
  batchMs = 250,
  mostWaiting = 1_000,
}: Needs): Audit {
  let waiting: Waiting[] = [];
  /** Those of them that nobody has begun to write. */
  const sameWaiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | null = null;
  /** The round that begins when that one is over. */
  let after: Promise<void> | null = null;

  async function append(on: Queries, installId: string, events: readonly Pick<Waiting, 'event' | 'at'>[]) {
    const head = await lockAuditHead(on, installId, GENESIS);
    let { sequence, hash } = head;
    const rows = events.map(({ event, at }): AuditRow => {
      sequence += 1;
      const entry = entryText(installId, { ...event, sequence, at: at.toISOString() });
      hash = chained(hash, entry);
      return { sequence, at, entry, hash };
    });
    await appendAudit(on, installId, rows);
  }

  /** What is waiting now; one install after the other, so that two servers never wait for each other's heads. */
  async function writeWaiting(): Promise<void> {
    const byInstall = new Map<string, Waiting[]>();
    for (const entry of waiting) {
      const batch = byInstall.get(entry.installId);
      if (batch) batch.push(entry);
      else byInstall.set(entry.installId, [entry]);
    }
    for (const [installId, batch] of byInstall) {
      for (const { name } of batch) sameWaiting.delete(name);
      const counted = batch.map(({ event, at, times, zohoCalls }) => ({
        at,
        event: { ...event, zohoCalls, ...(times === 1 ? {} : { times }) },
      }));
      await database.transaction((on) => append(on, installId, counted));
      const written = new Set(batch);
      waiting = waiting.filter((entry) => !written.has(entry));
    }
  }

  /** What comes while others are written waits for its own turn: under load the log is written in steps, not without a pause. */
  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const round = (): Promise<void> => {
      after = null;
      writing = writeWaiting().finally(() => {
        writing = null;
      });
      return writing;
    };
    if (!writing) return round();
    after ??= writing.then(round, round);
    return after;
  }

  function flushSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      flush().catch((trouble: unknown) => {
        onTrouble(trouble);
        flushSoon();
      });
    }, batchMs).unref();
  }

  const again = (noted: Waiting): Noted => ({
    again() {
      if (sameWaiting.get(noted.name) !== noted) return false;
      noted.times += 1;
      return true;
    },
  });

  const record: Audit['record'] = (on, installId, event) =>
    append(on, installId, [{ event: { ...request(), ...event }, at: clock() }]);

  return {
    flush,
    record,
    write: (installId, event) => database.transaction((on) => record(on, installId, event)),

    async note(installId, event) {
      const { requestId, zohoCalls = 0 } = { ...request(), ...event };
      const name = nameOf(installId, event);
      const same = sameWaiting.get(name);
      if (same) {
        same.times += 1;
        same.zohoCalls += zohoCalls;
        return again(same);
      }
      const noted = { name, installId, event: { requestId, ...event }, at: clock(), times: 1, zohoCalls };
      while (waiting.length >= mostWaiting) await flush();
      waiting.push(noted);
      sameWaiting.set(name, noted);
      flushSoon();
      return again(noted);
    },

    async page(installId, before) {
      await flush();
      const rows = await auditBefore(database, installId, before, PAGE + 1);
      const entries = rows.slice(0, PAGE).map(entryOf);
      const who = new Set(entries.flatMap(({ who }) => who ?? []));
      return { entries, more: rows.length > PAGE, people: await namesOf(database, installId, [...who]) };
    },

    async *all(installId) {
      await flush();
      let after = 0;
      for (;;) {
        const rows = await auditAfter(database, installId, after, EXPORT_BATCH);
        for (const row of rows) yield entryOf(row);
        const last = rows.at(-1);
        if (!last || rows.length < EXPORT_BATCH) return;
        after = last.sequence;
      }
    },

    async prune() {
      const olderThan = keptSince(clock());
      for (const { installId } of await auditHeads(database))
        await database.transaction(async (on) => {
          await lockAuditHead(on, installId, GENESIS);
          const pruned = await pruneAudit(on, installId, olderThan);
          if (!pruned) return;
          const subject = prunedSubject(pruned.upTo);
          await record(on, installId, {
            action: 'audit.pruned',
            subject,
            outcome: `removed_${pruned.count}`,
          });
        });
    },
  };
}

/** A day longer than a year ago, at its beginning: no server's clock is that far from the database's. */
export function keptSince(now: Date): Date {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - KEPT_MONTHS, now.getUTCDate()));
  return new Date(day.getTime() - DAY_MS);
}

const nameOf = (
  installId: string,
  { action, who, amr, subject, outcome, policyVersion }: AuditEvent,
): string => `${installId} ${action} ${who} ${amr} ${outcome} ${policyVersion} ${subject}`;

const entryOf = ({ entry, hash }: AuditRow): AuditEntry =>
  // the install is the reader's own, and says nothing
  AuditEntry.parse({ ...(JSON.parse(entry) as object), hash }); // safe because we wrote the text
