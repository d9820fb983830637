import { HttpResponse, http, type RequestHandler } from 'msw';
import { isWriteBehaviour, WRITE_BEHAVIOURS } from './books/write-rules.ts';
import type { Wire } from './organisation.ts';
import { FAULTS, type Fault, type ScenarioRule } from './scenario.ts';
import { editInBooks, editInCrm } from './scenario-edits.ts';
import { Unclear } from './scenario-unclear.ts';
import type { ZohoState } from './zoho.ts';
import type { Service } from './zoho-exchanges.ts';
import { child, isWire, text } from './zoho-wire.ts';

const SERVICES: readonly string[] = ['accounts', 'crm', 'books'];

/**
 * Where a person or a test in another process makes the local Zoho misbehave:
 * `POST /__sandbox/scenario` with `{ rules, searchLagSeconds, latencyMs, tokenLimits, deactivateUser, changeRole, changeProfile,
 * writes, lockedUntil, refusedScopes, closedOrganisations, clockAheadSeconds, edition, baseCurrency }` (rules replace those in force; `{}` changes nothing; `DELETE` ends all; `writes` names a behaviour
 * per kind of document or document id), `POST /__sandbox/revoke` with `{ userId }`, `POST /__sandbox/books` with
 * `{ resource, id }` and `dealId`, `net`, `fields` or `delete: true` for an edit made in Books itself, `POST /__sandbox/crm`
 * with `{ module, id }` and `fields`, `delete: true`, `restore: true` or `mergeInto` for one made in CRM,
 * `GET /__sandbox/exchanges` and `DELETE` to forget them. Calls here are not exchanges.
 */
export function controlHandlers({
  scenario,
  exchanges,
  booksLimits,
  booksEdits,
  crmEdits,
}: ZohoState): RequestHandler[] {
  const inForce = (): Response =>
    HttpResponse.json({
      rules: scenario.rules(),
      searchLagSeconds: scenario.searchLagSeconds,
      latencyMs: scenario.latencyMs,
      tokenLimits: scenario.tokenLimits,
      refusedScopes: scenario.refusedScopes,
      closedOrganisations: scenario.closedOrganisations,
      clockAheadSeconds: scenario.clockAheadSeconds,
      writes: scenario.writes.all(),
      lockedUntil: scenario.writes.lockedUntil,
    });
  const carriedOut = async (request: Request, act: (body: Wire) => Response): Promise<Response> => {
    try {
      return act(parsed(await request.text()));
    } catch (failure) {
      return HttpResponse.json(
        { error: failure instanceof Error ? failure.message : 'failed' },
        { status: 400 },
      );
    }
  };
  return [
    http.get('*/__sandbox/scenario', inForce),
    http.delete('*/__sandbox/scenario', () => {
      scenario.clear();
      scenario.writes.clear();
      Object.assign(scenario, {
        searchLagSeconds: 0,
        latencyMs: 0,
        tokenLimits: true,
        refusedScopes: [],
        closedOrganisations: [],
        clockAheadSeconds: 0,
      });
      booksLimits.reset();
      return inForce();
    }),
    http.post('*/__sandbox/scenario', ({ request }) =>
      carriedOut(request, (body) => {
        if (Array.isArray(body.rules)) {
          const rules = body.rules.map(ruleOf);
          scenario.clear();
          for (const rule of rules) scenario.add(rule);
        }
        if (typeof body.searchLagSeconds === 'number') scenario.searchLagSeconds = body.searchLagSeconds;
        if (typeof body.latencyMs === 'number') scenario.latencyMs = body.latencyMs;
        if (typeof body.tokenLimits === 'boolean') scenario.tokenLimits = body.tokenLimits;
        scenario.refusedScopes = texts(body.refusedScopes) ?? scenario.refusedScopes;
        scenario.closedOrganisations = texts(body.closedOrganisations) ?? scenario.closedOrganisations;
        if (typeof body.clockAheadSeconds === 'number') scenario.clockAheadSeconds = body.clockAheadSeconds;
        if (typeof body.edition === 'string') scenario.changeEdition(body.edition);
        if (typeof body.baseCurrency === 'string') scenario.changeBaseCurrency(body.baseCurrency);
        for (const [target, behaviour] of Object.entries(child(body, 'writes') ?? {})) {
          if (!isWriteBehaviour(behaviour))
            throw new Unclear(`Books ${WRITE_BEHAVIOURS.join(', ')}, not ${String(behaviour)}`);
          scenario.writes.set(target, behaviour);
        }
        if ('lockedUntil' in body) scenario.writes.lockedUntil = text(body, 'lockedUntil') || null;
        if (typeof body.deactivateUser === 'string') scenario.deactivateUser(body.deactivateUser);
        const role = child(body, 'changeRole');
        if (role) scenario.changeRole(text(role, 'userId'), text(role, 'roleId'));
        const profile = child(body, 'changeProfile');
        if (profile) scenario.changeProfile(text(profile, 'userId'), text(profile, 'profileId'));
        return inForce();
      }),
    ),
    http.post('*/__sandbox/revoke', ({ request }) =>
      carriedOut(request, (body) => {
        scenario.revoke(text(body, 'userId'));
        return HttpResponse.json({ revoked: text(body, 'userId') });
      }),
    ),
    http.post('*/__sandbox/books', ({ request }) =>
      carriedOut(request, (body) => {
        editInBooks(body, booksEdits);
        return HttpResponse.json({ edited: text(body, 'id') });
      }),
    ),
    http.post('*/__sandbox/crm', ({ request }) =>
      carriedOut(request, (body) => {
        editInCrm(body, crmEdits);
        return HttpResponse.json({ edited: text(body, 'id') });
      }),
    ),
    http.get('*/__sandbox/exchanges', () => {
      const calls = exchanges.list();
      return HttpResponse.json({
        total: calls.length,
        services: Object.fromEntries(
          SERVICES.map((service) => [service, calls.filter((call) => call.service === service).length]),
        ),
        counts: exchanges.counts(),
        unknown: calls.filter(({ unknown }) => unknown).map(({ method, path }) => `${method} ${path}`),
      });
    }),
    http.delete('*/__sandbox/exchanges', () => {
      exchanges.reset();
      return HttpResponse.json({ total: 0 });
    }),
  ];
}

function parsed(body: string): Wire {
  const value: unknown = JSON.parse(body || '{}');
  if (!isWire(value)) throw new Unclear('Send a JSON object');
  return value;
}

const texts = (value: unknown): readonly string[] | null => (Array.isArray(value) ? value.map(String) : null);

const isFault = (answer: unknown): answer is Fault => (FAULTS as readonly unknown[]).includes(answer);
const isService = (service: string): service is Service => SERVICES.includes(service);

function ruleOf(value: unknown): ScenarioRule {
  const match = isWire(value) ? child(value, 'match') : undefined;
  if (!isWire(value) || !match || !isFault(value.answer)) {
    throw new Unclear(
      `A rule is { match: { service?, path?, method? }, times?, answer }; answers: ${FAULTS.join(', ')}`,
    );
  }
  const [service, path, method] = [text(match, 'service'), text(match, 'path'), text(match, 'method')];
  new RegExp(path); // says what is wrong with it
  return {
    match: {
      ...(isService(service) ? { service } : {}),
      ...(path === '' ? {} : { path }),
      ...(method === '' ? {} : { method }),
    },
    answer: value.answer,
    ...(typeof value.times === 'number' ? { times: value.times } : {}),
    ...(typeof value.delayMs === 'number' ? { delayMs: value.delayMs } : {}),
    ...(typeof value.location === 'string' ? { location: value.location } : {}),
  };
}
