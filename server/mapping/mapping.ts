import type { Audit } from '../audit/audit.ts';
import type {
  CustomersQuery,
  DecidedMappings,
  FoundCustomers,
  MappingGroup,
  MappingQuery,
  MappingReport,
  MappingSettings,
} from '../contract/mapping.ts';
import { Problem } from '../contract/problem.ts';
import type { DecideMappings, SaveMappingSettings } from '../contract/save-mapping.ts';
import { comparedName } from '../domain/matching-names.ts';
import type { Caller } from '../identity/caller.ts';
import { keyOf } from '../ledger/key.ts';
import type { Database } from '../store/database.ts';
import { recognisedLedgerCustomers } from '../store/ledger-customers.ts';
import { ledgerProgress } from '../store/ledger-progress.ts';
import { mappingSettings, mappingsOf, saveMappingSettings } from '../store/mappings.ts';
import type { CrmRecordLists } from '../zoho/crm/crm.ts';
import { createCrmRoll } from './crm-roll.ts';
import { decideMappings } from './decide.ts';
import { findCustomers, finds } from './find-customers.ts';
import { type GroupedRow, knownReport, namedElsewhere, namesIn } from './report.ts';

const PER_PAGE = 50;

/**
 * Which CRM record a Books customer belongs to: what administrators see of it and decide. Each of these asks CRM
 * afresh whether the caller is one. No call to Books: customers come from the local copy.
 * @throws Problem `settings.not_administrator`, `books.not_connected`
 */
export interface Mapping {
  /** One page of one group, read on a bounded piece at each call. @throws ZohoTrouble while CRM has told nothing yet */
  report(caller: Caller, query: MappingQuery): Promise<MappingReport>;
  /** Customers by name, for a record nothing resembles. @throws ZohoTrouble while CRM has told nothing yet */
  customers(caller: Caller, query: CustomersQuery): Promise<FoundCustomers>;
  /** @throws Problem `mapping.changed_meanwhile` when `basedOn` is no longer in force */
  save(caller: Caller, settings: SaveMappingSettings): Promise<MappingSettings>;
  decide(caller: Caller, decisions: DecideMappings): Promise<DecidedMappings>;
}

interface Needs {
  readonly database: Database;
  readonly crmFor: (caller: Caller) => CrmRecordLists;
  readonly mustAdminister: (caller: Caller) => Promise<unknown>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: () => Date;
}

export function createMapping(needs: Needs): Mapping {
  const { database, mustAdminister, audit, clock } = needs;
  const roll = createCrmRoll(needs);

  async function asked(caller: Caller) {
    await mustAdminister(caller);
    if (!caller.install.books) throw new Problem('books.not_connected');
    return keyOf(caller.install);
  }

  async function compared(caller: Caller, again: boolean) {
    const of = await asked(caller);
    const settings = await mappingSettings(database, of);
    const { mode, taxField } = settings;
    const read = await roll.read({ caller, mode, taxField, again });
    const [customers, decisions, { backfill }] = await Promise.all([
      recognisedLedgerCustomers(database, of),
      mappingsOf(database, of),
      ledgerProgress(database, of),
    ]);
    const inputs = { roll: read, mode, customers, decisions, isListed: backfill.listedAt !== null };
    await roll.lookAt(caller, read, namedElsewhere(inputs));
    await inSlices(namesIn(inputs), comparedName);
    return { settings, read, inputs, whole: knownReport(inputs) };
  }

  return {
    async report(caller, { group, search = '', page = '1', again }) {
      const { settings, read, inputs, whole } = await compared(caller, again === '1');
      const found = whole.rows.filter(foundBy(search));
      const ofGroup = found.filter((row) => row.group === group);
      const pages = Math.max(1, Math.ceil(ofGroup.length / PER_PAGE));
      const at = Math.min(Number(page), pages);
      return {
        settings,
        counts: countsOf(found),
        standing: {
          records: read.accounts.size + read.contacts.size,
          alongside: whole.alongside,
          crm: read.state,
          customers: inputs.customers.length,
          free: whole.free,
          unread: whole.unread,
          listed: inputs.isListed,
        },
        group,
        page: at,
        pages,
        rows: ofGroup.slice((at - 1) * PER_PAGE, at * PER_PAGE).map(({ group: _, ...row }) => row),
      };
    },

    async customers(caller, { search }) {
      const { inputs, whole } = await compared(caller, false);
      return findCustomers(inputs, whole.rows, search);
    },

    async save(caller, { basedOn, mode, taxField }) {
      const of = await asked(caller);
      const { crmUserId: who, name, amr } = caller;
      await database.transaction(async (on) => {
        const by = { byId: who, byName: name, at: clock() };
        if (!(await saveMappingSettings(on, of, { basedOn, mode, taxField, ...by })))
          throw new Problem('mapping.changed_meanwhile');
        await audit.record(on, caller.install.id, {
          action: 'mapping.mode_changed',
          who,
          amr,
          subject: `Books/${of.organisationId}`,
          outcome: mode,
        });
      });
      return { version: basedOn + 1, mode, taxField };
    },

    async decide(caller, decisions) {
      await asked(caller);
      return decideMappings(needs, caller, decisions);
    },
  };
}

/** So many at once take a few milliseconds; between them others are answered. */
const SLICE = 250;

async function inSlices<Item>(items: readonly Item[], work: (item: Item) => unknown): Promise<void> {
  for (let from = 0; from < items.length; from += SLICE) {
    for (const item of items.slice(from, from + SLICE)) work(item);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function countsOf(rows: readonly GroupedRow[]): Record<MappingGroup, number> {
  const counts = { linked: 0, suggested: 0, waiting: 0, unlinked: 0, broken: 0 };
  for (const { group } of rows) counts[group] += 1;
  return counts;
}

const foundBy =
  (search: string) =>
  ({ record, customers, suggestions }: GroupedRow): boolean => {
    const all = [record, ...customers, ...suggestions.map(({ customer }) => customer)];
    return finds(
      search,
      all.map(({ name = '' }) => name),
      all.map(({ id }) => id),
    );
  };
