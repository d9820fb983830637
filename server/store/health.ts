import type { Queries } from './database.ts';
import type { LedgerKey } from './snapshots.ts';

const KEY = 'install_id = $1 and organisation_id = $2';

/** Who does an install's background work: the holder's name and until when, unless it ended before `now`. */
export async function leaseHeld(
  on: Queries,
  name: string,
  now: Date,
): Promise<{ readonly holder: string; readonly until: Date } | null> {
  const rows = await on.query<{ holder: string; until: Date }>(
    'select holder::text as holder, until from leases where name = $1 and until > $2',
    [name, now],
  );
  return rows[0] ?? null;
}

export interface Comparison {
  /** Customers held against Books' own sums at least once. */
  readonly checked: number;
  readonly checkedLately: number;
  readonly lastAt: Date | null;
  /** Customers that came to tie again by being read in full. */
  readonly mendedLately: number;
  /** Which do not tie now, a few of them. `name` as the ledger stores the customer. */
  readonly differing: readonly {
    readonly customerId: string;
    readonly name: string | null;
    readonly crmAccountId: string | null;
    readonly checkedAt: Date | null;
  }[];
}

/** How the copy compares with Books' own sums. @param since what counts as lately */
export async function comparison(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { since, most }: { readonly since: Date; readonly most: number },
): Promise<Comparison> {
  const [counts] = await on.query<Omit<Comparison, 'differing'>>(
    `select count(checked_at)::int as checked, (count(*) filter (where checked_at >= $3))::int as "checkedLately",
       max(checked_at) as "lastAt", (count(*) filter (where mended_at >= $3))::int as "mendedLately"
     from ledger_customers where ${KEY}`,
    [installId, organisationId, since],
  );
  const differing = await on.query<Comparison['differing'][number]>(
    `select customer_id as "customerId", body->>'name' as name, crm_account_id as "crmAccountId", checked_at as "checkedAt"
     from ledger_customers where ${KEY} and ties = false order by checked_at desc nulls last, customer_id limit $3`,
    [installId, organisationId, most],
  );
  return {
    ...(counts ?? { checked: 0, checkedLately: 0, lastAt: null, mendedLately: 0 }),
    differing,
  };
}

/** Notes that somebody wants what failed tried again. @returns whether nobody did since `notSince` */
export async function askForRetry(
  on: Queries,
  { installId, organisationId }: LedgerKey,
  { now, notSince }: { readonly now: Date; readonly notSince: Date },
): Promise<boolean> {
  const asked = await on.query(
    `insert into ledger_progress (install_id, organisation_id, retry_at) values ($1, $2, $3)
     on conflict (install_id, organisation_id) do update set retry_at = excluded.retry_at
     where ledger_progress.retry_at is null or ledger_progress.retry_at <= $4
     returning 1`,
    [installId, organisationId, now, notSince],
  );
  return asked.length > 0;
}

/** Names of what brought the tables to their present form, in order. */
export async function appliedMigrations(on: Queries): Promise<readonly string[]> {
  const rows = await on.query<{ name: string }>('select name from migrations order by applied_at, name');
  return rows.map(({ name }) => name);
}
