import * as z from 'zod/mini';
import { DocumentRow, Instant } from './figures.ts';
import { InBooks, LinkableType } from './links.ts';
import { ZohoId } from './record.ts';

const NamedDeal = z.object({ id: ZohoId, name: z.string() });

/** What of an account's links somebody has to decide about, and what was just done and can be taken back. */
export const AccountLinks = z.object({
  attention: z.array(
    z.discriminatedUnion('what', [
      /** Its deal was deleted in CRM. The document counts as free, and is still marked with that deal. */
      z.object({ what: z.literal('deal_gone'), document: DocumentRow, dealId: ZohoId }),
      /** Books and we disagree; `deal` is absent where this person may not open it. */
      z.object({
        what: z.literal('in_books'),
        document: DocumentRow,
        deal: z.optional(NamedDeal),
        inBooks: InBooks,
      }),
    ]),
  ),
  recent: z.array(
    z.discriminatedUnion('did', [
      /** Made by the person who asks. */
      z.object({ did: z.literal('linked'), document: DocumentRow, deal: NamedDeal }),
      z.object({
        did: z.literal('unlinked'),
        document: DocumentRow,
        deal: NamedDeal,
        undoId: z.string(),
        until: Instant,
      }),
    ]),
  ),
});
export type AccountLinks = z.infer<typeof AccountLinks>;

export const AccountLinkRef = z.strictObject({ accountId: ZohoId, type: LinkableType, documentId: ZohoId });

/** Takes a document off a deal that was deleted in CRM: no page of that deal is left to do it on. */
export const RemoveGone = z.strictObject({ dealId: ZohoId });
