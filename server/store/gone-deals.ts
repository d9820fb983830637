import type { Queries } from './database.ts';

/** Which of these deals CRM is known to have deleted. */
export async function goneDeals(
  on: Queries,
  installId: string,
  dealIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (dealIds.length === 0) return new Set();
  const rows = await on.query<{ dealId: string }>(
    'select deal_id as "dealId" from gone_deals where install_id = $1 and deal_id = any($2::text[])',
    [installId, [...dealIds]],
  );
  return new Set(rows.map(({ dealId }) => dealId));
}

/** True for the one who noticed it first. */
export async function noteGoneDeal(
  on: Queries,
  { installId, dealId, now }: { installId: string; dealId: string; now: Date },
): Promise<boolean> {
  const noted = await on.query(
    `insert into gone_deals (install_id, deal_id, noticed_at) values ($1, $2, $3)
     on conflict (install_id, deal_id) do nothing returning 1`,
    [installId, dealId, now],
  );
  return noted.length === 1;
}

/** A deal that was taken out of the recycle bin. */
export async function forgetGoneDeal(on: Queries, installId: string, dealId: string): Promise<void> {
  await on.query('delete from gone_deals where install_id = $1 and deal_id = $2', [installId, dealId]);
}
