import type { Organisation, Wire } from '../organisation.ts';
import type { Clock } from '../zoho-clock.ts';
import { momentIn } from '../zoho-clock.ts';
import { child, text } from '../zoho-wire.ts';
import { MODULES, type Module } from './modules.ts';

/** A record that is no longer there: what `/{Module}/deleted` tells of it, and the record itself. */
interface DeletedRecord {
  readonly row: Wire;
  readonly record: Wire;
}

export type Deleted = Map<Module, DeletedRecord[]>;

/** What a person does in CRM itself. Books is not told: its documents and customers keep the ids they have. */
export interface CrmEdits {
  /** Any fields, as `GET` answers them; `Owner` too. */
  change(module: Module, id: string, fields: Wire): void;
  /** Into the recycle bin; records that named it name nothing. */
  delete(module: Module, id: string): void;
  /** Out of the recycle bin, under the same id and named again by those that named it. */
  restore(module: Module, id: string): void;
  /** The losers' ids are gone for good; what belonged to them belongs to the winner. */
  merge(module: Module, winnerId: string, loserIds: readonly string[]): void;
}

/** All throw for a record that is not there. */
export function createCrmEdits(ask: {
  organisation: Organisation;
  clock: Clock;
  deleted: Deleted;
}): CrmEdits {
  const { organisation, clock, deleted } = ask;
  const { crm, org } = organisation;
  /** What named a record when it was deleted. */
  const unnamed = new Map<string, (() => void)[]>();

  const find = (module: Module, id: string): Wire => {
    const found = crm[module].find((one) => text(one, 'id') === id);
    if (!found) throw new Error(`CRM has no ${id} among its ${module}`);
    return found;
  };
  const now = (): string =>
    momentIn(text(org.crm, 'time_zone') || 'UTC', clock.now()).replace(/(\d\d)$/, ':$1');
  const touch = (record: Wire): void => {
    record.Modified_Time = now();
  };
  const nameOf = (module: Module, record: Wire): string =>
    ['Deal_Name', 'Account_Name', 'Full_Name', 'Product_Name', 'Vendor_Name']
      .map((field) => text(record, field))
      .find((name) => name !== '') ?? module;

  /** Points every lookup at a record elsewhere; answers how to point it back. */
  const repoint = (id: string, to: Wire | null): (() => void)[] =>
    MODULES.flatMap((module) => crm[module]).flatMap((record) =>
      Object.keys(record)
        .filter((field) => text(child(record, field), 'id') === id)
        .map((field) => {
          const before = record[field];
          record[field] = to;
          touch(record);
          return () => {
            record[field] = before;
            touch(record);
          };
        }),
    );
  const takeOut = (module: Module, id: string, type: 'recycle' | 'permanent'): void => {
    const record = find(module, id);
    crm[module].splice(crm[module].indexOf(record), 1);
    const recycled = type === 'recycle';
    const person = (field: string): Wire | null => {
      const who = child(record, field);
      return recycled && who ? { id: who.id, name: who.name } : null;
    };
    const row = {
      id,
      display_name: recycled ? nameOf(module, record) : null,
      type,
      created_by: person('Created_By'),
      deleted_by: person('Owner'),
      deleted_time: now(),
    };
    deleted.set(module, [...(deleted.get(module) ?? []), { row, record }]);
  };

  return {
    change(module, id, fields) {
      const record = find(module, id);
      Object.assign(record, structuredClone(fields));
      touch(record);
    },
    delete(module, id) {
      takeOut(module, id, 'recycle');
      unnamed.set(id, repoint(id, null));
    },
    restore(module, id) {
      const bin = deleted.get(module) ?? [];
      const found = bin.find(({ row }) => row.id === id && row.type === 'recycle');
      if (!found) throw new Error(`The recycle bin has no ${id} of ${module}`);
      deleted.set(
        module,
        bin.filter((one) => one !== found),
      );
      touch(found.record);
      crm[module].push(found.record);
      for (const again of unnamed.get(id) ?? []) again();
      unnamed.delete(id);
    },
    merge(module, winnerId, loserIds) {
      const winner = find(module, winnerId);
      for (const id of loserIds) {
        takeOut(module, id, 'permanent');
        repoint(id, { id: winnerId, name: nameOf(module, winner) });
      }
      touch(winner);
    },
  };
}
