import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod';
import type { Access } from '../access/may-see-record.ts';
import type { Audit } from '../audit/audit.ts';
import { Problem } from '../contract/problem.ts';
import type { DefinitionSettings } from '../definitions/definitions.ts';
import type { HealthSettings } from '../health/create-health.ts';
import type { Troubles } from '../health/troubles.ts';
import type { Administration } from '../identity/administration.ts';
import type { BooksHooks } from '../identity/books-hook.ts';
import type { Identify } from '../identity/identify.ts';
import type { Install } from '../identity/install.ts';
import type { Once } from '../identity/once.ts';
import type { Sessions } from '../identity/session.ts';
import type { SignIn } from '../identity/sign-in.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LifecycleSettings } from '../lifecycle/lifecycle.ts';
import type { Linking } from '../linking/linking.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Policies } from '../policies/policies.ts';
import type { PolicySettings } from '../policies/policy-settings.ts';
import type { SetUp } from '../setup/setup.ts';
import type { Moment, Moments } from '../store/moments.ts';
import { keepAuditTrail } from './audit-trail.ts';
import { requireIdempotencyKeys } from './idempotency.ts';
import { createAddressOf, createCounting, type Limits, limitAddresses, refuseWhenBusy } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { problemOf, sendProblem } from './problems.ts';
import { RequestLog } from './request-log.ts';
import { requireRights } from './rights.ts';
import { auditRoutes } from './routes/audit.ts';
import { authRoutes } from './routes/auth.ts';
import { definitionsRoutes } from './routes/definitions.ts';
import { healthRoutes } from './routes/health.ts';
import { hooksRoutes } from './routes/hooks.ts';
import { lifecycleRoutes } from './routes/lifecycle.ts';
import { linksRoutes } from './routes/links.ts';
import { mappingRoutes } from './routes/mapping.ts';
import { operationsRoutes } from './routes/operations.ts';
import { policyRoutes } from './routes/policy.ts';
import { previewRoutes } from './routes/preview.ts';
import { recordsRoutes } from './routes/records.ts';
import { settingsRoutes } from './routes/settings.ts';
import { setupRoutes } from './routes/setup.ts';
import { widgetsRoutes } from './routes/widgets.ts';
import { NOTHING_POLICY, sendSecurityHeaders } from './security-headers.ts';
import { serializeOnce } from './serialize-once.ts';
import { createStandingAnswers } from './standing-answers.ts';
import { keepTroubleTrail } from './trouble-trail.ts';
import { admitWidgetOrigins, type WidgetPages } from './widget-origins.ts';

export interface AppNeeds extends WidgetPages {
  readonly identify: Identify;
  readonly access: Access;
  readonly ledger: Ledger;
  readonly health: HealthSettings;
  readonly troubles: Troubles;
  readonly linking: Linking;
  readonly mapping: Mapping;
  readonly mayWriteBooks: (installId: string) => Promise<boolean>;
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly administration: Administration;
  readonly setUp: SetUp;
  readonly policies: Policies;
  readonly policySettings: PolicySettings;
  readonly definitionSettings: DefinitionSettings;
  readonly lifecycle: LifecycleSettings;
  readonly audit: Audit;
  readonly once: Once;
  readonly booksHooks: BooksHooks;
  readonly installOf: (installId: string) => Promise<Install | null>;
  readonly tenantOf: (installId: string) => Promise<{ dataCentre: string; zgid: string } | null>;
  readonly isReady: () => Promise<boolean>;
  readonly metrics: Metrics;
  /** What `/metrics` is opened by; empty: by nothing. */
  readonly metricsToken: string;
  readonly widgets: {
    readonly folder: string;
    readonly sdkUrl: string;
    readonly crmOrigins: readonly string[];
  };
  readonly limits: Limits;
  readonly clock: () => Date;
  readonly logger: FastifyBaseLogger;
  /** Addresses whose X-Forwarded-For is believed; none when empty. */
  readonly trustedProxies: readonly string[];
  /** Told before the end, while requests are still taken on. */
  readonly stopping?: AbortSignal | undefined;
  readonly moments: Moments;
  /** Runs everything a request causes, so that calls to Zoho can name it and be counted for it. */
  readonly within: (request: ServedRequest, work: () => void) => void;
}

/** What is known of a request wherever it leads. */
export interface ServedRequest {
  readonly requestId: string;
  /** Calls to Zoho so far. */
  zohoCalls: number;
  /** Who asks, once that is certain. */
  caller?: string;
  /** Whether it only reads. */
  isReading?: boolean;
  /** The state of the database it is answered from; absent for whatever changes something. */
  moment?: Moment;
}

declare module 'fastify' {
  interface FastifyRequest {
    served: ServedRequest | null;
  }
}

/** Settings for 250 roles are the largest thing anybody sends. */
const BODY_BYTES = 32 * 1_024;

/** The whole HTTP side. It never listens: that is for who runs it. */
export async function buildApp(needs: AppNeeds): Promise<FastifyInstance> {
  const log = new RequestLog(needs.logger);
  const app: FastifyInstance = Fastify({
    loggerInstance: needs.logger,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: needs.trustedProxies.length > 0 ? [...needs.trustedProxies] : false,
    bodyLimit: BODY_BYTES,
    requestTimeout: 30_000,
    logController: log,
    forceCloseConnections: true,
    // An address that cannot even be read passes no hook, so it gets its headers here.
    frameworkErrors: (error, request, reply) => {
      reply.headers({
        'cache-control': 'no-store',
        'content-security-policy': NOTHING_POLICY,
        'x-content-type-options': 'nosniff',
      });
      sendProblem(problemOf(error), request, reply);
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  serializeOnce(app);
  app.setErrorHandler((error, request, reply) => sendProblem(problemOf(error), request, reply));
  readJsonOnly(app);

  const counting = createCounting(needs.limits);
  const addressOf = createAddressOf(needs.trustedProxies);
  const standing = createStandingAnswers({ ...needs, ...needs.limits, counting, addressOf, log });
  standing.keepFrom(app);
  putBefore(app, standing.before);
  app.decorateRequest('served', null);
  app.addHook('onRequest', (request, _reply, done) => {
    request.served = { requestId: request.id, zohoCalls: 0 };
    needs.within(request.served, done);
  });
  // Reading a body leaves that context, so what follows enters it once more.
  app.addHook('preValidation', (request, _reply, done) =>
    request.served ? needs.within(request.served, done) : done(),
  );
  app.addHook('onResponse', (request, reply, done) => {
    needs.metrics.served({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1_000,
    });
    done();
  });
  await sendSecurityHeaders(app, needs.publicUrl);
  admitWidgetOrigins(app, needs);
  refuseWhenBusy(app, needs.limits);
  await app.register(cookie);
  keepAuditTrail(app, needs.audit);
  keepTroubleTrail(app, needs.troubles);
  await limitAddresses(app, counting);
  requireRights(app, { ...needs, counting });
  requireIdempotencyKeys(app, needs.once);
  await app.register(swagger, {
    openapi: { info: { title: 'Customer 360', version: '1' }, servers: [{ url: needs.publicUrl }] },
    transform: jsonSchemaTransform,
  });
  app.setNotFoundHandler((request, reply) => sendProblem(new Problem('request.not_found'), request, reply));

  operationsRoutes(app, needs);
  authRoutes(app, needs);
  settingsRoutes(app, needs);
  setupRoutes(app, needs);
  lifecycleRoutes(app, needs);
  auditRoutes(app, needs);
  healthRoutes(app, needs);
  policyRoutes(app, needs);
  definitionsRoutes(app, needs);
  mappingRoutes(app, needs);
  previewRoutes(app, needs);
  recordsRoutes(app, needs);
  linksRoutes(app, needs);
  hooksRoutes(app, needs);
  await widgetsRoutes(app, needs.widgets);
  return app;
}

/** In front of the app, for whatever comes over the wire: its own hooks begin once a request has been routed. */
function putBefore({ server }: FastifyInstance, before: (onwards: RequestListener) => RequestListener): void {
  const [onwards] = server.listeners('request') as RequestListener[]; // safe because a server of node:http tells no other
  if (!onwards) throw new Error('The app does not listen to its server');
  server.removeAllListeners('request').on('request', before(onwards));
}

/**
 * JSON is the only language spoken here, and never packed: a small body could unpack into a huge one. A byte-order mark
 * or a key that reaches for a prototype is no JSON of ours.
 */
function readJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      done(new Problem('request.wrong_type'));
    else if (text.startsWith('\uFEFF')) done(new Problem('request.invalid'));
    else parse(request, text, done);
  });
}
