import { LRUCache } from 'lru-cache';
import type { Caller } from '../identity/caller.ts';
import type { MappingMode } from '../store/mappings.ts';
import type { CrmListed, CrmRecordLists } from '../zoho/crm/crm.ts';

/** Calls to CRM for one request: a large organisation is read over several. */
const PAGES_AT_ONCE = 8;
/** Records compared at most: a hundred calls a module. */
const MOST_RECORDS = 20_000;
/** How long what was read is compared before it is read again. */
const KEPT_MS = 10 * 60_000;
/** Records Books names that the lists do not have, looked at one by one, 48 to a call. */
const LOOKED_AT = 4 * 48;

type Module = 'Accounts' | 'Contacts';

/** An organisation's accounts and contacts as one administrator sees them, as far as they have been read. */
export interface CrmRoll {
  readonly accounts: ReadonlyMap<string, CrmListed>;
  readonly contacts: ReadonlyMap<string, CrmListed>;
  /** `limited`: there are more than are compared. */
  readonly state: 'complete' | 'reading' | 'limited';
  /** Grows with everything that is read. */
  readonly version: number;
  /** Names of records that are not in the lists, `null` for those CRM does not have; absent: not looked at. */
  readonly others: ReadonlyMap<string, string | null>;
}

interface Reading extends CrmRoll {
  readonly accounts: Map<string, CrmListed>;
  readonly contacts: Map<string, CrmListed>;
  readonly others: Map<string, string | null>;
  readonly begunAt: number;
  /** Lists still to be read, each with the place to go on from. */
  toRead: { readonly module: Module; readonly cursor: string | null }[];
  state: CrmRoll['state'];
  version: number;
}

interface Needs {
  readonly crmFor: (caller: Caller) => CrmRecordLists;
  readonly clock: () => Date;
}

interface RollQuestion {
  readonly caller: Caller;
  readonly mode: MappingMode;
  readonly taxField: string | null;
  /** From the beginning, whatever was read before. */
  readonly again: boolean;
}

/**
 * Reads CRM's lists a bounded piece per request and keeps them in memory for a few minutes, for nobody but the
 * administrator whose token read them.
 */
export function createCrmRoll({ crmFor, clock }: Needs) {
  const rolls = new LRUCache<string, Reading>({ max: 20 });
  const running = new Map<string, Promise<unknown>>();

  /** One after the other: two requests at once must not read the same page twice. */
  async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = running.get(key) ?? Promise.resolve();
    const mine = before.then(work, work); // whoever came before was told what went wrong
    running.set(key, mine);
    try {
      return await mine;
    } finally {
      if (running.get(key) === mine) running.delete(key);
    }
  }

  async function readOn(roll: Reading, { caller, taxField }: RollQuestion): Promise<void> {
    const crm = crmFor(caller);
    for (let pages = 0; pages < PAGES_AT_ONCE; pages += 1) {
      const [list] = roll.toRead;
      if (!list) break;
      const { module, cursor } = list;
      const { rows, next } = await (module === 'Accounts'
        ? crm.accountsPage(cursor, taxField)
        : crm.contactsPage(cursor));
      const into = module === 'Accounts' ? roll.accounts : roll.contacts;
      for (const row of rows) into.set(row.id, row);
      roll.version += 1;
      const isFull = next !== null && into.size >= MOST_RECORDS;
      if (isFull) roll.state = 'limited';
      roll.toRead = [...(next === null || isFull ? [] : [{ module, cursor: next }]), ...roll.toRead.slice(1)];
    }
    if (roll.toRead.length === 0 && roll.state === 'reading') roll.state = 'complete';
  }

  return {
    /** @throws ZohoTrouble when nothing has been read yet; what has been read outlives later trouble */
    read(question: RollQuestion): Promise<CrmRoll> {
      const { caller, mode, taxField, again } = question;
      const key = [caller.install.id, caller.crmUserId, mode === 'contacts', taxField].join(' ');
      return inTurn(key, async () => {
        const known = again ? undefined : rolls.get(key);
        const isKept = known && clock().getTime() - known.begunAt < KEPT_MS;
        const roll = isKept ? known : begun(mode, clock());
        await readOn(roll, question).catch((trouble: unknown) => {
          if (roll.version === 0) throw trouble;
        });
        rolls.set(key, roll);
        return roll;
      });
    },

    /**
     * Looks at records that are named somewhere and are not in the lists, so that one made a minute ago is not taken
     * for one that was deleted. Only where the lists are complete, and only so many at once.
     */
    async lookAt(
      caller: Caller,
      roll: CrmRoll,
      ids: Readonly<Record<Module, readonly string[]>>,
    ): Promise<void> {
      if (roll.state !== 'complete') return;
      const { others } = roll as Reading; // safe because only `read` makes them
      for (const module of ['Accounts', 'Contacts'] as const) {
        const asked = ids[module].filter((id) => !others.has(`${module}/${id}`)).slice(0, LOOKED_AT);
        if (asked.length === 0) continue;
        const seen = await crmFor(caller).recordsSeen(module, asked);
        for (const id of asked) others.set(`${module}/${id}`, seen.get(id) ?? null);
        (roll as Reading).version += 1;
      }
    },
  };
}

/** Contacts tell the addresses of accounts; where only contacts have customers, accounts are not asked for. */
const begun = (mode: MappingMode, at: Date): Reading => ({
  accounts: new Map(),
  contacts: new Map(),
  others: new Map(),
  begunAt: at.getTime(),
  toRead: (mode === 'contacts' ? (['Contacts'] as const) : (['Accounts', 'Contacts'] as const)).map(
    (module) => ({ module, cursor: null }),
  ),
  state: 'reading',
  version: 0,
});
