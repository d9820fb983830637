import type { Audit } from '../audit/audit.ts';
import type { DecidedMappings, MappingOutcome, MappingTarget } from '../contract/mapping.ts';
import { Problem } from '../contract/problem.ts';
import type { DecideMappings } from '../contract/save-mapping.ts';
import type { Caller } from '../identity/caller.ts';
import { keyOf } from '../ledger/key.ts';
import type { Database, Queries } from '../store/database.ts';
import { ledgerCustomers } from '../store/ledger-customers.ts';
import {
  type MappingMode,
  type MappingRow,
  mappingSettings,
  mappingsAbout,
  saveMapping,
} from '../store/mappings.ts';
import type { LedgerKey } from '../store/snapshots.ts';
import type { CrmRecordLists } from '../zoho/crm/crm.ts';

interface Needs {
  readonly database: Database;
  readonly crmFor: (caller: Caller) => CrmRecordLists;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: () => Date;
}

type Change = DecideMappings['changes'][number];
type Result = DecidedMappings['results'][number];

/**
 * Decides about customers, each on its own and based on the version it was looked at in: what somebody else decided
 * meanwhile stays, and is told. Asked for twice it is done once. All that is done commits together with its entries.
 *
 * @throws Problem `request.invalid` when a customer is named twice
 */
export async function decideMappings(
  { database, crmFor, audit, clock }: Needs,
  caller: Caller,
  { changes }: DecideMappings,
): Promise<DecidedMappings> {
  const ids = changes.map(({ customerId }) => customerId);
  if (new Set(ids).size !== ids.length) throw new Problem('request.invalid');
  const of = keyOf(caller.install);
  const seen = await recordsThere(crmFor(caller), changes);
  const at = clock();
  return database.transaction(async (on) => {
    const { mode } = await mappingSettings(on, of);
    const inBooks = new Set((await ledgerCustomers(on, of, ids)).map(({ customerId }) => customerId));
    const results = new Map<string, Result>();
    // In one order, so that two administrators never wait for each other's customers.
    for (const change of [...changes].sort((a, b) => (a.customerId < b.customerId ? -1 : 1)))
      results.set(
        change.customerId,
        await decide(on, { of, change, mode, seen, inBooks, caller, at, audit }),
      );
    return { results: ids.flatMap((id) => results.get(id) ?? []) };
  });
}

interface One {
  readonly of: LedgerKey;
  readonly change: Change;
  readonly mode: MappingMode;
  /** Records there are, as `Accounts/1`. */
  readonly seen: ReadonlySet<string>;
  readonly inBooks: ReadonlySet<string>;
  readonly caller: Caller;
  readonly at: Date;
  readonly audit: Pick<Audit, 'record'>;
}

async function decide(on: Queries, one: One): Promise<Result> {
  const { of, change, caller, at, audit } = one;
  const { customerId, to, version } = change;
  const before = decided(await current(on, of, customerId));
  const told = (outcome: MappingOutcome, now = before): Result => ({ customerId, outcome, before, now });
  if (isSame(before.to, to)) return told('unchanged');
  if (before.version !== version) return told('changed_meanwhile');
  const obstacle = obstacleOf(one);
  if (obstacle) return told(obstacle);
  const row = {
    customerId,
    says: to.says,
    module: to.says === 'record' ? to.module : null,
    recordId: to.says === 'record' ? to.id : null,
    byId: caller.crmUserId,
    byName: caller.name,
    at,
  };
  const saved = await saveMapping(on, of, { ...row, basedOn: version });
  if (saved === null) {
    const now = decided(await current(on, of, customerId));
    return told(isSame(now.to, to) ? 'unchanged' : 'changed_meanwhile', now);
  }
  await audit.record(on, caller.install.id, {
    action: 'mapping.changed',
    who: caller.crmUserId,
    amr: caller.amr,
    subject: `Books/${of.organisationId}/${customerId}`,
    outcome: to.says === 'record' ? `${to.module}/${to.id}` : to.says,
  });
  return told('changed', { version: saved, to, by: caller.name });
}

/** Taking a decision back needs nothing to be there any more. */
function obstacleOf({ change: { customerId, to }, mode, seen, inBooks }: One): MappingOutcome | null {
  if (to.says === 'books') return null;
  if (!inBooks.has(customerId)) return 'customer_gone';
  if (to.says !== 'record') return null;
  if (mode !== 'both' && mode !== to.module.toLowerCase()) return 'not_in_mode';
  return seen.has(`${to.module}/${to.id}`) ? null : 'record_gone';
}

async function recordsThere(crm: CrmRecordLists, changes: readonly Change[]): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (const module of ['Accounts', 'Contacts'] as const) {
    const ids = changes.flatMap(({ to }) => (to.says === 'record' && to.module === module ? [to.id] : []));
    if (ids.length === 0) continue;
    for (const id of (await crm.recordsSeen(module, [...new Set(ids)])).keys()) seen.add(`${module}/${id}`);
  }
  return seen;
}

const current = async (on: Queries, of: LedgerKey, customerId: string): Promise<MappingRow | undefined> =>
  (await mappingsAbout(on, of, [customerId]))[0];

function decided(row: MappingRow | undefined): Result['before'] {
  if (!row) return { version: 0, to: { says: 'books' } };
  const { version, says, module, recordId, byName: by } = row;
  if (says === 'record' && module !== null && recordId !== null)
    return { version, to: { says, module, id: recordId }, by };
  return { version, to: { says: says === 'nobody' ? 'nobody' : 'books' }, by };
}

const isSame = (one: MappingTarget, other: MappingTarget): boolean =>
  one.says === 'record' && other.says === 'record'
    ? one.module === other.module && one.id === other.id
    : one.says === other.says;
