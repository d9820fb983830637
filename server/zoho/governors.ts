import { callsPerDay } from './books-limits.ts';
import { createGovernor, type Governor } from './governor.ts';
import type { GovernorUsage } from './governor-usage.ts';
import type { SharedBudget } from './shared-budget.ts';

/** A Books organisation, as far as its budget is concerned. */
interface Budgeted {
  /** Books' ids are unique within a data centre. */
  readonly dataCentre: string;
  readonly organisationId: string;
  readonly timeZone: string;
  /** Zoho's name of it; absent where it is not told. */
  readonly plan?: string | undefined;
}

interface Needs {
  /** The budget that all servers share, by the organisation's name. */
  readonly shared: (name: string) => SharedBudget;
  /** Calls a day of a plan that Zoho does not name. */
  readonly perDay: number;
  readonly caller: () => string | undefined;
  readonly clock: () => Date;
  readonly wait?: (ms: number) => Promise<unknown>;
  readonly onTrouble: (trouble: unknown) => void;
}

/** One governor per Books organisation, whichever and how many installs read it. */
export interface Governors {
  of(organisation: Budgeted): Governor;
  /** Of every organisation that was read since this server started. */
  usage(): Promise<readonly GovernorUsage[]>;
  close(): Promise<void>;
}

export function createGovernors({ shared, perDay, ...needs }: Needs): Governors {
  const known = new Map<string, { readonly governor: Governor; readonly made: string }>();
  const all = () => [...known.values()].map(({ governor }) => governor);
  return {
    of({ dataCentre, organisationId, timeZone, plan }) {
      const name = `${dataCentre}:${organisationId}`;
      const limits = { perDay: callsPerDay(plan) ?? perDay };
      // Connecting again can tell of another plan.
      const made = `${timeZone} ${limits.perDay}`;
      const before = known.get(name);
      if (before?.made === made) return before.governor;
      const governor = createGovernor({ ...needs, timeZone, limits, shared: shared(name) });
      known.set(name, { governor, made });
      return governor;
    },
    usage: () => Promise.all(all().map((governor) => governor.usage())),
    async close() {
      await Promise.all(all().map((governor) => governor.close()));
    },
  };
}
