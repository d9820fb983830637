interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/** In each lane so many at a time, and no lane waits for another. */
export function createLanes(width: number) {
  const lanes = new Map<string, Lane>();
  return async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const lane = lanes.get(name) ?? { running: 0, waiting: [] };
    lanes.set(name, lane);
    if (lane.running < width) lane.running += 1;
    else await new Promise<void>((resolve) => lane.waiting.push(resolve)); // whoever ends hands its place over
    try {
      return await work();
    } finally {
      const next = lane.waiting.shift();
      if (next) next();
      else lane.running -= 1;
      if (lane.running === 0) lanes.delete(name);
    }
  };
}
