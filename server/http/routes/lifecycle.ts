import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  BooksOrganisations,
  ChangeState,
  ErasureAnswer,
  Lifecycle,
  SwitchOrganisation,
  Uninstall,
  Uninstalled,
} from '../../contract/lifecycle.ts';
import { Problem } from '../../contract/problem.ts';
import type { BooksHooks } from '../../identity/books-hook.ts';
import type { LifecycleSettings } from '../../lifecycle/lifecycle.ts';
import { callerOf } from '../rights.ts';

interface LifecycleNeeds {
  readonly lifecycle: LifecycleSettings;
  readonly booksHooks: Pick<BooksHooks, 'opens'>;
}

const CERTIFICATE = /^[A-Za-z0-9_-]{43}$/;
/** Nobody uninstalls more often. */
const HOOKS_PER_MINUTE = 10;
const CERTIFICATES_PER_MINUTE = 60;
const perAddress = (name: string, max: number) => ({
  max,
  timeWindow: 60_000,
  hook: 'onRequest' as const,
  keyGenerator: (request: FastifyRequest) => `${name}:${request.ip}`,
});

/** Pausing, switching, disabling and uninstalling; and the certificate of what was erased. */
export function lifecycleRoutes(app: FastifyInstance, { lifecycle, booksHooks }: LifecycleNeeds): void {
  const config = { right: 'administrator', whileUninstalling: true } as const;
  const reading = {
    ...config,
    unaudited: 'the state of the connection, and nothing of a customer; who may not see it is told',
  };
  const changing = { ...config, auditedBehind: ['install.changed'] } as const;

  app.get(
    '/api/v1/settings/lifecycle',
    { config: reading, schema: { response: { 200: Lifecycle } } },
    (request) => lifecycle.view(callerOf(request)),
  );

  app.put(
    '/api/v1/settings/lifecycle',
    {
      config: { ...changing, auditedBehind: [...changing.auditedBehind] },
      schema: { body: ChangeState, response: { 200: Lifecycle } },
    },
    (request) => lifecycle.change(callerOf(request), ChangeState.parse(request.body)),
  );

  app.post(
    '/api/v1/settings/lifecycle/uninstall',
    {
      config: { ...changing, auditedBehind: [...changing.auditedBehind] },
      schema: { body: Uninstall, response: { 200: Uninstalled } },
    },
    (request) => lifecycle.uninstall(callerOf(request), Uninstall.parse(request.body)),
  );

  app.get(
    '/api/v1/settings/lifecycle/organisations',
    { config: reading, schema: { response: { 200: BooksOrganisations } } },
    (request) => lifecycle.organisations(callerOf(request)),
  );

  app.put(
    '/api/v1/settings/lifecycle/organisation',
    {
      config: { right: 'administrator', auditedBehind: ['books.organisation_chosen'] },
      schema: { body: SwitchOrganisation, response: { 200: Lifecycle } },
    },
    (request) => lifecycle.switchOrganisation(callerOf(request), SwitchOrganisation.parse(request.body)),
  );

  // A script of the extension's calls it, with whatever body: what counts is the address.
  app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null, null));
    hooks.post(
      '/hooks/uninstalled/:installId/:token',
      {
        config: {
          right: 'public',
          why: 'proves itself by the token in the address, and begins what an administrator can take back',
          rateLimit: perAddress('uninstalled', HOOKS_PER_MINUTE),
        },
        schema: { hide: true },
      },
      async (request, reply) => {
        const { installId, token } = request.params as { installId: string; token: string }; // safe because the path has these parameters
        if (!(await booksHooks.opens(installId, token, 'uninstalled'))) return reply.code(401).send();
        await lifecycle.uninstalledByMarketplace(installId);
        return reply.code(200).send();
      },
    );
  });

  app.get(
    '/certificates/:id',
    {
      config: {
        right: 'public',
        why: 'ids and counts for whoever holds an unguessable address, long after there is anybody to sign in',
        rateLimit: perAddress('certificate', CERTIFICATES_PER_MINUTE),
      },
      schema: { response: { 200: ErasureAnswer } },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string }; // safe because the path has this parameter
      const answer = CERTIFICATE.test(id) ? await lifecycle.certificate(id) : null;
      if (!answer) throw new Problem('request.not_found');
      return reply
        .header('content-disposition', `attachment; filename="erasure-${id.slice(0, 8)}.json"`)
        .send(answer);
    },
  );
}
