import type { Queries } from './database.ts';

/** Where an install's chain stands. Sequences count from 1; hashes are SHA-256 in hex. */
export interface AuditHead {
  readonly installId: string;
  /** Of the newest entry; 0 before the first. */
  readonly sequence: number;
  readonly hash: string;
  /** Of the newest entry that is no longer kept; 0 while all are. */
  readonly prunedSequence: number;
  readonly prunedHash: string;
}

export interface AuditRow {
  readonly sequence: number;
  readonly at: Date;
  /** The text that was hashed. */
  readonly entry: string;
  readonly hash: string;
}

/** As the drivers hand it over: a `bigint` comes as text. */
type Stored<Row> = { readonly [Name in keyof Row]: Row[Name] extends number ? string : Row[Name] };

const HEAD = `install_id as "installId", sequence, hash, pruned_sequence as "prunedSequence", pruned_hash as "prunedHash"`;

const headOf = (row: Stored<AuditHead>): AuditHead => ({
  ...row,
  sequence: Number(row.sequence),
  prunedSequence: Number(row.prunedSequence),
});
const rowOf = (row: Stored<AuditRow>): AuditRow => ({ ...row, sequence: Number(row.sequence) });

/** The head, held until the caller's transaction ends: one writer at a time, over all servers. */
export async function lockAuditHead(on: Queries, installId: string, genesis: string): Promise<AuditHead> {
  await on.query(
    `insert into audit_heads (install_id, sequence, hash, pruned_hash) values ($1, 0, $2, $2)
     on conflict (install_id) do nothing`,
    [installId, genesis],
  );
  const [row] = await on.query<Stored<AuditHead>>(
    `select ${HEAD} from audit_heads where install_id = $1 for update`,
    [installId],
  );
  if (!row) throw new Error('The head of an audit log vanished while it was locked');
  return headOf(row);
}

/** Adds rows behind a locked head, whose place the last of them takes. */
export async function appendAudit(on: Queries, installId: string, rows: readonly AuditRow[]): Promise<void> {
  const last = rows.at(-1);
  if (!last) return;
  await on.query(
    `insert into audit_entries (install_id, sequence, at, entry, hash)
     select $1, s::bigint, a::timestamptz, e, h from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as rows (s, a, e, h)`,
    [
      installId,
      rows.map(({ sequence }) => String(sequence)),
      rows.map(({ at }) => at.toISOString()),
      rows.map(({ entry }) => entry),
      rows.map(({ hash }) => hash),
    ],
  );
  await on.query('update audit_heads set sequence = $2, hash = $3 where install_id = $1', [
    installId,
    last.sequence,
    last.hash,
  ]);
}

/** Oldest first, the ones after a position. */
export async function auditAfter(
  on: Queries,
  installId: string,
  sequence: number,
  most: number,
): Promise<readonly AuditRow[]> {
  const rows = await on.query<Stored<AuditRow>>(
    `select sequence, at, entry, hash from audit_entries where install_id = $1 and sequence > $2 order by sequence limit $3`,
    [installId, sequence, most],
  );
  return rows.map(rowOf);
}

/** Newest first, the ones before a position; `null`: the newest of all. */
export async function auditBefore(
  on: Queries,
  installId: string,
  sequence: number | null,
  most: number,
): Promise<readonly AuditRow[]> {
  const rows = await on.query<Stored<AuditRow>>(
    `select sequence, at, entry, hash from audit_entries
     where install_id = $1 and ($2::bigint is null or sequence < $2::bigint) order by sequence desc limit $3`,
    [installId, sequence, most],
  );
  return rows.map(rowOf);
}

export async function auditHeads(on: Queries): Promise<readonly AuditHead[]> {
  return (await on.query<Stored<AuditHead>>(`select ${HEAD} from audit_heads order by install_id`)).map(
    headOf,
  );
}

/**
 * Removes the oldest entries behind a locked head, up to the first that is not older; the head keeps the hash the rest
 * goes on from.
 *
 * @returns what was removed; `null` when nothing is old enough
 */
export async function pruneAudit(
  on: Queries,
  installId: string,
  olderThan: Date,
): Promise<{ readonly count: number; readonly upTo: number } | null> {
  const [anchored] = await on.query<{ upTo: string }>(
    `update audit_heads h set pruned_sequence = e.sequence, pruned_hash = e.hash from audit_entries e
     where h.install_id = $1 and e.install_id = $1 and e.sequence = (
       select max(sequence) from audit_entries where install_id = $1 and sequence < coalesce(
         (select min(sequence) from audit_entries where install_id = $1 and at >= $2), h.sequence + 1))
     returning h.pruned_sequence as "upTo"`,
    [installId, olderThan],
  );
  if (!anchored) return null;
  const removed = await on.query(
    'delete from audit_entries where install_id = $1 and sequence <= $2 returning 1',
    [installId, anchored.upTo],
  );
  return { count: removed.length, upTo: Number(anchored.upTo) };
}
