import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Caller } from '../identity/caller.ts';
import type { Identify } from '../identity/identify.ts';

/** Who may call a route. `administrator` routes also ask CRM afresh, in what they call. */
type Right = 'public' | 'session' | 'administrator';

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
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyInstance {
    /** Every route and its right, as declared. */
    declaredRights: readonly DeclaredRight[];
  }
}

/** Makes every route declare its right, and identifies the caller before anything of a request is read. */
export function requireRights(app: FastifyInstance, identify: Identify): void {
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
    const { right } = request.routeOptions.config;
    if (right === 'session' || right === 'administrator')
      request.caller = await identify(request.headers.authorization);
  });
}

/** The person asking, on a route whose right is not `public`. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error(`${request.routeOptions.url ?? 'A route'} has no caller`);
  return request.caller;
}
