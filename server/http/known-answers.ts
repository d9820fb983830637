import { LRUCache } from 'lru-cache';
import type { CustomerBook } from '../domain/documents.ts';
import type { Policy } from '../visibility/policy.ts';

/** Differing words for one policy and one state of the books: people, records and deals. */
const MOST_WORDS = 200;

/**
 * Answers by what they were made of: the very same books and policy and equal words make the same answer, so it is
 * computed and projected once. Books that were read again are other books, and what was made of the former goes with
 * them.
 */
export function createKnownAnswers<Answer extends object>() {
  const known = new WeakMap<readonly CustomerBook[], WeakMap<Policy, LRUCache<string, Answer>>>();

  return (
    { books, policy, words }: { books: readonly CustomerBook[]; policy: Policy; words: readonly unknown[] },
    make: () => Answer,
  ): Answer => {
    const byPolicy = known.get(books) ?? new WeakMap<Policy, LRUCache<string, Answer>>();
    known.set(books, byPolicy);
    const byWords = byPolicy.get(policy) ?? new LRUCache<string, Answer>({ max: MOST_WORDS });
    byPolicy.set(policy, byWords);
    const name = JSON.stringify(words);
    const has = byWords.get(name);
    if (has) return has;
    const made = make();
    byWords.set(name, made);
    return made;
  };
}
export type KnownAnswers<Answer extends object> = ReturnType<typeof createKnownAnswers<Answer>>;
