import type { CustomerId } from '../domain/documents.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';

/** A customer whose read failed for reasons of its own is left alone for so long; the others go on. */
const LEFT_ALONE_MS = 15 * 60_000;
/** Several in a row: it is not the customers, it is Books. */
const IN_A_ROW = 3;

interface Needs {
  readonly clock: () => Date;
  readonly onTrouble: (trouble: unknown) => void;
}

/** Keeps one customer that cannot be read from holding up everybody behind it. */
export function createSetbacks({ clock, onTrouble }: Needs) {
  const until = new Map<string, number>();
  let inARow = 0;
  return {
    /** Customers to be left alone for now. */
    except(): readonly CustomerId[] {
      const now = clock().getTime();
      for (const [id, end] of until) if (end <= now) until.delete(id);
      return [...until.keys()] as CustomerId[]; // safe because attempt put them there
    },
    /** Somebody wants to see whether they can be read again. */
    forget(): void {
      until.clear();
    },
    /** @throws what went wrong, when it is not about this customer alone */
    async attempt(id: CustomerId, work: () => Promise<void>): Promise<void> {
      try {
        await work();
        inARow = 0;
      } catch (trouble) {
        inARow += 1;
        if (!isOwn(trouble) || inARow >= IN_A_ROW) {
          inARow = 0;
          throw trouble;
        }
        until.set(id, clock().getTime() + LEFT_ALONE_MS);
        onTrouble(trouble);
      }
    },
  };
}
export type Setbacks = ReturnType<typeof createSetbacks>;

/** An answer that makes no sense, or is refused, for this one; not a budget, a grant or a line that is down. */
const isOwn = (trouble: unknown): boolean =>
  trouble instanceof ZohoTrouble &&
  (trouble.kind === 'refused' || (trouble.kind === 'unreachable' && (trouble.detail.status ?? 200) < 500));
