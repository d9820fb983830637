import type { Queries } from './database.ts';

/**
 * Takes or renews a lease: work only one server may do at a time. False while another server holds it.
 * @param until when it passes to whoever asks next, unless renewed before
 */
export async function takeLease(
  on: Queries,
  lease: { readonly name: string; readonly holder: string; readonly until: Date },
  now: Date,
): Promise<boolean> {
  const rows = await on.query(
    `insert into leases (name, holder, until) values ($1, $2, $3)
     on conflict (name) do update set holder = excluded.holder, until = excluded.until
     where leases.holder = excluded.holder or leases.until <= $4
     returning name`,
    [lease.name, lease.holder, lease.until, now],
  );
  return rows.length > 0;
}

/** Gives a lease back, so that nobody has to wait for its end. */
export async function endLease(
  on: Queries,
  { name, holder }: { name: string; holder: string },
): Promise<void> {
  await on.query('delete from leases where name = $1 and holder = $2', [name, holder]);
}
