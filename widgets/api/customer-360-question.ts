import type { Customer360 } from '../../server/contract/customer-360.ts';
import type { RecordRef } from '../../server/contract/record.ts';
import { tell } from './ask.ts';
import { type Request, understood } from './send.ts';

const early = new Map<string, Promise<Customer360>>();
/** Asked by the screen itself: it was faster, and nothing is to be asked twice. */
const asked = new Set<string>();

const pathOf = ({ module, recordId }: RecordRef): string =>
  `/api/v1/records/${module}/${recordId}/customer-360`;

/** Asks before anything can be drawn; whoever asks for the same record first gets this answer. */
export function askCustomer360Early(record: RecordRef): void {
  const path = pathOf(record);
  if (asked.has(path)) return;
  const answer = askAndRead(path);
  answer.catch(() => undefined); // its taker gets the problem; without one there is nobody to tell
  early.set(path, answer);
}

/** @param newer asks the server to look at Books again instead of answering from what it holds */
export function askCustomer360(
  record: RecordRef,
  { signal, newer }: { signal?: AbortSignal; newer?: boolean },
): Promise<Customer360> {
  const path = pathOf(record);
  asked.add(path);
  const waiting = early.get(path);
  early.delete(path);
  if (waiting && !newer) return waiting;
  return askAndRead(path, { signal, ...(newer ? { headers: { 'cache-control': 'no-cache' } } : {}) });
}

/** The description of the answer travels while the question does: it is only needed once there is an answer. */
async function askAndRead(path: string, request: Request = {}): Promise<Customer360> {
  const [answer, contract] = await Promise.all([
    tell(path, request),
    import('../../server/contract/customer-360.ts'),
  ]);
  return understood(contract.Customer360, answer);
}
