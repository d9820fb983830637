import { randomUUID } from 'node:crypto';
import type { AuditEvent } from '../audit/chain.ts';
import type { InBooks } from '../contract/links.ts';
import { Problem } from '../contract/problem.ts';
import type { DealId } from '../domain/documents.ts';
import type { Queries } from '../store/database.ts';
import { closeIntent, dropIntent, type LinkIntentRow } from '../store/link-intents.ts';
import {
  addDealLink,
  type DealLinkRow,
  removeDealLink,
  restoreDealLink,
  type SeenDocumentRow,
  type SeenPage,
  saveSeenDocument,
  seenDocument,
} from '../store/links.ts';
import type { BooksDocument, BooksDocuments } from '../zoho/books/books.ts';
import type { ObstacleRaw, Situation } from './linked-document.ts';
import { type Mirror, mirrored } from './mirror.ts';
import { type AskedOf, actorOf, type ChangeNeeds, type Outcome, subjectOf } from './order.ts';
import type { NewLink, Plan } from './plan.ts';
import { type Settled, settled, wantedDeal } from './settle.ts';

interface Round {
  readonly intent: LinkIntentRow;
  readonly books: BooksDocuments;
  /** The document's page of this moment. */
  readonly current: BooksDocument;
  /** The same, as it was before an earlier attempt of this change wrote to it. */
  readonly situation: Situation;
  readonly planned: (situation: Situation) => Plan;
}

type Changes = Extract<Plan, { kind: 'change' }>;

/** Plans against what was found, writes, and enters what came of it. Answers the intent when it has to start over. */
export async function carriedOut(needs: ChangeNeeds, round: Round): Promise<Outcome | LinkIntentRow> {
  const { intent, current, situation } = round;
  const found = settled(situation.document, situation.seen, situation.active);
  const endedBefore = new Set(found.ended.map(({ link }) => link.id));
  const active = situation.active.filter(({ id }) => !endedBefore.has(id));
  const { inBooks, reason } = found;
  const seen = situation.seen && { ...situation.seen, inBooks, reason };
  const plan = round.planned({ ...situation, seen, active });
  if (plan.kind === 'refused')
    return refusedNow(needs, { intent, ...situation, document: current, obstacles: plan.obstacles });

  const ended = new Set(plan.ended.map(({ link }) => link.id));
  const added = plan.added.map((link) => newRow(link, intent, needs.clock()));
  const holding = [
    ...active.filter(({ id }) => !ended.has(id)),
    ...added.filter(({ removedAt }) => removedAt === null),
    ...(plan.restored ? [plan.restored] : []),
  ];
  const target = wantedDeal(holding, current, current.dealId);
  const mirror: Mirror | LinkIntentRow =
    plan.inBooks === 'ours'
      ? await mirrored(needs, round, target)
      : { document: current, altered: false, ...untouched(found, holding) };
  if ('id' in mirror) return mirror;
  const own = plan.ended.find(({ link }) => link.dealId === intent.dealId)?.link;
  const outcome: Outcome = {
    outcome: 'done',
    inBooks: inBooksOf(intent.dealId, target, mirror),
    undoId: own?.id ?? added.find(({ removedAt }) => removedAt !== null)?.id ?? null,
    altered: mirror.altered,
  };
  if (mirror.altered)
    needs.onAltered({ install: intent.installId, type: intent.type, documentId: intent.documentId });

  const entered = await needs.database.transaction(async (on) => {
    if (!(await isAsBefore(on, intent, situation.seen))) return false;
    if (!(await closeIntent(on, { id: intent.id, holder: needs.holder }, outcome)))
      throw new Problem('link.under_way');
    await enterFound(needs, on, intent, found);
    await enterPlan(needs, on, intent, { plan, added });
    await saveSeenDocument(on, intent, seenRow(mirror.document, mirror, needs.clock()));
    await needs.audit.record(on, intent.installId, {
      ...actorOf(intent),
      ...eventOf(intent, plan, outcome),
      subject: subjectOf(intent),
    });
    return true;
  });
  return entered ? outcome : intent;
}

/** Ends a change that is not to be; what the look has shown is entered all the same. */
export async function refusedNow(
  needs: ChangeNeeds,
  refused: {
    readonly intent: LinkIntentRow;
    readonly document: BooksDocument | null;
    readonly seen: SeenDocumentRow | null;
    readonly active: readonly DealLinkRow[];
    readonly obstacles: readonly ObstacleRaw[];
  },
): Promise<Outcome | LinkIntentRow> {
  const { intent, document, seen, active, obstacles } = refused;
  const entered = await needs.database.transaction(async (on) => {
    if (!(await isAsBefore(on, intent, seen))) return false;
    if (!(await dropIntent(on, { id: intent.id, holder: needs.holder }))) throw new Problem('link.under_way');
    const found = document ? settled(document, seen, active) : vanished(active);
    await enterFound(needs, on, intent, found);
    if (document && seen) await saveSeenDocument(on, intent, seenRow(document, found, needs.clock()));
    await needs.audit.record(on, intent.installId, {
      action: 'link.refused',
      ...actorOf(intent),
      subject: subjectOf(intent),
      outcome: obstacles.map(({ code }) => code).join(),
    });
    return true;
  });
  return entered ? { outcome: 'refused', obstacles } : intent;
}

/** A document that is no longer there has no links. */
export const vanished = (active: readonly DealLinkRow[]): Settled => ({
  inBooks: 'settled',
  reason: null,
  ended: active.map((link) => ({ link, because: 'document_gone' })),
  changedOutside: active.length > 0,
});

export const seenRow = (
  document: BooksDocument,
  { inBooks, reason }: Pick<Settled, 'inBooks' | 'reason'>,
  now: Date,
): SeenPage => ({
  type: document.type,
  documentId: document.id,
  customerId: document.customerId,
  currency: document.total.currency,
  net: document.net?.amount ?? null,
  booksDeal: document.dealId,
  version: document.version ?? null,
  inBooks,
  reason,
  seenAt: now,
  contents: document.contents,
});

/** Ends the links that what was found ends, and tells of it. */
export async function enterFound(
  { audit, clock }: Pick<ChangeNeeds, 'audit' | 'clock'>,
  on: Queries,
  of: Pick<LinkIntentRow, 'installId' | 'type' | 'documentId'>,
  { ended, changedOutside, inBooks }: Settled,
): Promise<void> {
  for (const { link, because } of ended)
    await removeDealLink(on, { id: link.id, at: clock(), by: null, because, reason: null });
  if (!changedOutside) return;
  await audit.record(on, of.installId, {
    action: 'link.changed_outside',
    subject: `${of.type}/${of.documentId}`,
    outcome: inBooks === 'conflict' ? 'conflict' : (ended[0]?.because ?? 'followed'),
  });
}

async function enterPlan(
  { audit, clock }: ChangeNeeds,
  on: Queries,
  intent: LinkIntentRow,
  { plan, added }: { plan: Changes; added: readonly DealLinkRow[] },
): Promise<void> {
  const { asked } = intent.asked as AskedOf; // safe because only we write it
  const reason = asked.action === 'unlink' ? asked.reason : null;
  for (const { link, because } of plan.ended) {
    await removeDealLink(on, { id: link.id, at: clock(), by: intent.who, because, reason });
    if (link.dealId !== intent.dealId)
      await audit.record(on, intent.installId, {
        action: 'link.removed',
        ...actorOf(intent),
        subject: subjectOf({ ...intent, dealId: link.dealId }),
        outcome: because,
      });
  }
  for (const link of added)
    await addDealLink(on, intent, link.removedAt ? { ...link, removedReason: reason } : link);
  if (plan.restored) await restoreDealLink(on, plan.restored.id);
}

function newRow({ dealId, share, origin, removed }: NewLink, intent: LinkIntentRow, now: Date): DealLinkRow {
  const byPerson = origin === 'person';
  return {
    id: randomUUID(),
    type: intent.type,
    documentId: intent.documentId,
    dealId,
    share,
    origin,
    madeBy: byPerson ? intent.who : null,
    madeByName: byPerson ? intent.whoName : null,
    madeAt: byPerson ? now : null,
    removedAt: removed ? now : null,
    removedBy: removed ? intent.who : null,
    removedBecause: removed ? 'unlinked' : null,
    removedReason: null,
  };
}

/** Where Books' word stands: a conflict goes on as long as links of ours are set aside by it. */
const untouched = (
  { inBooks, reason }: Settled,
  holding: readonly DealLinkRow[],
): Pick<Settled, 'inBooks' | 'reason'> =>
  holding.length === 0 && inBooks === 'conflict' ? { inBooks: 'settled', reason: null } : { inBooks, reason };

/** Whether nobody looked at the document since we read what was known of it. */
async function isAsBefore(
  on: Queries,
  intent: LinkIntentRow,
  before: SeenDocumentRow | null,
): Promise<boolean> {
  const now = await seenDocument(on, intent, 'for update');
  return JSON.stringify(now) === JSON.stringify(before);
}

type NotYet = Extract<InBooks, { state: 'not_yet' }>['reason'];

/** How Books stands to one deal's link. @param target the deal Books is to hold */
export function inBooksOf(
  dealId: string,
  target: DealId | null,
  {
    inBooks,
    reason,
    document,
  }: Pick<Mirror, 'inBooks' | 'reason'> & { readonly document: Pick<BooksDocument, 'dealId'> },
): InBooks {
  if (inBooks === 'conflict')
    return { state: 'conflict', booksDeal: document.dealId && { id: document.dealId } };
  if (inBooks === 'not_yet') {
    const concerns = target === dealId || document.dealId === dealId || target === null;
    if (concerns) return { state: 'not_yet', reason: (reason ?? 'refused') as NotYet }; // safe because only mirrors store one
  }
  return target === null || target === dealId ? { state: 'yes' } : { state: 'second_share' };
}

function eventOf(
  intent: LinkIntentRow,
  plan: Changes,
  { inBooks, altered }: Extract<Outcome, { outcome: 'done' }>,
): Pick<AuditEvent, 'action' | 'outcome'> {
  const { asked } = intent.asked as AskedOf; // safe because only we write it
  const state = inBooks.state === 'not_yet' ? `not_yet:${inBooks.reason}` : inBooks.state;
  const outcome = (word: string): string => [word, state, ...(altered ? ['altered'] : [])].join(' ').trim();
  switch (asked.action) {
    case 'link': {
      const changed = plan.ended.some(({ because }) => because === 'share_changed');
      return { action: 'link.created', outcome: outcome(changed ? 'share_changed' : 'linked') };
    }
    case 'unlink':
      return { action: 'link.removed', outcome: outcome('unlinked') };
    case 'restore':
      return { action: 'link.restored', outcome: outcome('restored') };
    case 'retry':
      return { action: 'link.created', outcome: outcome('retried') };
    case 'resolve':
      return asked.keep === 'ours'
        ? { action: 'link.restored', outcome: outcome('kept_ours') }
        : { action: 'link.removed', outcome: outcome('kept_books') };
  }
}
