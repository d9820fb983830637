import type { FastifyRequest } from 'fastify';
import { Problem } from '../../contract/problem.ts';
import type { Linking } from '../../linking/linking.ts';
import { callerOf } from '../rights.ts';
import { documentPage } from './books-pages.ts';
import { type SightNeeds, seeing } from './link-sight.ts';

export interface LinksNeeds extends SightNeeds {
  readonly linking: Linking;
  /** Whether the connection to Books covers links. */
  readonly mayWriteBooks: (installId: string) => Promise<boolean>;
}

/** Who wants to change links, once it is certain that they may. @throws Problem `link.no_right`, `link.reconnect` */
export async function changing(request: FastifyRequest, needs: LinksNeeds) {
  const { caller, sight } = await seeing(request, needs);
  if (!sight.mayLink) throw new Problem('link.no_right');
  if (!(await needs.mayWriteBooks(caller.install.id))) throw new Problem('link.reconnect');
  return { caller, sight, key: String(request.headers['idempotency-key']), requestId: request.id };
}

/** Addresses of documents' pages in Books. */
export function hrefFor(request: FastifyRequest) {
  const { install } = callerOf(request);
  return install.books ? documentPage(install, install.books) : undefined;
}
