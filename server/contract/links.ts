import * as z from 'zod/mini';
import { DealLadder } from './customer-360.ts';
import { DocumentRow, Instant, MoneyFigure, MoneyView } from './figures.ts';
import { ZohoId } from './record.ts';

/** Types Books holds a deal on. */
export const LinkableType = z.enum(['invoice', 'estimate', 'sales_order', 'expense']);
export type LinkableType = z.infer<typeof LinkableType>;

export const DealRef = z.strictObject({ dealId: ZohoId });
export const LinkRef = z.strictObject({ dealId: ZohoId, type: LinkableType, documentId: ZohoId });
export const DocumentRef = z.strictObject({ type: LinkableType, id: ZohoId });
export type DocumentRef = z.infer<typeof DocumentRef>;

/** What stands in the way of a link. Each has a text and a next step in the catalogue under `obstacle.<code>`. */
export const Obstacle = z.discriminatedUnion('code', [
  z.object({ code: z.literal('other_customer') }),
  /** `deal` is absent where this person may not see that deal. */
  z.object({
    code: z.literal('linked_elsewhere'),
    deal: z.optional(z.object({ id: z.string(), name: z.string() })),
    by: z.optional(z.string()),
    at: z.optional(Instant),
  }),
  z.object({ code: z.literal('already_linked') }),
  z.object({ code: z.literal('deal_without_account') }),
  z.object({ code: z.literal('deal_gone') }),
  z.object({ code: z.literal('voided') }),
  /** `locked_period` and `approved` hinder nobody: Books will probably not take the link, and ours then holds alone. */
  z.object({ code: z.literal('locked_period') }),
  z.object({ code: z.literal('approved') }),
  z.object({ code: z.literal('exceeds_net') }),
  z.object({ code: z.literal('net_unknown') }),
  /** A share finer than the document's currency can be paid in. */
  z.object({ code: z.literal('share_too_precise') }),
  z.object({ code: z.literal('document_gone') }),
  z.object({ code: z.literal('no_right') }),
  z.object({ code: z.literal('books_unreachable') }),
]);
export type Obstacle = z.infer<typeof Obstacle>;

/** Whether Books holds the link too. */
export const InBooks = z.discriminatedUnion('state', [
  z.object({ state: z.literal('yes') }),
  /** Our link holds; Books has not taken it, and why. */
  z.object({
    state: z.literal('not_yet'),
    reason: z.enum(['dropped', 'locked', 'void', 'approved', 'refused', 'unreachable', 'writing']),
  }),
  /** A further share of a document whose one place in Books another deal has. */
  z.object({ state: z.literal('second_share') }),
  /** Books now names another deal, or none: somebody changed it there. Ours is set aside until somebody decides. */
  z.object({
    state: z.literal('conflict'),
    /** `null` where Books names none; empty where this person may not see the deal. */
    booksDeal: z.nullable(z.object({ id: z.optional(z.string()), name: z.optional(z.string()) })),
  }),
]);
export type InBooks = z.infer<typeof InBooks>;

export const LinkRow = z.object({
  document: DocumentRow,
  inBooks: InBooks,
  /** Made here by a person, by an automation of ours, or found in Books. */
  origin: z.enum(['person', 'automation', 'books']),
  by: z.optional(z.string()),
  at: z.optional(Instant),
  /** The deal's share of the document, when it is not the whole of it. */
  share: z.optional(MoneyFigure),
  /** Taken back here, and no longer counted; Books still holds it (`inBooks` says why) until a retry succeeds. */
  takenBack: z.optional(z.literal(true)),
});
export type LinkRow = z.infer<typeof LinkRow>;

export const Links = z.object({
  deal: z.object({ id: ZohoId, name: z.string() }),
  mayLink: z.boolean(),
  /** Books was connected before links could be written: an administrator has to connect it once more. */
  reconnect: z.optional(z.literal(true)),
  links: z.array(LinkRow),
  /** Links that were taken back and can still be restored. */
  undo: z.array(z.object({ undoId: z.string(), document: DocumentRow, until: Instant })),
});
export type Links = z.infer<typeof Links>;

/** Why a document is suggested. A reason that would give away a hidden figure is not told, and not used for ranking. */
export const SuggestionReason = z.enum([
  'same_customer',
  'amount_equals',
  'amount_close',
  'number_in_deal_name',
  'name_in_reference',
  'date_close',
  'same_chain',
  'same_items',
  /** On no deal so far. */
  'unlinked',
]);
export type SuggestionReason = z.infer<typeof SuggestionReason>;

export const SuggestQuery = z.strictObject({
  /** Number, reference, customer, or (where amounts are seen exactly) amount. */
  q: z.optional(z.string().check(z.maxLength(100))),
  type: z.optional(LinkableType),
  status: z.optional(z.string().check(z.regex(/^[a-z_]{1,30}$/))),
  page: z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,3}$/))),
});
export type SuggestQuery = z.infer<typeof SuggestQuery>;

export const Suggestions = z.object({
  suggestions: z.array(
    z.object({
      document: DocumentRow,
      customer: z.object({ id: z.string(), name: z.string() }),
      reference: z.optional(z.string()),
      /**
       * Of a document in another currency than the organisation's: base currency per unit as it was booked, and what its
       * total came to.
       */
      booked: z.optional(z.object({ rate: z.string(), base: MoneyView })),
      reasons: z.array(SuggestionReason),
      obstacles: z.array(Obstacle),
    }),
  ),
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
});
export type Suggestions = z.infer<typeof Suggestions>;

const Decimal = z.string().check(z.regex(/^[0-9]{1,15}(\.[0-9]{1,3})?$/));

export const LinkDocuments = z.strictObject({
  documents: z
    .array(
      z.strictObject({
        type: LinkableType,
        id: ZohoId,
        /** The deal's share, net, in the document's currency; absent: all that no other deal has. */
        share: z.optional(Decimal),
        /**
         * The deal the person saw on it when they asked; another one by now refuses instead of overwriting. Naming the
         * deal that has the whole of it, without a share, moves the document from there.
         */
        seenDeal: z.optional(z.nullable(ZohoId)),
      }),
    )
    .check(z.minLength(1), z.maxLength(50)),
});
export type LinkDocuments = z.infer<typeof LinkDocuments>;

/** What linking would change. */
export const LinkPreview = z.object({
  before: DealLadder,
  after: DealLadder,
  obstacles: z.array(z.object({ document: DocumentRef, obstacles: z.array(Obstacle) })),
});
export type LinkPreview = z.infer<typeof LinkPreview>;

export const LinkResult = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('linked'),
    document: DocumentRef,
    inBooks: InBooks,
    /** Something else of the document (a total, a line) changed in the same moment: worth a look in Books. */
    altered: z.optional(z.literal(true)),
  }),
  z.object({ outcome: z.literal('refused'), document: DocumentRef, obstacles: z.array(Obstacle) }),
]);
export const LinkResults = z.object({ results: z.array(LinkResult) });
export type LinkResults = z.infer<typeof LinkResults>;

/** One line as people type it: no control characters, and no halves of characters, which no database keeps. */
const Line = z.string().check(z.maxLength(200), z.regex(/^[^\p{Cc}\p{Cs}]*$/u));

export const UnlinkRequest = z.strictObject({ reason: z.optional(Line) });
export type UnlinkRequest = z.infer<typeof UnlinkRequest>;
export const Unlinked = z.object({ undoId: z.string(), until: Instant, inBooks: InBooks });
export type Unlinked = z.infer<typeof Unlinked>;

/** What came of an undo, a retry or a decision. */
export const Done = z.object({ inBooks: InBooks });

/** What is offered to Books again is all known here. */
export const RetryRequest = z.optional(z.strictObject({}));

export const UndoRequest = z.strictObject({ undoId: z.uuid() });
export type UndoRequest = z.infer<typeof UndoRequest>;

/** Decides a conflict: take what Books says, or put ours back. */
export const ResolveConflict = z.strictObject({ keep: z.enum(['books', 'ours']) });

/** Deals of an account this person may see, for "Link to a deal". */
export const AccountDealsQuery = z.strictObject({ q: z.optional(z.string().check(z.maxLength(100))) });
export const AccountDeals = z.object({
  deals: z.array(
    z.object({ id: ZohoId, name: z.string(), stage: z.string(), amount: z.optional(MoneyFigure) }),
  ),
});
export type AccountDeals = z.infer<typeof AccountDeals>;
