import { ZohoTrouble } from '../zoho/trouble.ts';

/** Several in a row: it is not these few, it is Books. */
const IN_A_ROW = 3;

interface Needs {
  readonly clock: () => Date;
  readonly onTrouble: (trouble: unknown) => void;
  /** One whose read failed for reasons of its own is left alone for so long; the others go on. */
  readonly leftAloneMs: number;
  /** Whether it may be about this one alone, and not about Books, the grant, the budget or the line. */
  readonly isOwn: (trouble: ZohoTrouble) => boolean;
}

/** Keeps one customer or document that cannot be read from holding up everybody behind it. */
export function createSetbacks<Id extends string>({ clock, onTrouble, leftAloneMs, isOwn }: Needs) {
  const until = new Map<string, number>();
  /** That failed one after the other. */
  let inARow: Id[] = [];
  return {
    /** Those to be left alone for now. */
    except(): readonly Id[] {
      const now = clock().getTime();
      for (const [id, end] of until) if (end <= now) until.delete(id);
      return [...until.keys()] as Id[]; // safe because attempt put them there
    },
    /** Somebody wants to see whether they can be read again. */
    forget(): void {
      until.clear();
    },
    /** @throws what went wrong, when it is not about this one alone */
    async attempt(id: Id, work: () => Promise<void>): Promise<void> {
      try {
        await work();
        inARow = [];
      } catch (trouble) {
        inARow.push(id);
        const isAll = inARow.length >= IN_A_ROW;
        if (isAll || !(trouble instanceof ZohoTrouble) || !isOwn(trouble)) {
          // They are not to blame, and come again with all others.
          for (const one of isAll ? inARow : []) until.delete(one);
          inARow = [];
          throw trouble;
        }
        until.set(id, clock().getTime() + leftAloneMs);
        onTrouble(trouble);
      }
    },
  };
}
export type Setbacks<Id extends string> = ReturnType<typeof createSetbacks<Id>>;

/** An answer that makes no sense, or is refused, for this customer. */
export const isCustomersOwn = ({ kind, detail }: ZohoTrouble): boolean =>
  kind === 'refused' || (kind === 'unreachable' && (detail.status ?? 200) < 500);

/** Books fails at single documents of an organisation whose lists it gives: any answer may be about this one. */
export const isDocumentsOwn = ({ kind }: ZohoTrouble): boolean =>
  kind === 'refused' || kind === 'unreachable';
