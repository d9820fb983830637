import type { Budget } from './budget.ts';

/** Where the budget of one Books organisation is kept, so that all servers spend from the same. */
export interface SharedBudget {
  /** Lets `work` decide on what is stored, and stores what it says; nobody else decides meanwhile. */
  change<Result>(
    work: (stored: unknown) => { readonly budget: Budget; readonly result: Result },
  ): Promise<Result>;
  /** As stored; `null` while nothing was called. */
  read(): Promise<unknown>;
}

/** For a governor that shares with nobody. */
export function createOwnBudget(): SharedBudget {
  let stored: unknown = null;
  return {
    async change(work) {
      const { budget, result } = work(stored);
      stored = budget;
      return result;
    },
    read: async () => stored,
  };
}
