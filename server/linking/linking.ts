import type { Obstacle } from '../contract/links.ts';
import type { Caller } from '../identity/caller.ts';
import { accountDeals } from './account-deals.ts';
import type { LinkingNeeds } from './deal-asked.ts';
import { linkDocuments } from './link-documents.ts';
import type { ObstacleRaw } from './linked-document.ts';
import { listLinks } from './list-links.ts';
import { previewLinks } from './preview-links.ts';
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
  /** Obstacles as this person may know them: a deal is named only to those who see it. */
  readonly told: (caller: Caller, obstacles: readonly ObstacleRaw[]) => Promise<Obstacle[]>;
}

export function createLinking(needs: LinkingNeeds): Linking {
  return {
    list: (...of) => listLinks(needs, ...of),
    suggest: (...of) => suggestLinks(needs, ...of),
    preview: (...of) => previewLinks(needs, ...of),
    link: (...of) => linkDocuments(needs, ...of),
    unlink: (...of) => unlinkDocument(needs, ...of),
    undo: (...of) => undoLink(needs, ...of),
    retry: (...of) => retryLink(needs, ...of),
    resolve: (...of) => resolveConflict(needs, ...of),
    accountDeals: (...of) => accountDeals(needs, ...of),
    told: (caller, obstacles) => Promise.all(obstacles.map((obstacle) => told(needs, caller, obstacle))),
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
