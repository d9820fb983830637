import { createHash, randomUUID } from 'node:crypto';
import { Problem } from '../contract/problem.ts';
import type { DealId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import { goneDeals } from '../store/gone-deals.ts';
import {
  dropIntent,
  type LinkIntentRow,
  linkIntent,
  openIntentOf,
  openLinkIntent,
  takeIntentOver,
} from '../store/link-intents.ts';
import { activeLinks, dealLink, seenDocument } from '../store/links.ts';
import type { BooksDocument } from '../zoho/books/books.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { carriedOut, refusedNow } from './carry-out.ts';
import type { ObstacleRaw, Situation } from './linked-document.ts';
import {
  type AskedOf,
  actorOf,
  type ChangeNeeds,
  keyOf,
  LEASE_MS,
  type Live,
  type Order,
  type Outcome,
  subjectOf,
} from './order.ts';
import { planOf } from './plan.ts';

/** Rounds until a document that keeps changing under our hands is given up. */
const ROUNDS = 4;

/**
 * The one way links change: intent row → look → plan → write to Books → look again → links, audit and the end of the
 * intent in one transaction. Crashing anywhere leaves an intent that says how far it came; whoever touches the document
 * next, or the next start, goes on from there, and looks before writing.
 */
export function createChange(needs: ChangeNeeds) {
  const { database, booksFor, clock, holder } = needs;
  const until = (now: Date): Date => new Date(now.getTime() + LEASE_MS);

  async function change(order: Order): Promise<Outcome> {
    const of = keyOf(order);
    for (let round = 0; round < ROUNDS; round += 1) {
      const now = clock();
      const intent = await openLinkIntent(database, {
        ...of,
        id: idOf(order),
        dealId: order.dealId,
        who: order.actor.crmUserId,
        whoName: order.actor.name,
        requestId: order.actor.requestId,
        asked: { asked: order.asked, customerIds: order.customerIds, amr: order.actor.amr } satisfies AskedOf,
        at: now,
        holder,
        leaseUntil: until(now),
      });
      if (intent) return carryOn(intent, order.install, order);
      const same = await linkIntent(database, idOf(order));
      if (same?.state === 'done') return same.result as Outcome; // safe because only we write it
      const open = same ?? (await openIntentOf(database, of));
      if (!open) continue; // it ended just now
      if (open.leaseUntil <= now) await recover(open, order.install);
      else if (open.id === idOf(order)) throw new Problem('link.under_way');
      else return busy(open);
    }
    throw new Problem('link.under_way');
  }

  /** Somebody else is at it this very moment: they win, and whoever comes second is told who it was. */
  const busy = ({ dealId, whoName, at }: LinkIntentRow): Outcome => ({
    outcome: 'refused',
    obstacles: [
      { code: 'linked_elsewhere', dealId: dealId as DealId, by: whoName, at: at.toISOString() }, // safe because only checked ids are stored
    ],
  });

  /** Goes on with what another server, or this one before it ended, left behind. `null` when somebody else does. */
  async function recover(left: LinkIntentRow, install: Install): Promise<Outcome | null> {
    const now = clock();
    const mine = await takeIntentOver(database, { id: left.id, holder, now, until: until(now) });
    return mine && carryOn(mine, install, null);
  }

  async function carryOn(taken: LinkIntentRow, install: Install, live: Live | null): Promise<Outcome> {
    let intent = taken;
    for (let round = 0; round < ROUNDS; round += 1) {
      const result = await orDropped(intent, attempt(intent, install, live));
      if ('outcome' in result) return result;
      intent = result;
    }
    throw new Problem('link.under_way');
  }

  /** One round. Answers the intent when what was looked at changed meanwhile: then it is looked at once more. */
  async function attempt(
    intent: LinkIntentRow,
    install: Install,
    live: Live | null,
  ): Promise<Outcome | LinkIntentRow> {
    const order = intent.asked as AskedOf; // safe because only we write it
    const books = await booksFor(install);
    const document = await books.document(
      intent.type as BooksDocument['type'], // safe because only checked words are stored
      intent.documentId as BooksDocument['id'], // safe because only checked ids are stored
      'interactive',
    );
    const { asked } = order;
    const seen = await seenDocument(database, intent);
    const active = await activeLinks(database, intent);
    const refuse = (obstacles: readonly ObstacleRaw[]) =>
      refusedNow(needs, { intent, document, seen, active, obstacles });
    if (!document) return refuse([{ code: 'document_gone' }]);

    const onDeal = active.some(({ dealId }) => dealId === intent.dealId);
    const tombstone = asked.action === 'restore' ? await dealLink(database, intent, asked.linkId) : null;
    if (!onDeal && !tombstone) {
      const code = await strange(document, order, live);
      if (code) return refuse([{ code }]);
    }
    const holders = [document.dealId, ...active.map(({ dealId }) => dealId as DealId)]; // safe because only checked ids are stored
    for (const dealId of new Set(holders))
      if (dealId !== null && dealId !== intent.dealId) await live?.lookForDeal(dealId);
    const gone = await goneDeals(
      database,
      intent.installId,
      holders.flatMap((dealId) => dealId ?? []),
    );
    const others = holders.flatMap((dealId) =>
      dealId === null || dealId === intent.dealId || gone.has(dealId) ? [] : [dealId],
    );
    // Looked at on the page just read: lists may be older than the document, or not be read yet.
    const looking = intent.state === 'pending' && others.length > 0 ? live : null;
    if (looking?.onlyVisibleDeals && !(await looking.seesDeals(others)))
      return refuse([{ code: 'document_gone' }]);
    // Taking Books' word ends our links of other deals, so it needs the right to open those.
    const ending = asked.action === 'resolve' && asked.keep === 'books';
    if (looking && ending && !(await looking.seesDeals(others))) return refuse([{ code: 'no_right' }]);

    // What an earlier attempt of this very change wrote is no news: plan as if it had not yet.
    const written = intent.state === 'writing' && document.dealId === intent.toDeal;
    const before = written ? { ...document, dealId: intent.fromDeal as DealId | null } : document; // safe because only checked ids are stored
    const situation: Situation = { document: before, seen, active, gone };
    const planned = (of: Situation) => planOf(asked, intent.dealId as DealId, of, tombstone); // safe because only checked ids are stored
    return carriedOut(needs, { intent, books, current: document, situation, planned });
  }

  /** While nothing has been written, trouble drops the intent, so that the same may be asked again at once. */
  async function orDropped<Result>(intent: LinkIntentRow, work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (trouble) {
      if (trouble instanceof ZohoTrouble) {
        await database.transaction(async (on) => {
          if (await dropIntent(on, { id: intent.id, holder }, ['pending']))
            await needs.audit.record(on, intent.installId, {
              action: 'link.refused',
              ...actorOf(intent),
              subject: subjectOf(intent),
              outcome: `${trouble.service}_${trouble.kind}`,
            });
        });
      }
      throw trouble;
    }
  }

  return { change, recover };
}

export type Change = ReturnType<typeof createChange>;

/** Whether the document is somebody else's, and if so what the person may be told of that. */
async function strange(
  { customerId }: BooksDocument,
  { customerIds }: AskedOf,
  live: Live | null,
): Promise<'other_customer' | 'document_gone' | null> {
  if (customerId !== null && customerIds.includes(customerId)) return null;
  if (customerId === null || !live) return 'document_gone';
  return (await live.seesCustomer(customerId)) ? 'other_customer' : 'document_gone';
}

/** The same request for the same thing has the same id, whichever server it reaches. */
function idOf(order: Order): string {
  const { install, actor, key, dealId, document, asked } = order;
  const text = JSON.stringify([
    install.id,
    install.books?.organisationId ?? randomUUID(),
    actor.crmUserId,
    key,
    dealId,
    document.type,
    document.id,
    asked,
  ]);
  return createHash('sha256').update(text).digest('hex');
}
