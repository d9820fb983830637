import * as z from 'zod';
import { type AuditHead, type AuditRow, auditAfter, auditHeads } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { chained, GENESIS, prunedSubject } from './chain.ts';

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
  /** Heads noted down that nothing can be compared with any more: the entries they speak of are past their time. */
  readonly unproven: readonly number[];
}

const BATCH = 1_000;
const Told = z.object({
  install: z.string(),
  sequence: z.number(),
  at: z.string(),
  action: z.string(),
  subject: z.string(),
});

/**
 * Reads every chain from its oldest entry to its head. A chain that does not begin with the first entry must say itself
 * that what came before was removed for its age. Somebody who may write to the database can write a whole chain
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
    const unproven = mine.map(({ sequence }) => sequence).filter((at) => at < head.prunedSequence);
    states.push({ head, broken: await firstBreak(database, head, mine), unproven });
  }
  const lost = noted.filter(({ installId }) => !heads.some((head) => head.installId === installId));
  for (const { installId, sequence } of lost) {
    const head = { installId, sequence: 0, hash: GENESIS, prunedSequence: 0, prunedHash: GENESIS };
    states.push({ head, broken: { sequence, why: 'the whole chain is gone' }, unproven: [] });
  }
  return states;
}

async function firstBreak(
  database: Database,
  head: AuditHead,
  noted: readonly NotedHead[],
): Promise<ChainState['broken']> {
  let { prunedSequence: sequence, prunedHash: hash } = head;
  const differs = (): boolean => noted.some((point) => point.sequence === sequence && point.hash !== hash);
  if (differs()) return { sequence, why: 'what came before is not what was noted down' };
  let accounted = sequence === 0;
  for (;;) {
    const rows = await auditAfter(database, head.installId, sequence, BATCH);
    for (const row of rows) {
      const told = Told.safeParse(parsed(row.entry)).data ?? null;
      const why =
        row.sequence === sequence + 1 ? wrongIn(row, told, head.installId, hash) : 'an entry is missing';
      if (why) return { sequence: sequence + 1, why };
      ({ sequence, hash } = row);
      if (differs()) return { sequence, why: 'it is not the entry whose hash was noted down' };
      accounted ||= told?.action === 'audit.pruned' && told.subject === prunedSubject(head.prunedSequence);
    }
    if (rows.length < BATCH) break;
  }
  if (sequence < head.sequence) return { sequence: sequence + 1, why: 'an entry is missing' };
  if (sequence > head.sequence || hash !== head.hash) return { sequence, why: 'the head does not fit' };
  const cut = noted.find((point) => point.sequence > sequence);
  if (cut) return { sequence: sequence + 1, why: 'entries that were noted down are missing' };
  const beginning = {
    sequence: head.prunedSequence,
    why: 'the beginning is gone, and no entry says that it was old',
  };
  return accounted ? null : beginning;
}

function wrongIn(
  row: AuditRow,
  told: z.output<typeof Told> | null,
  installId: string,
  previous: string,
): string | null {
  if (chained(previous, row.entry) !== row.hash) return 'the entry or its hash was changed';
  const own =
    told !== null &&
    told.install === installId &&
    told.sequence === row.sequence &&
    told.at === row.at.toISOString();
  return own ? null : 'the entry belongs elsewhere';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema refuses it
  }
}
