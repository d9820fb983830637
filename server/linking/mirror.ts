import { Problem } from '../contract/problem.ts';
import type { DealId } from '../domain/documents.ts';
import { type LinkIntentRow, noteWriting } from '../store/link-intents.ts';
import type { BooksDocument, BooksDocuments, SetDealAnswer } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { isAltered } from './linked-document.ts';
import { type ChangeNeeds, LEASE_MS } from './order.ts';
import type { Settled } from './settle.ts';

/** What came of telling Books. */
export interface Mirror extends Pick<Settled, 'inBooks' | 'reason'> {
  /** The document's page afterwards, or before where it could not be read again. */
  readonly document: BooksDocument;
  /** Something else than the deal changed in the same moment. */
  readonly altered: boolean;
}

interface Writing {
  readonly intent: LinkIntentRow;
  readonly books: BooksDocuments;
  readonly current: BooksDocument;
}

/**
 * Brings Books to hold a deal, or none. Writes only what differs, and believes only what it reads afterwards: an answer
 * may be lost, and a good answer may hide a dropped field. Answers the intent when somebody else wrote in between.
 */
export async function mirrored(
  needs: ChangeNeeds,
  { intent, books, current }: Writing,
  target: DealId | null,
): Promise<Mirror | LinkIntentRow> {
  if (current.dealId === target)
    return { document: current, inBooks: 'settled', reason: null, altered: false };
  const now = needs.clock();
  const lease = { id: intent.id, holder: needs.holder, now, until: new Date(now.getTime() + LEASE_MS) };
  if (!(await noteWriting(needs.database, lease, { from: current.dealId, to: target })))
    throw new Problem('link.under_way');
  const writing: LinkIntentRow = {
    ...intent,
    state: 'writing',
    fromDeal: current.dealId,
    toDeal: target,
  };
  const answer = await told(books, current, target);
  if (answer === 'changed' || answer === 'gone') return writing;
  if (answer !== 'answered' && answer !== 'unreachable')
    return { document: current, inBooks: 'not_yet', reason: answer, altered: false };
  const after = await lookedAt(books, current);
  if (after === 'unreachable')
    return { document: current, inBooks: 'not_yet', reason: 'unreachable', altered: false };
  if (after?.dealId === target)
    return { document: after, inBooks: 'settled', reason: null, altered: isAltered(current, after) };
  if (after && after.dealId === current.dealId) {
    const reason = answer === 'answered' ? 'dropped' : answer;
    return { document: after, inBooks: 'not_yet', reason, altered: isAltered(current, after) };
  }
  return writing;
}

type Answer = SetDealAnswer | 'unreachable';

/** No answer is an answer too: the write may have been done, so it is looked at and never sent again blindly. */
async function told(books: BooksDocuments, current: BooksDocument, target: DealId | null): Promise<Answer> {
  try {
    return await books.setDeal(current, { from: current.dealId, to: target });
  } catch (trouble) {
    if (trouble instanceof ZohoTrouble) return 'unreachable';
    throw trouble;
  }
}

async function lookedAt(
  books: BooksDocuments,
  { type, id }: BooksDocument,
): Promise<BooksDocument | null | 'unreachable'> {
  try {
    return await books.document(type, id, 'interactive');
  } catch (trouble) {
    if (trouble instanceof ZohoTrouble) return 'unreachable';
    throw trouble;
  }
}
