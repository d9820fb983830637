import type { FastifyInstance } from 'fastify';
import {
  AssignRoles,
  BooksRedeem,
  BooksStart,
  BooksStarted,
  ChooseOrganisation,
  Settings,
} from '../../contract/settings.ts';
import type { Administration } from '../../identity/administration.ts';
import type { SignIn } from '../../identity/sign-in.ts';
import { callerOf } from '../rights.ts';
import { openerOf, type WidgetPages } from '../widget-origins.ts';

interface SettingsNeeds extends WidgetPages {
  readonly administration: Administration;
  readonly signIn: SignIn;
}

/** The administrators' routes. Whether the caller is one is asked of CRM at each call. */
export function settingsRoutes(app: FastifyInstance, needs: SettingsNeeds): void {
  const { administration, signIn } = needs;
  const config = { right: 'administrator' } as const;
  const reading = {
    ...config,
    unaudited: 'what is set, and nothing of a customer; who may not see it is told',
  };

  app.get('/api/v1/settings', { config: reading, schema: { response: { 200: Settings } } }, (request) =>
    administration.settings(callerOf(request)),
  );

  app.post(
    '/api/v1/settings/books/start',
    {
      config: {
        ...config,
        anyToken: 'begins what only its redeeming makes count',
        unaudited: 'nothing is connected yet; redeeming is told',
      },
      schema: { body: BooksStart, response: { 200: BooksStarted } },
    },
    async (request) => {
      const caller = callerOf(request);
      const opener = openerOf(request, needs);
      await administration.mustAdminister(caller);
      const { challenge } = BooksStart.parse(request.body);
      return signIn.startBooks({ install: caller.install, crmUserId: caller.crmUserId, challenge, opener });
    },
  );

  app.post(
    '/api/v1/settings/books/redeem',
    { config: { ...config, auditedBehind: ['books.connected'] }, schema: { body: BooksRedeem } },
    async (request, reply) => {
      await administration.connectBooks(callerOf(request), BooksRedeem.parse(request.body));
      return reply.code(204).send();
    },
  );

  app.put(
    '/api/v1/settings/books/organisation',
    {
      config: { ...config, auditedBehind: ['books.organisation_chosen'] },
      schema: { body: ChooseOrganisation, response: { 200: Settings } },
    },
    (request) => administration.chooseOrganisation(callerOf(request), ChooseOrganisation.parse(request.body)),
  );

  app.put(
    '/api/v1/settings/roles',
    {
      config: { ...config, auditedBehind: ['policy.changed'] },
      schema: { body: AssignRoles, response: { 200: Settings } },
    },
    (request) => administration.assignRoles(callerOf(request), AssignRoles.parse(request.body).roles),
  );
}
