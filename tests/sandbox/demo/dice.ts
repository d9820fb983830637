/** Seeded chance: the same seed and the same questions give the same answers on every machine. */
export interface Dice {
  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(percent: number): boolean;
  /** Other dice that depend on the seed and the name only, so that one subject's throws never move another's. */
  named(name: string): Dice;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    // mulberry32: 32 bits of state are plenty for sample data, and it needs no package
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('Nothing to pick from');
      return item;
    },
    chance: (percent) => next() * 100 < percent,
    named: (name) => createDice(hash(name, seed)),
  };
}

/** FNV-1a. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0;
  for (const unit of text) value = Math.imul(value ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}
