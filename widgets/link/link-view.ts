import type * as z from 'zod/mini';
import type {
  DocumentRef,
  LinkPreview,
  LinkResult,
  Links,
  Suggestions,
} from '../../server/contract/links.ts';
import { asProblem } from '../api/problem-error.ts';
import type { ProblemView } from '../ui/ProblemStanding.tsx';

export type Suggestion = Suggestions['suggestions'][number];
export type LinkOutcome = z.infer<typeof LinkResult>;

/** A list that is searched: what of it is known. */
export type Found<Row> =
  | { readonly state: 'loading' }
  | { readonly state: 'problem'; readonly problem: ProblemView }
  | {
      readonly state: 'rows';
      readonly rows: readonly Row[];
      readonly total: number;
      /** These rows answer an earlier search; the next answer is on its way. */
      readonly updating: boolean;
      readonly more: 'none' | 'there' | 'running' | 'failed';
    };

/** What the picked documents would do to the deal. */
export type Effect =
  | { readonly state: 'none' | 'loading' | 'unknown' }
  | { readonly state: 'known'; readonly preview: LinkPreview; readonly updating: boolean };

/** A change that was asked for and did not come about, or is on its way. */
export type Sending =
  | { readonly state: 'no' }
  /** `done`: of several, how many have an answer. */
  | { readonly state: 'running'; readonly done?: number }
  | { readonly state: 'failed'; readonly problem: ProblemView };

/** The links of a deal, as far as they are known. */
export type LinksState =
  | { readonly state: 'loading' }
  | { readonly state: 'problem'; readonly problem: ProblemView }
  | { readonly state: 'links'; readonly links: Links };

/** Each promise ends when the change is done and the links were read again; `false` when it failed. */
export interface LinkActs {
  readonly link: () => void;
  readonly reread: () => void;
  readonly unlink: (document: DocumentRef, reason: string) => Promise<boolean>;
  readonly undo: (undoId: string) => Promise<boolean>;
  readonly retry: (document: DocumentRef) => Promise<boolean>;
  readonly resolve: (document: DocumentRef, keep: 'books' | 'ours') => Promise<boolean>;
}

/** Nothing here is asked again by itself: somebody is in the middle of something. */
export function problemOf(thrown: unknown): ProblemView {
  const { code, requestId, fix } = asProblem(thrown);
  return { code, requestId, fix, retryAt: null };
}

interface Query<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isPlaceholderData: boolean;
}

/**
 * A problem takes the place of rows only where they would answer another search.
 * @param isTyping what is searched for has changed and is not asked yet
 */
export function foundIn<Data, Row>(
  { data, error, isPlaceholderData, isTyping }: Query<Data> & { readonly isTyping: boolean },
  read: (data: Data) => {
    rows: readonly Row[];
    total: number;
    more: 'none' | 'there' | 'running' | 'failed';
  },
): Found<Row> {
  if (data !== undefined && !(error && isPlaceholderData))
    return { state: 'rows', ...read(data), updating: isPlaceholderData || isTyping };
  return error ? { state: 'problem', problem: problemOf(error) } : { state: 'loading' };
}
