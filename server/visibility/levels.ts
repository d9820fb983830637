import { Level } from '../contract/policy.ts';

export type { Level };

/** How much of a figure somebody may see, least first. @see domain rule A10 */
export const LEVELS = Level.options;

export const atLeast = (level: Level, needed: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(needed);

export const strictest = (levels: readonly [Level, ...Level[]]): Level =>
  levels.reduce((strict, level) => (atLeast(level, strict) ? strict : level));
