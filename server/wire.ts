import { AsyncLocalStorage } from 'node:async_hooks';
import { lookup } from 'node:dns/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createAccess } from './access/may-see-record.ts';
import { createAudit } from './audit/audit.ts';
import type { Config } from './config.ts';
import { createDefinitionSettings } from './definitions/definitions.ts';
import { budgetGauges, ledgerGauges } from './gauges.ts';
import { areaOf } from './health/causes.ts';
import { createHealth } from './health/create-health.ts';
import type { ResolveHost } from './health/post-hook.ts';
import { createTroubles } from './health/troubles.ts';
import { buildApp, type ServedRequest } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { createAdministration } from './identity/administration.ts';
import { createBooksConsents } from './identity/books-consent.ts';
import { createBooksGrants } from './identity/books-grant.ts';
import { createBooksHooks } from './identity/books-hook.ts';
import { createIdentify } from './identity/identify.ts';
import type { ConnectedBooks, Install } from './identity/install.ts';
import { findConnected, findInstall } from './identity/installs.ts';
import { createOnce } from './identity/once.ts';
import { rewrapSecrets } from './identity/rewrap.ts';
import { createSealedSecrets } from './identity/sealed-secret.ts';
import { createSessions } from './identity/session.ts';
import { createSignIn } from './identity/sign-in.ts';
import { createSignInCodes } from './identity/sign-in-codes.ts';
import { createSigningKeys } from './identity/signing-keys.ts';
import { createUserGrants } from './identity/user-grant.ts';
import { createLedger } from './ledger/create-ledger.ts';
import type { LedgerHealth } from './ledger/progress.ts';
import { createLifecycles } from './lifecycle/create-lifecycle.ts';
import { createMayRead } from './lifecycle/reading.ts';
import { createLinking } from './linking/linking.ts';
import { createMapping } from './mapping/mapping.ts';
import { createBooksUsers } from './policies/books-users.ts';
import { createPolicies } from './policies/policies.ts';
import { createPolicySettings } from './policies/policy-settings.ts';
import { createRolePolicy } from './policies/role-templates.ts';
import { gatherFacts } from './setup/gather-facts.ts';
import { createSetUp } from './setup/setup.ts';
import { booksBudget, changeBooksBudget } from './store/books-budgets.ts';
import type { Database } from './store/database.ts';
import { createMoments } from './store/moments.ts';
import { createUnchanged } from './store/unchanged.ts';
import { foldChanges } from './store/watch-changes.ts';
import { createAccounts } from './zoho/accounts/client.ts';
import { createBooks, listBooksOrganisations, opensBooksOrganisation } from './zoho/books/client.ts';
import { createCrm } from './zoho/crm/client.ts';
import type { Governor } from './zoho/governor.ts';
import { createGovernors } from './zoho/governors.ts';
import { createTransport } from './zoho/transport.ts';
import { ZohoTrouble } from './zoho/trouble.ts';

/** How often consents that nobody took over are ended, and links that were left behind are carried on. */
const SWEEP_MS = 30_000;
/** How often secrets that an older key wraps are looked for. */
const REWRAP_MS = 10 * 60_000;
/** How often the audit log is looked through for entries past their time. */
const PRUNE_MS = 3_600_000;
/** How often it is looked whether somebody is to be told of troubles. */
const ALERT_MS = 60_000;
/** How old the numbers of the ledgers in `/metrics` may be. */
const HEALTH_MS = 60_000;

declare module 'fastify' {
  interface FastifyInstance {
    /** Tells whoever is to be told of troubles; done every minute by itself. */
    lookForTroubles(): Promise<void>;
    /** Carries on with what was uninstalled; done at the start and twice a minute by itself. */
    carryOnUninstalling(): Promise<void>;
  }
}

interface Needs {
  readonly config: Config;
  readonly database: Database;
  readonly logger: FastifyBaseLogger;
  readonly clock: () => Date;
  /** Aborted before the server is closed: from then on it is not ready, and its work in the background is others'. */
  readonly stopping?: AbortSignal;
  /** How calls to Books wait for their turn; where the clock does not move by itself. */
  readonly wait?: (ms: number) => Promise<unknown>;
  /** Where names of web hooks lead; the resolver's word when absent. */
  readonly resolveHost?: ResolveHost;
  /** Folder of the built widget pages. */
  readonly widgetsFolder: string;
}

/** Builds every room by hand, in order; reading it is reading the architecture. Ready to listen or to be asked by `inject`. */
export async function wire({
  config,
  database,
  logger,
  clock,
  stopping,
  wait,
  resolveHost = async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
  widgetsFolder,
}: Needs): Promise<FastifyInstance> {
  const { dataCentres, PUBLIC_URL: publicUrl } = config;
  const centreOf = (location: string) => {
    const centre = dataCentres.find((known) => known.location === location);
    if (!centre) throw new ZohoTrouble('accounts', 'unreachable', { code: 'unknown_data_centre' });
    return centre;
  };

  const requests = new AsyncLocalStorage<ServedRequest>();
  const moments = createMoments(database);
  const unchanged = createUnchanged(() => requests.getStore()?.moment);
  const audit = createAudit({
    database,
    clock,
    request: () => requests.getStore(),
    onTrouble: (err) => logger.error({ err }, 'entries of the audit log wait to be written'),
  });
  const troubles = createTroubles({
    database,
    clock,
    onTrouble: (err) => logger.warn({ err }, 'failures were not counted'),
  });
  /** For the log and for the health page of the install, under one reference. */
  const failedBehind = (err: unknown, about: { install: string; reading: string }, message: string): void => {
    const area = areaOf(about.reading);
    const reference = about.install === '' ? undefined : troubles.note(about.install, err, { area });
    logger.warn({ err, ...about, reference }, message);
  };

  // Zoho
  const metrics = createMetrics({
    gauges: async () => [
      ...budgetGauges(await governors.usage()),
      ...ledgerGauges(await ledgersHealth(), clock()),
    ],
  });
  const transport = createTransport({
    allowedOrigins: dataCentres.flatMap(({ accounts, api }) => [accounts, api]),
    requestId: () => requests.getStore()?.requestId,
    onCall: (call) => {
      const served = requests.getStore();
      if (served) served.zohoCalls += 1;
      metrics.called(call);
      logger.debug({ call }, 'asked Zoho');
    },
  });
  const accounts = createAccounts({
    transport,
    clientId: config.ZOHO_CLIENT_ID,
    clientSecret: config.ZOHO_CLIENT_SECRET,
    clock,
  });

  // Identity
  const secrets = createSealedSecrets(config.SECRET_KEYS);
  const onUnrevoked = (err: unknown): void =>
    logger.warn({ err }, 'a token that is of no use any more could not be revoked');
  const userGrants = createUserGrants({
    database,
    secrets,
    accounts,
    dataCentreOf: centreOf,
    clock,
    audit,
    onTrouble: onUnrevoked,
  });
  const booksGrants = createBooksGrants({ database, secrets, accounts, clock });
  const booksConsents = createBooksConsents({
    database,
    secrets,
    accounts,
    booksGrants,
    dataCentreOf: centreOf,
    clock,
    audit,
    onTrouble: onUnrevoked,
  });
  const crmFor = ({ install, crmUserId }: { install: Install; crmUserId: string }) => {
    const dataCentre = centreOf(install.dataCentre);
    const owner = { installId: install.id, crmUserId, dataCentre };
    return createCrm({ transport, dataCentre, accessToken: (force) => userGrants.accessToken(owner, force) });
  };
  const booksToken = (install: Install) => (force?: 'renew') =>
    booksGrants.accessToken({ installId: install.id, dataCentre: centreOf(install.dataCentre) }, force);
  const booksHooks = createBooksHooks({ database, secrets, clock });
  const keys = createSigningKeys({ database, secrets, clock });
  const sessions = createSessions({
    database,
    keys,
    issuer: publicUrl,
    clock,
    audit,
    unchanged,
    onGenuine: async () => {
      const served = requests.getStore();
      if (served?.isReading) served.moment = await moments();
    },
  });
  const governors = createGovernors({
    shared: (name) => ({
      change: (work) => changeBooksBudget(database, name, work),
      read: () => booksBudget(database, name),
    }),
    perDay: config.BOOKS_CALLS_PER_DAY,
    caller: () => requests.getStore()?.caller,
    clock,
    ...(wait ? { wait } : {}),
    onTrouble: (err) => logger.warn({ err }, 'other servers do not know yet that calls have ended'),
  });
  const governorOf = ({ dataCentre }: Install, books: ConnectedBooks): Governor =>
    governors.of({ dataCentre, ...books });
  const mayRead = createMayRead(database);
  // At each call, so that what is under way when an administrator pauses ends there.
  const tokenWhileReading = (install: Install) => (force?: 'renew') =>
    mayRead(install.id).then(() => booksToken(install)(force));
  const booksFor = async (install: Install) => {
    const { books } = install;
    if (!books) throw new ZohoTrouble('books', 'revoked', { code: 'not_connected' });
    await mayRead(install.id);
    return createBooks({
      transport,
      governor: governorOf(install, books),
      dataCentre: centreOf(install.dataCentre),
      organisationId: books.organisationId,
      accessToken: tokenWhileReading(install),
      baseCurrency: books.currency,
    });
  };

  const opensBooks = (install: Install, books: ConnectedBooks): Promise<boolean> =>
    opensBooksOrganisation({
      transport,
      governor: governorOf(install, books),
      dataCentre: centreOf(install.dataCentre),
      organisationId: books.organisationId,
      accessToken: tokenWhileReading(install),
    });

  const booksOrganisations = (install: Install) =>
    listBooksOrganisations({
      transport,
      dataCentre: centreOf(install.dataCentre),
      accessToken: tokenWhileReading(install),
    });

  // Policies
  const booksUsers = createBooksUsers({
    database,
    unchanged,
    booksFor,
    clock,
    onTrouble: (err, install) =>
      failedBehind(err, { install, reading: 'people' }, 'the users of Books were not read'),
  });
  const policies = createPolicies({ database, booksUsers, audit, clock });
  const administration = createAdministration({
    database,
    crmFor,
    booksGrants,
    booksConsents,
    booksOrganisations,
    opensBooks,
    clock,
    audit,
    rolePolicy: createRolePolicy(policies),
    onOrganisation: (install) => booksUsers.readSoon(install),
    hookAddress: async ({ id }) => `${publicUrl}/hooks/books/${id}/${await booksHooks.tokenOf(id)}`,
  });
  const setUp = createSetUp({
    database,
    mustAdminister: (caller) => administration.mustAdminister(caller),
    booksGrants,
    factsOf: (caller) => gatherFacts({ database, crmFor, booksGrants, opensBooks, clock }, caller),
    audit,
    clock,
  });
  const lifecycle = createLifecycles({
    database,
    administration,
    booksGrants,
    booksOrganisations,
    audit,
    clock,
    graceDays: config.ERASE_AFTER_DAYS,
    publicUrl,
    uninstallHook: async (id) =>
      `${publicUrl}/hooks/uninstalled/${id}/${await booksHooks.tokenOf(id, 'uninstalled')}`,
    secrets,
    keys,
    accounts,
    dataCentreOf: centreOf,
    onTrouble: (err) => logger.warn({ err }, 'what was uninstalled is not all revoked and erased yet'),
  });
  const policySettings = createPolicySettings({
    database,
    policies,
    booksUsers,
    crmFor,
    mustAdminister: (caller) => administration.mustAdminister(caller),
  });
  const definitionSettings = createDefinitionSettings({
    database,
    audit,
    mustAdminister: (caller) => administration.mustAdminister(caller),
    clock,
  });
  const signIn = createSignIn({
    database,
    accounts,
    crmWith: (dataCentre, token) => createCrm({ transport, dataCentre, accessToken: async () => token }),
    dataCentres,
    userGrants,
    codes: createSignInCodes({ database, sessions, audit, clock }),
    booksConsents,
    audit,
    onTrouble: onUnrevoked,
    publicUrl,
    clock,
  });
  const identify = createIdentify({ database, sessions, userGrants, crmFor, clock, audit, unchanged });
  const access = createAccess({ crmFor, clock });

  // Ledger
  const local = createLedger({
    database,
    unchanged,
    clock,
    installs: () => findConnected(database),
    mayBackfill: async (install) =>
      install.books !== null && governorOf(install, install.books).bears('backfill'),
    onTrouble: (err, about) => failedBehind(err, about, 'a read in the background failed'),
    onWell: ({ id }, at) => troubles.over(id, ['changes'], at),
    booksFor,
  });

  /** Counting takes a moment, and a scrape wants no more than a rough picture. */
  let healths: { readonly at: number; readonly of: Promise<readonly LedgerHealth[]> } | null = null;
  const ledgersHealth = (): Promise<readonly LedgerHealth[]> => {
    const at = clock().getTime();
    if (healths && at - healths.at < HEALTH_MS) return healths.of;
    const of = findConnected(database).then((installs) => Promise.all(installs.map(local.health)));
    healths = { at, of };
    of.catch(() => {
      healths = null; // whoever asked is told; the next one asks anew
    });
    return of;
  };

  // Linking
  const { linking, ledger, recover } = createLinking({
    database,
    unchanged,
    access,
    ledger: local,
    crmFor,
    booksFor: async (install) => {
      const books = await booksFor(install);
      return {
        ...books,
        // What we change ourselves is looked up at once, whatever Books answered.
        setDeal: (document, deal) =>
          books.setDeal(document, deal).finally(() => {
            local
              .hint(install, { customerIds: [], types: [document.type], own: true })
              .catch((err: unknown) => logger.warn({ err }, 'an own change waits for the next pass'));
          }),
      };
    },
    audit,
    clock,
    installOf: (installId) => findInstall(database, installId),
    onAltered: (about) => logger.error(about, 'a document changed in more than its deal while it was linked'),
    onTrouble: (err, about) => failedBehind(err, about, 'links were not read or repaired'),
  });

  const health = createHealth({
    database,
    clock,
    secrets,
    audit,
    troubles,
    booksGrants,
    ledgerHealth: (install) => local.health(install),
    booksUsage: (install, books) => governorOf(install, books).usage(),
    worker: local.worker,
    installOf: (installId) => findInstall(database, installId),
    resolveHost,
    isBackgroundOn: config.BACKGROUND_READS === 'on',
    isEmbedded: config.DATABASE_URL === '',
    settings: settingsInShape(config),
    onTrouble: (err) => logger.warn({ err }, 'whom to tell of troubles was not looked at'),
  });

  const app = await buildApp({
    publicUrl,
    widgetOrigins: config.WIDGET_ORIGINS,
    identify,
    access,
    ledger,
    linking,
    mapping: createMapping({
      database,
      crmFor,
      mustAdminister: (caller) => administration.mustAdminister(caller),
      audit,
      clock,
    }),
    mayWriteBooks: (installId) => booksGrants.mayLink(installId),
    signIn,
    sessions,
    administration,
    lifecycle,
    setUp,
    policies,
    policySettings,
    definitionSettings,
    health,
    troubles,
    audit,
    once: createOnce({ database, clock }),
    booksHooks,
    installOf: (installId) => findInstall(database, installId),
    tenantOf: (installId) => findInstall(database, installId),
    isReady: () =>
      database.query('select 1').then(
        () => !stopping?.aborted,
        (err: unknown) => {
          logger.error({ err }, 'the database does not answer');
          return false;
        },
      ),
    metrics,
    metricsToken: config.METRICS_TOKEN,
    widgets: {
      folder: widgetsFolder,
      sdkUrl: config.ZOHO_SDK_URL,
      crmOrigins: [...dataCentres.map(({ crm }) => crm), ...config.EXTRA_CRM_ORIGINS],
    },
    limits: {
      perAddressPerMinute: config.REQUESTS_PER_ADDRESS_PER_MINUTE,
      perUserPerMinute: config.REQUESTS_PER_USER_PER_MINUTE,
      perInstallPerMinute: config.REQUESTS_PER_ORGANISATION_PER_MINUTE,
      signInsPerMinute: config.SIGN_INS_PER_MINUTE,
      atOnce: config.REQUESTS_AT_ONCE,
    },
    clock,
    logger,
    trustedProxies: config.TRUSTED_PROXY,
    stopping,
    moments,
    within: (request, work) => requests.run(request, work),
  });
  // Again and again: a server that does not know the newest key yet goes on sealing with an older one.
  const rewrap = async (when: 'at start' | 'again'): Promise<void> => {
    try {
      const counts = await rewrapSecrets({ database, secrets });
      if (counts.unreadable > 0) logger.error(counts, 'there are secrets that no key of this server opens');
      else if (Object.keys(counts.waiting).length > 0) logger.warn(counts, 'secrets wait for an older key');
      else if (when === 'at start' || counts.rewrapped > 0)
        logger.info(counts, 'no secret waits for an older key');
    } catch (err) {
      logger.error({ err }, 'secrets still wait to be sealed with the newest key');
    }
  };
  let rewrapped = rewrap('at start');
  const rewrapping = setInterval(() => {
    rewrapped = rewrapped.then(() => rewrap('again'));
  }, REWRAP_MS);
  rewrapping.unref();
  const sweeping = setInterval(() => {
    booksConsents
      .revokeUnclaimed()
      .catch((err: unknown) => logger.warn({ err }, 'consents that nobody took over are still here'));
    void lifecycle.sweep();
  }, SWEEP_MS);
  sweeping.unref();
  const repaired = (): Promise<void> =>
    recover().catch((err: unknown) => logger.warn({ err }, 'links that were left behind still are'));
  app.decorate('carryOnUninstalling', () => lifecycle.sweep());
  void lifecycle.sweep();
  const startedWith = repaired();
  const repairing = setInterval(repaired, SWEEP_MS);
  repairing.unref();
  app.decorate('lookForTroubles', () => health.look());
  const looking = setInterval(() => {
    app.lookForTroubles().catch((err: unknown) => logger.warn({ err }, 'nobody was told of troubles'));
  }, ALERT_MS);
  looking.unref();
  const pruning = setInterval(() => {
    audit.prune().catch((err: unknown) => logger.warn({ err }, 'the audit log was not pruned'));
    foldChanges(database).catch((err: unknown) => logger.warn({ err }, 'counted changes were not added up'));
  }, PRUNE_MS);
  pruning.unref();
  if (config.BACKGROUND_READS === 'on') local.worker.start();
  stopping?.addEventListener('abort', () => {
    void lifecycle.stop();
    local.worker
      .stop()
      .catch((err: unknown) => logger.warn({ err }, "other servers wait for this one's leases to end"));
  });
  app.addHook('onClose', async () => {
    await local.worker.stop();
    await governors.close();
    clearInterval(rewrapping);
    clearInterval(sweeping);
    clearInterval(pruning);
    clearInterval(looking);
    clearInterval(repairing);
    await startedWith;
    await lifecycle.stop();
    await rewrapped;
    await troubles.flush();
    await audit.flush();
  });
  return app;
}

/** Of the configuration what support asks for: how much there is of each, and no value that names or opens anything. */
const settingsInShape = (config: Config): Readonly<Record<string, boolean | number>> => ({
  backgroundReads: config.BACKGROUND_READS === 'on',
  callsPerDay: config.BOOKS_CALLS_PER_DAY,
  secretKeys: config.SECRET_KEYS.length,
  widgetOrigins: config.WIDGET_ORIGINS.length,
  extraCrmOrigins: config.EXTRA_CRM_ORIGINS.length,
  trustedProxies: config.TRUSTED_PROXY.length,
  metrics: config.METRICS_TOKEN !== '',
  localZoho: config.ZOHO_LOCAL_URL !== null,
  requestsPerUserPerMinute: config.REQUESTS_PER_USER_PER_MINUTE,
  requestsPerOrganisationPerMinute: config.REQUESTS_PER_ORGANISATION_PER_MINUTE,
  requestsAtOnce: config.REQUESTS_AT_ONCE,
});
