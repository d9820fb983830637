import type { Json } from './json.ts';
import { booksFaults } from './known-faults-books.ts';
import { crmFaults } from './known-faults-crm.ts';

export type Reading = 'request' | 'response';

/** A place where the description is wrong and the exchange is right. The test fails for one that mends nothing. */
export interface KnownFault {
  readonly file: RegExp;
  readonly in: readonly Reading[];
  /** Why we side with the exchange: PROVENANCE-books.md, PROVENANCE-crm.md, or a reference's section. */
  readonly reason: string;
  readonly mend: (description: Json) => void;
}

export const KNOWN_FAULTS: readonly KnownFault[] = [...booksFaults, ...crmFaults];

/** A copy of the description for one reading, with its known faults (or the first few of them) mended in order. */
export function mended(file: string, reading: Reading, plain: Json, first = KNOWN_FAULTS.length): Json {
  const copy = structuredClone(plain);
  for (const fault of KNOWN_FAULTS.slice(0, first)) {
    if (fault.file.test(file) && fault.in.includes(reading)) fault.mend(copy);
  }
  return copy;
}
