import type { ZohoAnswer } from './transport.ts';
import { ZohoTrouble } from './trouble.ts';

/** A connection that broke, often an idle one the other side closed just then. A timeout is not tried again. */
const CUT_OFF: readonly (string | undefined)[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/** Asks once more after a 5xx or a broken connection. For reads only: a write may have been done. */
export async function readAgain(read: () => Promise<ZohoAnswer>): Promise<ZohoAnswer> {
  try {
    const answer = await read();
    if (answer.status < 500) return answer;
  } catch (trouble) {
    if (!(trouble instanceof ZohoTrouble) || !CUT_OFF.includes(trouble.detail.code)) throw trouble;
  }
  return read();
}
