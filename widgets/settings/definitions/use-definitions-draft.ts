import { useState } from 'react';
import type { DefinitionsView } from '../../../server/contract/definitions.ts';
import { useUnsavedWarning } from '../warn-unsaved.ts';
import { changedParts, onTopOf, type Typed, typedOf } from './typed.ts';

/** What an administrator is about to save, and what it was made from. */
export interface DefinitionsDraft {
  readonly typed: Typed;
  readonly base: { readonly version: number; readonly typed: Typed };
  readonly unsaved: boolean;
  /** Something newer than `base` is in force: saving would be refused. */
  readonly overtaken: boolean;
  readonly edit: (change: Partial<Typed>) => void;
  readonly discard: () => void;
  /** Goes on from what is in force by now, with these edits on top of it. */
  readonly reapply: () => void;
  /** What was sent is in force; edits made since stay. */
  readonly saved: (sent: Typed, inForce: DefinitionsView) => void;
}

/** A draft that nobody has touched follows what is in force; one with edits waits for its author. */
export function useDefinitionsDraft(inForce: DefinitionsView): DefinitionsDraft {
  const [{ base, typed }, set] = useState(() => fresh(inForce));
  const unsaved = changedParts(base.typed, typed).length > 0;
  useUnsavedWarning(unsaved);
  const newer = inForce.version > base.version;
  if (newer && !unsaved) set(fresh(inForce));
  return {
    typed,
    base,
    unsaved,
    overtaken: newer && unsaved,
    edit: (change) => set((draft) => ({ ...draft, typed: { ...draft.typed, ...change } })),
    discard: () => set(fresh(inForce)),
    reapply: () =>
      set((draft) => {
        const next = fresh(inForce);
        return { ...next, typed: onTopOf(draft.base.typed, draft.typed, next.base.typed) };
      }),
    saved: (sent, answer) =>
      set((draft) => {
        const next = fresh(answer);
        return draft.typed === sent ? next : { ...next, typed: draft.typed };
      }),
  };
}

function fresh(view: DefinitionsView) {
  const typed = typedOf(view.document, view.baseCurrency);
  return { base: { version: view.version, typed }, typed };
}
