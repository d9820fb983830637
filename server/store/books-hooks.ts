import type { Queries } from './database.ts';

export async function sealedHookSecret(on: Queries, installId: string): Promise<string | null> {
  const rows = await on.query<{ sealed: string }>(
    'select sealed_secret as sealed from books_hooks where install_id = $1',
    [installId],
  );
  return rows[0]?.sealed ?? null;
}

/** Keeps the first of several that are made at the same time. */
export async function addHookSecret(
  on: Queries,
  row: { readonly installId: string; readonly sealed: string; readonly now: Date },
): Promise<void> {
  await on.query(
    `insert into books_hooks (install_id, sealed_secret, created_at) values ($1, $2, $3)
     on conflict (install_id) do nothing`,
    [row.installId, row.sealed, row.now],
  );
}
