/** How much of a figure somebody may see, least first. @see domain rule A10 */
export const LEVELS = ['hidden', 'status', 'band', 'exact'] as const;
export type Level = (typeof LEVELS)[number];

export const atLeast = (level: Level, needed: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(needed);

export const strictest = (levels: readonly [Level, ...Level[]]): Level =>
  levels.reduce((strict, level) => (atLeast(level, strict) ? strict : level));
