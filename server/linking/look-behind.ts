import type { Install } from '../identity/install.ts';
import type { LedgerQuestion } from '../ledger/ledger.ts';
import type { Look } from './notice.ts';
import { type Doubt, nameOf } from './overlay.ts';

/** Pages looked at per view, one Books call each, behind the answer. */
const LOOKS_PER_PASS = 40;
/** After a look that failed, leave Books alone for this long. */
const REST_AFTER_TROUBLE_MS = 30_000;

interface Needs {
  readonly look: Look;
  readonly clock: () => Date;
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
}

/** Looks at documents whose list row leaves a doubt, each by one at a time, while nobody waits. */
export function createLookBehind({ look, clock, onTrouble }: Needs) {
  const looking = new Set<string>();
  const restUntil = new Map<string, number>();

  async function lookAt(install: Install, doubts: readonly Doubt[], nameIn: (doubt: Doubt) => string) {
    try {
      for (const { type, id, rowMark } of doubts)
        await look(install, { type, id }, { priority: 'background', rowMark });
    } finally {
      for (const doubt of doubts) looking.delete(nameIn(doubt));
    }
  }

  /** Answers whether it looks. Expenses cost a call each, so only the view of a deal asks for them. */
  return (
    { install, dealId }: Pick<LedgerQuestion, 'install' | 'dealId'>,
    doubts: readonly Doubt[],
  ): boolean => {
    if (install.state !== 'active') return false;
    const due = doubts.filter(({ type }) => dealId !== undefined || type !== 'expense');
    const key = `${install.id}|${install.books?.organisationId ?? ''}`;
    const nameIn = ({ type, id }: Doubt): string => `${key}|${nameOf(type, id)}`;
    if (due.length === 0 || (restUntil.get(key) ?? 0) > clock().getTime()) return false;
    const fresh = due.filter((doubt) => !looking.has(nameIn(doubt))).slice(0, LOOKS_PER_PASS);
    for (const doubt of fresh) looking.add(nameIn(doubt));
    lookAt(install, fresh, nameIn).catch((trouble: unknown) => {
      restUntil.set(key, clock().getTime() + REST_AFTER_TROUBLE_MS);
      onTrouble(trouble, { install: install.id, reading: 'links' });
    });
    return true;
  };
}
export type LookBehind = ReturnType<typeof createLookBehind>;
