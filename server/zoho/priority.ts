/**
 * What a call to Books is for, most urgent first: a person waits, something is written, an automation runs, changes
 * are followed, what a person saw is completed behind the answer, everything else is filled.
 */
export const PRIORITIES = ['interactive', 'write', 'automation', 'feed', 'background', 'backfill'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Somebody looks at a screen until such a call has been answered. */
export const isWaitedFor = (priority: Priority): boolean =>
  priority === 'interactive' || priority === 'write';
