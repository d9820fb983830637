import type { Learnt } from './budget.ts';

const NOTHING: Learnt = { ended: [], refused: 0, limitAnswers: {}, shutUntil: 0, told: null };

/** What one server has learnt of an organisation's budget and the others do not know yet. */
export function createNews() {
  let untold = NOTHING;
  const add = (part: Partial<Learnt>): void => {
    untold = { ...untold, ...part };
  };

  return {
    ended: (id: string): void => add({ ended: [...untold.ended, id] }),
    refused: (): void => add({ refused: untold.refused + 1 }),
    /** @param shutUntil in milliseconds; 0: the limit has passed by itself already */
    limited(code: string, shutUntil: number): void {
      const limitAnswers = { ...untold.limitAnswers, [code]: (untold.limitAnswers[code] ?? 0) + 1 };
      add({ limitAnswers, shutUntil: Math.max(untold.shutUntil, shutUntil) });
    },
    heard: (told: { perDay: number; left: number }): void => add({ told }),
    /** The others have to stop as well. */
    isUrgent: (): boolean => untold.shutUntil > 0,
    any: (): boolean =>
      untold.ended.length > 0 || untold.refused > 0 || Object.keys(untold.limitAnswers).length > 0,
    peek: (): Learnt => untold,
    take(): Learnt {
      const all = untold;
      untold = NOTHING;
      return all;
    },
    /** It could not be told after all. */
    putBack({ ended, refused, limitAnswers, shutUntil, told }: Learnt): void {
      const answers = { ...limitAnswers };
      for (const [code, times] of Object.entries(untold.limitAnswers))
        answers[code] = (answers[code] ?? 0) + times;
      untold = {
        ended: [...ended, ...untold.ended],
        refused: refused + untold.refused,
        limitAnswers: answers,
        shutUntil: Math.max(shutUntil, untold.shutUntil),
        told: untold.told ?? told,
      };
    },
  };
}
