import { useState } from 'react';
import type { PolicyDocument, PolicyView } from '../../../server/contract/policy.ts';
import { useUnsavedWarning } from '../warn-unsaved.ts';
import { sameDocument } from './policy-diff.ts';
import { reapply } from './policy-reapply.ts';

type Based = Pick<PolicyView, 'version' | 'document'>;

/** What an administrator is about to save, and what it was made from. */
export interface PolicyDraft {
  readonly document: PolicyDocument;
  readonly base: Based;
  readonly unsaved: boolean;
  /** Something newer than `base` is in force: saving would be refused. */
  readonly overtaken: boolean;
  readonly edit: (change: (document: PolicyDocument) => PolicyDocument) => void;
  readonly discard: () => void;
  /** Goes on from what is in force by now, with these edits on top of it. */
  readonly reapply: () => void;
  /** What was sent is in force; edits made since stay. */
  readonly saved: (sent: PolicyDocument, inForce: Based) => void;
}

/** A draft that nobody has touched follows what is in force; one with edits waits for its author. */
export function usePolicyDraft(inForce: PolicyView): PolicyDraft {
  const [{ base, document }, set] = useState<{ base: Based; document: PolicyDocument }>(() => fresh(inForce));
  const unsaved = !sameDocument(base.document, document);
  useUnsavedWarning(unsaved);
  const newer = inForce.version !== base.version;
  if (newer && !unsaved) set(fresh(inForce));
  return {
    document,
    base,
    unsaved,
    overtaken: newer && unsaved,
    edit: (change) => set((draft) => ({ ...draft, document: change(draft.document) })),
    discard: () => set(fresh(inForce)),
    reapply: () =>
      set((draft) => ({
        base: inForce,
        document: reapply(
          { base: draft.base.document, mine: draft.document, theirs: inForce.document },
          inForce,
        ).document,
      })),
    saved: (sent, answer) =>
      set((draft) => ({
        base: answer,
        document: draft.document === sent ? answer.document : draft.document,
      })),
  };
}

const fresh = (view: Based) => ({ base: view, document: view.document });
