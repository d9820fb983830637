import type { Queries } from './database.ts';
import type { DocumentKey } from './links.ts';
import type { LedgerKey } from './snapshots.ts';

/** A change of one document's links: asked, under way, or over. */
export interface LinkIntentRow {
  readonly id: string;
  readonly installId: string;
  readonly organisationId: string;
  readonly type: string;
  readonly documentId: string;
  readonly dealId: string;
  readonly who: string;
  readonly whoName: string;
  readonly requestId: string | null;
  /** JSON that linking alone understands. */
  readonly asked: unknown;
  /** `writing`: Books may have been told `toDeal` in place of `fromDeal`. */
  readonly state: 'pending' | 'writing' | 'done';
  readonly fromDeal: string | null;
  readonly toDeal: string | null;
  readonly attempts: number;
  readonly at: Date;
  /** The server that works on it, until `leaseUntil`. */
  readonly holder: string;
  readonly leaseUntil: Date;
  readonly result: unknown;
}

export interface Lease {
  readonly id: string;
  readonly holder: string;
  readonly now: Date;
  readonly until: Date;
}

const ROW = `id, install_id as "installId", organisation_id as "organisationId", document_type as "type",
  document_id as "documentId", deal_id as "dealId", who, who_name as "whoName", request_id as "requestId", asked, state,
  from_deal as "fromDeal", to_deal as "toDeal", attempts, at, holder, lease_until as "leaseUntil", result`;

export async function linkIntent(on: Queries, id: string): Promise<LinkIntentRow | null> {
  return (await on.query<LinkIntentRow>(`select ${ROW} from link_intents where id = $1`, [id]))[0] ?? null;
}

/** `null` when the same was asked before, or another change of the document is open. */
export async function openLinkIntent(
  on: Queries,
  intent: Omit<LinkIntentRow, 'state' | 'fromDeal' | 'toDeal' | 'attempts' | 'result'>,
): Promise<LinkIntentRow | null> {
  const rows = await on.query<LinkIntentRow>(
    `insert into link_intents (id, install_id, organisation_id, document_type, document_id, deal_id, who, who_name,
       request_id, asked, state, at, holder, lease_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, 'pending', $11, $12, $13)
     on conflict do nothing returning ${ROW}`,
    [
      intent.id,
      intent.installId,
      intent.organisationId,
      intent.type,
      intent.documentId,
      intent.dealId,
      intent.who,
      intent.whoName,
      intent.requestId,
      JSON.stringify(intent.asked),
      intent.at,
      intent.holder,
      intent.leaseUntil,
    ],
  );
  return rows[0] ?? null;
}

/** The change of a document that is under way or was left behind. */
export async function openIntentOf(on: Queries, of: DocumentKey): Promise<LinkIntentRow | null> {
  const rows = await on.query<LinkIntentRow>(
    `select ${ROW} from link_intents where install_id = $1 and organisation_id = $2 and document_type = $3
     and document_id = $4 and state in ('pending', 'writing')`,
    [of.installId, of.organisationId, of.type, of.documentId],
  );
  return rows[0] ?? null;
}

/** Changes whose server has gone silent. */
export function abandonedIntents(on: Queries, now: Date): Promise<readonly LinkIntentRow[]> {
  return on.query<LinkIntentRow>(
    `select ${ROW} from link_intents where state in ('pending', 'writing') and lease_until <= $1 order by at limit 100`,
    [now],
  );
}

/** Takes an abandoned change over. `null` for all but one server. */
export async function takeIntentOver(
  on: Queries,
  { id, holder, now, until }: Lease,
): Promise<LinkIntentRow | null> {
  const rows = await on.query<LinkIntentRow>(
    `update link_intents set holder = $2, lease_until = $4 where id = $1 and state in ('pending', 'writing')
     and lease_until <= $3 returning ${ROW}`,
    [id, holder, now, until],
  );
  return rows[0] ?? null;
}

/** Noted before Books is told. False when the lease was lost: then nothing may be written. */
export async function noteWriting(
  on: Queries,
  { id, holder, now, until }: Lease,
  deals: { from: string | null; to: string | null },
): Promise<boolean> {
  const rows = await on.query(
    `update link_intents set state = 'writing', from_deal = $5, to_deal = $6, attempts = attempts + 1, lease_until = $4
     where id = $1 and holder = $2 and lease_until > $3 and state in ('pending', 'writing') returning 1`,
    [id, holder, now, until, deals.from, deals.to],
  );
  return rows.length === 1;
}

/** Ends a change, in the transaction that carries out what came of it. False when another server has it by now. */
export async function closeIntent(
  on: Queries,
  { id, holder }: Pick<Lease, 'id' | 'holder'>,
  result: unknown,
): Promise<boolean> {
  const rows = await on.query(
    `update link_intents set state = 'done', result = $3::jsonb where id = $1 and holder = $2
     and state in ('pending', 'writing') returning 1`,
    [id, holder, JSON.stringify(result)],
  );
  return rows.length === 1;
}

/** Nothing came of it: the same may be asked again. False when another server has it by now. */
export async function dropIntent(
  on: Queries,
  { id, holder }: Pick<Lease, 'id' | 'holder'>,
  states: readonly LinkIntentRow['state'][] = ['pending', 'writing'],
): Promise<boolean> {
  const rows = await on.query(
    'delete from link_intents where id = $1 and holder = $2 and state = any($3::text[]) returning 1',
    [id, holder, [...states]],
  );
  return rows.length === 1;
}

/** Documents that are just being changed. */
export async function documentsBeingChanged(on: Queries, of: LedgerKey): Promise<ReadonlySet<string>> {
  const rows = await on.query<{ documentId: string }>(
    `select document_id as "documentId" from link_intents where install_id = $1 and organisation_id = $2
     and state in ('pending', 'writing')`,
    [of.installId, of.organisationId],
  );
  return new Set(rows.map(({ documentId }) => documentId));
}

/** What was asked so long ago that nobody repeats the request any more. */
export async function forgetIntents(on: Queries, before: Date): Promise<void> {
  await on.query("delete from link_intents where state = 'done' and at < $1", [before]);
}
