const MINUTE_MS = 60_000;

/** The calls of the last sixty seconds: Zoho counts by the minute, and a sliding one never lets two bursts meet. */
export interface CallWindow {
  note(now: number): void;
  used(now: number): number;
  /** When the call after `ahead` others may start if at most `limit` calls may start within a minute. */
  opensAt(now: number, limit: number, ahead: number): number;
}

export function createCallWindow(): CallWindow {
  let starts: number[] = [];
  const forget = (now: number): void => {
    starts = starts.filter((start) => now - start < MINUTE_MS);
  };
  return {
    note: (now) => {
      starts.push(now);
    },
    used: (now) => {
      forget(now);
      return starts.length;
    },
    opensAt: (now, limit, ahead) => {
      forget(now);
      const index = starts.length + ahead - limit;
      if (index < 0) return now;
      // Calls that have not started yet free their place a minute from now at the earliest.
      return (starts[index] ?? now) + MINUTE_MS;
    },
  };
}
