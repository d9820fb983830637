import type { Queries } from './database.ts';

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
 * such a change. Done at each start, so that no migration has to think of it.
 *
 * @see createMoments
 */
export async function watchChanges(on: Queries): Promise<void> {
  const unwatched = await on.query<{ name: string }>(
    `select tablename as name from pg_tables t
     where schemaname = current_schema() and tablename <> all ($1) and not exists (
       select from pg_trigger where tgrelid = format('%I.%I', t.schemaname, t.tablename)::regclass and tgname = 'watched')`,
    [UNWATCHED],
  );
  for (const { name } of unwatched)
    await on.query(
      `create trigger watched after insert or update or delete or truncate on "${name}"
       for each statement execute function count_change()`,
    );
}
