/** A clock that stands still until it is told to move; what waits on it wakes when its time has come. */
export function createTestClock(start: string, settle: () => Promise<void> = settled) {
  let now = Date.parse(start);
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    clock: () => new Date(now),
    wait: (ms: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ at: now + ms, wake });
      }),
    settle,
    async advance(ms: number): Promise<void> {
      await settle();
      const until = now + ms;
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = until;
      await settle();
    },
  };
}

/** Until everything that only waits for promises is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}
