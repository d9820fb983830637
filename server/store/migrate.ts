import type { Database } from './database.ts';
import { firstSlice } from './migrations/0001-first-slice.ts';
import { policies } from './migrations/0002-policies.ts';
import { auditLog } from './migrations/0003-audit.ts';
import { links } from './migrations/0004-links.ts';
import { sessionProofs } from './migrations/0005-sessions.ts';
import { booksHooks } from './migrations/0006-hooks.ts';
import { ledger } from './migrations/0006-ledger.ts';
import { budgets } from './migrations/0007-budgets.ts';
import { auditPruning } from './migrations/0008-audit-pruning.ts';
import { organisationHints } from './migrations/0009-organisation-hints.ts';
import { openers } from './migrations/0010-openers.ts';
import { contents } from './migrations/0011-contents.ts';
import { mappings } from './migrations/0012-mappings.ts';
import { setup } from './migrations/0013-setup.ts';
import { definitions } from './migrations/0014-definitions.ts';
import { lifeCycle } from './migrations/0015-life-cycle.ts';
import { alerts } from './migrations/0016-alerts.ts';
import { changes } from './migrations/0017-changes.ts';
import { foldChanges, watchChanges } from './watch-changes.ts';

const MIGRATIONS: readonly { readonly name: string; readonly statements: readonly string[] }[] = [
  { name: '0001-first-slice', statements: firstSlice },
  { name: '0002-policies', statements: policies },
  { name: '0003-audit', statements: auditLog },
  { name: '0005-sessions', statements: sessionProofs },
  { name: '0004-links', statements: links },
  { name: '0006-hooks', statements: booksHooks },
  { name: '0006-ledger', statements: ledger },
  { name: '0007-budgets', statements: budgets },
  { name: '0008-audit-pruning', statements: auditPruning },
  { name: '0009-organisation-hints', statements: organisationHints },
  { name: '0010-openers', statements: openers },
  { name: '0011-contents', statements: contents },
  { name: '0012-mappings', statements: mappings },
  { name: '0013-setup', statements: setup },
  { name: '0014-definitions', statements: definitions },
  { name: '0015-life-cycle', statements: lifeCycle },
  { name: '0016-alerts', statements: alerts },
  { name: '0017-changes', statements: changes },
];

// Any fixed number does, as long as no other user of the same database takes it.
const LOCK = 360_001;

/** Brings the database forward, never back. Several servers may start at once: one migrates, the others wait. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await queries.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const applied = new Set(
      (await queries.query<{ name: string }>('select name from migrations')).map(({ name }) => name),
    );
    for (const { name, statements } of MIGRATIONS) {
      if (applied.has(name)) continue;
      for (const statement of statements) await queries.query(statement);
      await queries.query('insert into migrations (name) values ($1)', [name]);
    }
  });
  await watchChanges(database, LOCK);
  await foldChanges(database);
}
