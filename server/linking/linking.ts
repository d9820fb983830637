import { randomUUID } from 'node:crypto';
import type { Obstacle } from '../contract/links.ts';
import type { CustomerId } from '../domain/documents.ts';
import type { Caller } from '../identity/caller.ts';
import type { Install } from '../identity/install.ts';
import { readDecisions } from '../ledger/decided-owners.ts';
import { keyOf } from '../ledger/key.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Unchanged } from '../store/unchanged.ts';
import type { Books, BooksDocuments } from '../zoho/books/books.ts';
import { accountDeals } from './account-deals.ts';
import { accountLinks } from './account-links.ts';
import { createChange } from './change.ts';
import type { LinkingNeeds } from './deal-asked.ts';
import { createDealsOfAccount } from './deals-of-account.ts';
import { linkDocuments } from './link-documents.ts';
import type { ObstacleRaw } from './linked-document.ts';
import { createLinkedLedger } from './linked-ledger.ts';
import { listLinks } from './list-links.ts';
import { createLookBehind } from './look-behind.ts';
import { createNotice } from './notice.ts';
import { previewLinks } from './preview-links.ts';
import { recoverLinks } from './recover.ts';
import { removeGone } from './remove-gone.ts';
import { resolveConflict } from './resolve-conflict.ts';
import { retryLink } from './retry-link.ts';
import { suggestLinks } from './suggest-links.ts';
import { undoLink } from './undo-link.ts';
import { unlinkDocument } from './unlink-document.ts';

type Bound<Verb> = Verb extends (needs: LinkingNeeds, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never;

/** Everything a person can do about deals and documents. Answers are raw: they leave through `project()`. */
export interface Linking {
  readonly list: Bound<typeof listLinks>;
  readonly suggest: Bound<typeof suggestLinks>;
  readonly preview: Bound<typeof previewLinks>;
  readonly link: Bound<typeof linkDocuments>;
  readonly unlink: Bound<typeof unlinkDocument>;
  readonly undo: Bound<typeof undoLink>;
  readonly retry: Bound<typeof retryLink>;
  readonly resolve: Bound<typeof resolveConflict>;
  readonly accountDeals: Bound<typeof accountDeals>;
  readonly accountLinks: Bound<typeof accountLinks>;
  readonly removeGone: Bound<typeof removeGone>;
  /** Obstacles as this person may know them: a deal is named only to those who see it. */
  readonly told: (caller: Caller, obstacles: readonly ObstacleRaw[]) => Promise<Obstacle[]>;
}

interface Needs
  extends Pick<
    LinkingNeeds,
    'database' | 'access' | 'ledger' | 'crmFor' | 'audit' | 'clock' | 'onAltered' | 'onTrouble'
  > {
  readonly unchanged?: Unchanged;
  readonly booksFor: (install: Install) => Promise<BooksDocuments & Pick<Books, 'customer'>>;
  /** @returns `null` for an install that is gone */
  readonly installOf: (installId: string) => Promise<Install | null>;
}

/** The room of links, put together: what people can do, the ledger with links in it, and the repair of what was left behind. */
export function createLinking(needs: Needs): {
  readonly linking: Linking;
  readonly ledger: Ledger;
  readonly recover: () => Promise<void>;
} {
  const change = createChange({ ...needs, holder: randomUUID() });
  const look = createNotice(needs);
  const lookBehind = createLookBehind({ ...needs, look });
  const all: LinkingNeeds = {
    ...needs,
    change,
    look,
    lookBehind,
    dealsOfAccount: createDealsOfAccount(needs),
    customerFor: async (install, customerId) => {
      const id = customerId as CustomerId; // safe because Books gave it as the id of a customer
      const inBooks = await (await needs.booksFor(install)).customer(id, 'interactive');
      return (await readDecisions(needs.database, keyOf(install), [id])).ownersOf(id, inBooks);
    },
  };
  return {
    linking: {
      list: (...of) => listLinks(all, ...of),
      suggest: (...of) => suggestLinks(all, ...of),
      preview: (...of) => previewLinks(all, ...of),
      link: (...of) => linkDocuments(all, ...of),
      unlink: (...of) => unlinkDocument(all, ...of),
      undo: (...of) => undoLink(all, ...of),
      retry: (...of) => retryLink(all, ...of),
      resolve: (...of) => resolveConflict(all, ...of),
      accountDeals: (...of) => accountDeals(all, ...of),
      accountLinks: (...of) => accountLinks(all, ...of),
      removeGone: (...of) => removeGone(all, ...of),
      told: (caller, obstacles) => Promise.all(obstacles.map((obstacle) => told(all, caller, obstacle))),
    },
    ledger: createLinkedLedger({ ...needs, lookBehind }),
    recover: () => recoverLinks({ ...needs, change }),
  };
}

async function told({ access }: LinkingNeeds, caller: Caller, obstacle: ObstacleRaw): Promise<Obstacle> {
  if (obstacle.code !== 'linked_elsewhere') return { code: obstacle.code };
  const { code, dealId, by, at } = obstacle;
  const deal = dealId && (await access.recordSeenBy(caller, { module: 'Deals', recordId: dealId }));
  return {
    code,
    ...(deal ? { deal: { id: deal.id, name: deal.name } } : {}),
    ...(by === undefined ? {} : { by }),
    ...(at === undefined ? {} : { at }),
  };
}
