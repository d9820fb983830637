import { type DealResource, isDealResource } from './deal-documents.ts';

/**
 * What Books does with a change. Which of these holds for a deal on an existing document is not documented, so each
 * can be chosen: for a kind of document or for a single one. @see books-api §4
 */
export const WRITE_BEHAVIOURS = [
  'takes',
  /** 400 unless the whole document is sent. */
  'needs_full',
  /** 200, and the deal is as before. */
  'drops',
  'refuses_locked',
  'refuses_void',
  'refuses_approved',
  /** The person who connected Books may no longer edit. */
  'refuses_right',
] as const;
export type WriteBehaviour = (typeof WRITE_BEHAVIOURS)[number];

export const isWriteBehaviour = (word: unknown): word is WriteBehaviour =>
  (WRITE_BEHAVIOURS as readonly unknown[]).includes(word);

export interface WriteRules {
  /** @param target a kind of document, or one document's id, which goes first. @throws for anything else */
  set(target: DealResource | (string & {}), behaviour: WriteBehaviour): void;
  /** What was chosen for this document; `null` when nothing was. */
  ofDocument(id: string): WriteBehaviour | null;
  ofKind(resource: DealResource): WriteBehaviour;
  /** Transaction locking: invoices and expenses up to this day (included) are closed. */
  lockedUntil: string | null;
  all(): Readonly<Record<string, WriteBehaviour>>;
  clear(): void;
}

/** In a fresh set of rules Books takes what it is sent. */
export function createWriteRules(): WriteRules {
  const chosen = new Map<string, WriteBehaviour>();
  const rules: WriteRules = {
    set(target, behaviour) {
      if (!isDealResource(target) && !/^\d{1,20}$/.test(target))
        throw new Error(`${target} is neither a kind of document with a deal nor an id`);
      chosen.set(target, behaviour);
    },
    ofDocument: (id) => chosen.get(id) ?? null,
    ofKind: (resource) => chosen.get(resource) ?? 'takes',
    lockedUntil: null,
    all: () => Object.fromEntries(chosen),
    clear() {
      chosen.clear();
      rules.lockedUntil = null;
    },
  };
  return rules;
}
