import { randomUUID } from 'node:crypto';
import type { TroubleArea } from '../contract/health.ts';
import type { Database } from '../store/database.ts';
import {
  addTrouble,
  endTroubles,
  pruneTroubles,
  recentTroubles,
  type TroubleRow,
} from '../store/troubles.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { type KnownTrouble, knownTrouble } from './causes.ts';

/** How long a trouble is kept that does not come again. */
const KEPT_MS = 30 * 24 * 3_600_000;
/** How long failures wait to be counted together, so that a storm of them is a few writes. */
const TOGETHER_MS = 1_000;
const MOST_SHOWN = 25;

/** What went wrong lately, per install: counts and causes, on all servers. */
export interface Troubles {
  /**
   * Counts a failure, soon and behind whatever is going on.
   * @param reference what support finds it by; made up where there is none yet
   * @returns that reference
   */
  note(installId: string, trouble: unknown, where: { area: TroubleArea; reference?: string }): string;
  /** As `note`, of what is already known by a cause of ours. */
  noteKnown(installId: string, known: KnownTrouble, where: { area: TroubleArea; reference: string }): void;
  /** Such work was done well, begun at this instant. */
  over(installId: string, areas: readonly TroubleArea[], at: Date): void;
  recent(installId: string): Promise<readonly TroubleRow[]>;
  prune(): Promise<void>;
  /** Writes what is waiting; for the end of the process. */
  flush(): Promise<void>;
}

interface Needs {
  readonly database: Database;
  readonly clock: () => Date;
  /** Called when failures could not be counted: they are in the log anyway. */
  readonly onTrouble: (trouble: unknown) => void;
}

interface Waiting extends KnownTrouble {
  readonly installId: string;
  readonly area: TroubleArea;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly reference: string;
}

export function createTroubles({ database, clock, onTrouble }: Needs): Troubles {
  let waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const inOrder = (work: () => Promise<void>): Promise<void> => {
    writing = writing.then(work).catch(onTrouble);
    return writing;
  };

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return inOrder(async () => {
      const batch = waiting;
      waiting = new Map();
      for (const { installId, ...row } of batch.values()) await addTrouble(database, installId, row);
    });
  }

  const noteKnown: Troubles['noteKnown'] = (installId, { cause, code }, { area, reference }) => {
    const name = JSON.stringify([installId, area, cause, code]);
    const now = clock();
    const before = waiting.get(name);
    const count = (before?.count ?? 0) + 1;
    const firstAt = before?.firstAt ?? now;
    waiting.set(name, { installId, area, cause, code, count, firstAt, lastAt: now, reference });
    timer ??= setTimeout(() => void flush(), TOGETHER_MS).unref();
  };

  return {
    noteKnown,
    note(installId, trouble, { area, reference = randomUUID() }) {
      if (!isMeant(trouble)) noteKnown(installId, knownTrouble(trouble), { area, reference });
      return reference;
    },
    over(installId, areas, at) {
      // what was counted before it has to be there first
      if (waiting.size > 0) void flush();
      void inOrder(() => endTroubles(database, installId, { areas, at }));
    },
    async recent(installId) {
      await flush();
      return recentTroubles(database, installId, MOST_SHOWN);
    },
    prune: () => pruneTroubles(database, new Date(clock().getTime() - KEPT_MS)),
    flush,
  };
}

/** An administrator has stopped all reading, so that none succeeds is no trouble. */
const isMeant = (trouble: unknown): boolean =>
  trouble instanceof ZohoTrouble &&
  (trouble.detail.code === 'paused' || trouble.detail.code === 'switched_off');
