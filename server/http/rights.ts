import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Audit } from '../audit/audit.ts';
import { Problem } from '../contract/problem.ts';
import type { Caller } from '../identity/caller.ts';
import type { Identify } from '../identity/identify.ts';
import type { Once } from '../identity/once.ts';
import { isReading } from './idempotency.ts';
import type { Counting } from './limits.ts';

/**
 * Who may call a route. `administrator` routes also ask CRM afresh, in what they call; `operator` is whoever runs the
 * server, and belongs to no organisation.
 */
type Right = 'public' | 'session' | 'administrator' | 'operator';

interface DeclaredRight {
  readonly method: string;
  readonly url: string;
  readonly right: Right;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    right?: Right;
    /** Why a route is open to everyone. */
    why?: string;
    /** Why an administrator's route takes any good token, though it is no mere reading. */
    anyToken?: string;
    /** An administrator's reading that takes a token minted just now, as changes do. */
    freshToken?: boolean;
    /** Whether this can be changed while the organisation waits to be erased. */
    whileUninstalling?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyInstance {
    /** Every route and its right, as declared. */
    declaredRights: readonly DeclaredRight[];
  }
}

interface RightsNeeds {
  readonly identify: Identify;
  readonly counting: Counting;
  readonly once: Pick<Once, 'spendFreshToken'>;
  readonly audit: Pick<Audit, 'write'>;
  /** What whoever runs the server proves themselves by; empty: nobody does. */
  readonly metricsToken: string;
}

/**
 * Makes every route declare its right, and identifies the caller before anything of a request is read. For what
 * changes something CRM is asked afresh, and an administrator's change uses its token up.
 */
export function requireRights(
  app: FastifyInstance,
  { identify, counting, once, audit, metricsToken }: RightsNeeds,
): void {
  const declared: DeclaredRight[] = [];
  app.decorate('declaredRights', declared);
  app.decorateRequest('caller', null);
  app.addHook('onRoute', (route: RouteOptions) => {
    const { right, why } = route.config ?? {};
    const name = `${String(route.method)} ${route.url}`;
    if (right === undefined) throw new Error(`${name} does not say who may call it`);
    if (right === 'public' && !why) throw new Error(`${name} is open to everyone and does not say why`);
    for (const method of [route.method].flat()) declared.push({ method, url: route.url, right });
  });
  app.addHook('onRequest', async (request) => {
    const { right, anyToken, freshToken, whileUninstalling } = request.routeOptions.config;
    if (right === 'operator') provesOperator(request, metricsToken);
    if (right !== 'session' && right !== 'administrator') return;
    const reading = isReading(request);
    if (request.served) request.served.isReading = reading;
    const caller = await identify(request.headers.authorization, {
      how: reading ? undefined : 'now',
      administers: right === 'administrator',
      // Whatever the request turns out to be: it counts before CRM is asked and before its body is read.
      onVerified: async (session) => {
        request.asker = session;
        const refused = counting.asker(session);
        if (refused) throw refused;
      },
    });
    if (right === 'administrator') {
      if (caller.amr === 'typed') await refuseTyped(request, caller, audit);
      if (!reading && caller.install.state === 'uninstalling' && !whileUninstalling)
        throw new Problem('install.uninstalling');
      if (freshToken || (!reading && !anyToken)) await once.spendFreshToken(caller);
    }
    request.caller = caller;
    if (request.served) request.served.caller = `${caller.install.id}:${caller.crmUserId}`;
  });
}

/** Compared in constant time, as digests, so that not even the length shows. */
function provesOperator({ headers }: FastifyRequest, metricsToken: string): void {
  if (metricsToken === '') throw new Problem('request.not_found');
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const { authorization = '' } = headers;
  if (!timingSafeEqual(digest(authorization), digest(`Bearer ${metricsToken}`)))
    throw new Problem('session.missing');
}

/** A code can be talked out of somebody, so it opens nothing that changes what a whole organisation sees. */
async function refuseTyped(
  request: FastifyRequest,
  { install, crmUserId: who, amr }: Caller,
  audit: Pick<Audit, 'write'>,
): Promise<never> {
  const outcome = 'settings.signed_in_by_code';
  const subject = request.routeOptions.url ?? 'settings';
  await audit.write(install.id, { action: 'settings.refused', who, amr, subject, outcome });
  throw new Problem(outcome);
}

/** The person asking, on a route whose right is not `public`. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error(`${request.routeOptions.url ?? 'A route'} has no caller`);
  return request.caller;
}
