import * as z from 'zod';
import { type AuditHead, type AuditRow, auditAfter, auditHeads } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { chained, GENESIS } from './chain.ts';

/** A head somebody noted down: what tells a chain that was written anew from the first entry on. */
export interface NotedHead {
  readonly installId: string;
  readonly sequence: number;
  readonly hash: string;
}

/** What became of one install's chain. */
export interface ChainState {
  readonly head: AuditHead;
  /** The first position that is not as it was written, and why; `null` when all is. */
  readonly broken: { readonly sequence: number; readonly why: string } | null;
}

const BATCH = 1_000;
const Told = z.object({ install: z.string(), sequence: z.number(), at: z.string() });

/**
 * Reads every chain from its oldest entry to its head. Somebody who may write to the database can write a whole chain
 * anew; that shows only against a head noted down elsewhere.
 */
export async function verifyAudit(
  database: Database,
  noted: readonly NotedHead[] = [],
): Promise<readonly ChainState[]> {
  const heads = await auditHeads(database);
  const states: ChainState[] = [];
  for (const head of heads) {
    const mine = noted.filter(({ installId }) => installId === head.installId);
    states.push({ head, broken: await firstBreak(database, head, mine) });
  }
  const lost = noted.filter(({ installId }) => !heads.some((head) => head.installId === installId));
  for (const { installId, sequence } of lost) {
    const head = { installId, sequence: 0, hash: GENESIS, prunedSequence: 0, prunedHash: GENESIS };
    states.push({ head, broken: { sequence, why: 'the whole chain is gone' } });
  }
  return states;
}

async function firstBreak(
  database: Database,
  head: AuditHead,
  noted: readonly NotedHead[],
): Promise<ChainState['broken']> {
  let { prunedSequence: sequence, prunedHash: hash } = head;
  for (;;) {
    const rows = await auditAfter(database, head.installId, sequence, BATCH);
    for (const row of rows) {
      const why = row.sequence === sequence + 1 ? wrongIn(row, head.installId, hash) : 'an entry is missing';
      if (why) return { sequence: sequence + 1, why };
      ({ sequence, hash } = row);
      const differs = noted.some((point) => point.sequence === sequence && point.hash !== hash);
      if (differs) return { sequence, why: 'it is not the entry whose hash was noted down' };
    }
    if (rows.length < BATCH) break;
  }
  if (sequence < head.sequence) return { sequence: sequence + 1, why: 'an entry is missing' };
  if (sequence > head.sequence || hash !== head.hash) return { sequence, why: 'the head does not fit' };
  const cut = noted.find((point) => point.sequence > sequence);
  return cut ? { sequence: sequence + 1, why: 'entries that were noted down are missing' } : null;
}

function wrongIn(row: AuditRow, installId: string, previous: string): string | null {
  if (chained(previous, row.entry) !== row.hash) return 'the entry or its hash was changed';
  const told = Told.safeParse(parsed(row.entry));
  const own =
    told.success &&
    told.data.install === installId &&
    told.data.sequence === row.sequence &&
    told.data.at === row.at.toISOString();
  return own ? null : 'the entry belongs elsewhere';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema refuses it
  }
}
