import type { Database, Queries } from './database.ts';

/** What no answer is made of: it may be written as often as it likes without anything being read again. */
export const UNWATCHED: readonly string[] = [
  'migrations',
  'changes',
  'audit_heads',
  'audit_entries',
  'used_tokens',
  'idempotency_keys',
  'sign_ins',
  'books_budgets',
  'access_tokens',
];

/**
 * Counts every statement that changes any other table. Each connection counts in a row of its own, so that no writer
 * ever waits for another; the sum over what is committed only grows, and moves with each transaction that committed
 * such a change. Done at each start, so that no migration has to think of it; a table at a time, so that a server that
 * is still at work on several of them is never waited for in a circle.
 *
 * @param lock number of the advisory lock that servers which start at once queue at
 * @see createMoments
 */
export async function watchChanges(database: Database, lock: number): Promise<void> {
  for (const name of await unwatched(database))
    await database.transaction(async (on) => {
      await on.query('select pg_advisory_xact_lock($1)', [lock]);
      if (!(await unwatched(on)).includes(name)) return; // another server was faster
      await on.query(
        `create trigger watched after insert or update or delete or truncate on "${name}"
         for each statement execute function count_change()`,
      );
    });
}

/**
 * Adds up what connections that are over have counted, so that looking at the moment never takes longer: in one
 * statement, after which the sum is what it was.
 */
export async function foldChanges(database: Database): Promise<void> {
  await database.query(
    `with over as (
       delete from changes where connection <> 0 and connection not in (select pid from pg_stat_activity) returning count)
     insert into changes (connection, count) select 0, sum(count) from over having count(*) > 0
     on conflict (connection) do update set count = changes.count + excluded.count`,
  );
}

async function unwatched(on: Queries): Promise<readonly string[]> {
  const rows = await on.query<{ name: string }>(
    `select tablename as name from pg_tables t
     where schemaname = current_schema() and tablename <> all ($1) and not exists (
       select from pg_trigger where tgrelid = format('%I.%I', t.schemaname, t.tablename)::regclass and tgname = 'watched')`,
    [UNWATCHED],
  );
  return rows.map(({ name }) => name);
}
