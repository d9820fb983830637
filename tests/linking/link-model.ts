interface Holder {
  readonly deal: string;
  /** `null`: all that no other deal has. */
  readonly share: number | null;
  /** Known from Books only. */
  readonly byBooks: boolean;
}

interface Document {
  readonly net: number;
  holders: readonly Holder[];
  /** Books' deal, where somebody changed it there against links that people made. */
  conflict: { readonly deal: string | null } | null;
  readonly undo: Map<string, { readonly undoId: string; readonly holder: Holder }>;
}

/** What should come of links, in the plainest words: who has which part, and which one deal Books is to hold. */
export interface LinkModel {
  /** The deal Books is to hold. */
  books(id: string): string | null;
  /** Deals that have it, as whoever opens it now is told. */
  holders(id: string): readonly { readonly deal: string; readonly share: number | null }[];
  /** Documents about which Books and our links disagree. */
  conflicts(): readonly string[];
  undoOf(id: string, deal: string): string | null;
  linked(id: string, deal: string, share: string | null): void;
  unlinked(id: string, deal: string, undoId: string): void;
  restored(id: string, deal: string): void;
  changedInBooks(id: string, deal: string | null): void;
  resolved(id: string, keep: 'books' | 'ours'): void;
  /** How often each was done. */
  done(): { created: number; removed: number; restored: number };
}

export function createLinkModel(
  documents: readonly { readonly id: string; readonly net: number; readonly deal: string | null }[],
): LinkModel {
  const known = new Map<string, Document>(
    documents.map(({ id, net, deal }) => [
      id,
      { net, holders: byBooks(deal), conflict: null, undo: new Map() },
    ]),
  );
  const done = { created: 0, removed: 0, restored: 0 };
  const of = (id: string): Document => {
    const found = known.get(id);
    if (!found) throw new Error(`The model has no ${id}`);
    return found;
  };

  const add = (document: Document, holder: Holder): void => {
    const others = document.holders.filter(({ deal }) => deal !== holder.deal);
    // Two cannot both have the whole: whoever takes it moved it.
    const kept = holder.share === null ? others.filter(({ share }) => share !== null) : others;
    document.holders = [...kept, holder];
  };

  return {
    books: (id) => {
      const { conflict, holders, net } = of(id);
      if (conflict) return conflict.deal;
      const taken = holders.reduce((sum, { share }) => sum + (share ?? 0), 0);
      const part = ({ share }: Holder): number => share ?? net - taken;
      const [largest] = [...holders].sort((a, b) => part(b) - part(a));
      return largest?.deal ?? null;
    },
    holders: (id) => {
      const { conflict, holders } = of(id);
      return conflict ? byBooks(conflict.deal) : holders;
    },
    conflicts: () => [...known].flatMap(([id, { conflict }]) => (conflict ? [id] : [])),
    undoOf: (id, deal) => of(id).undo.get(deal)?.undoId ?? null,
    linked(id, deal, share) {
      done.created += 1;
      add(of(id), { deal, share: share === null ? null : Number(share), byBooks: false });
    },
    unlinked(id, deal, undoId) {
      done.removed += 1;
      const document = of(id);
      const holder = document.holders.find((one) => one.deal === deal);
      if (holder) document.undo.set(deal, { undoId, holder });
      document.holders = document.holders.filter((one) => one !== holder);
      if (document.conflict && document.holders.length === 0) {
        document.holders = byBooks(document.conflict.deal);
        document.conflict = null;
      }
    },
    restored(id, deal) {
      done.restored += 1;
      const document = of(id);
      const before = document.undo.get(deal);
      if (before) add(document, before.holder);
      document.undo.delete(deal);
    },
    changedInBooks(id, deal) {
      const document = of(id);
      if (document.holders.every((holder) => holder.byBooks)) document.holders = byBooks(deal);
      else {
        document.conflict = null;
        document.conflict = this.books(id) === deal ? null : { deal };
      }
    },
    resolved(id, keep) {
      const document = of(id);
      if (keep === 'books' && document.conflict) document.holders = byBooks(document.conflict.deal);
      document.conflict = null;
    },
    done: () => ({ ...done }),
  };
}

const byBooks = (deal: string | null): readonly Holder[] =>
  deal === null ? [] : [{ deal, share: null, byBooks: true }];
