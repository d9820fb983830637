import { createWriteRules, type WriteRules } from './books/write-rules.ts';
import type { Organisation, Wire } from './organisation.ts';
import type { Service } from './zoho-exchanges.ts';
import { child, text } from './zoho-wire.ts';

export const FAULTS = [
  'http_500',
  'http_502',
  'timeout',
  'reset',
  'half_json',
  'html',
  '200_with_error',
  '429_minute',
  '429_day',
  '429_security',
  '429_concurrency',
  '204',
  'redirect',
  'slow',
  // the call is carried out, and its answer is lost on the way
  'lost',
  'done_then_502',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface ScenarioRule {
  readonly match: {
    readonly service?: Service;
    /** Regular expression, searched in the path. */
    readonly path?: string;
    readonly method?: string;
  };
  /** How often it strikes; absent: until the scenario is cleared. */
  readonly times?: number;
  readonly answer: Fault;
  /** For `slow`, in milliseconds. */
  readonly delayMs?: number;
  /** For `redirect`. */
  readonly location?: string;
}

interface Asked {
  readonly service: Service;
  readonly method: string;
  readonly path: string;
}

/** How the local Zoho misbehaves. In a fresh scenario it does not. */
export interface Scenario {
  add(rule: ScenarioRule): void;
  clear(): void;
  /** Rules still in force, with the strikes left. */
  rules(): readonly ScenarioRule[];
  /** The rule that strikes this call, counted as used. */
  take(asked: Asked): ScenarioRule | undefined;
  /** Whether the next call like this is cut off, not counted: the HTTP server cuts before any answer exists. */
  next(asked: Asked): Fault | undefined;
  /** Records changed within so many seconds are not found by CRM's search yet. */
  searchLagSeconds: number;
  /** How long each CRM and Books call is in process; with 0 calls hardly ever overlap. */
  latencyMs: number;
  /** Zoho's limits on token calls; false lets tests sign in without end. */
  tokenLimits: boolean;
  /** Scopes Zoho leaves out of whatever is consented to. */
  refusedScopes: readonly string[];
  /** Books organisations that are listed and let nobody in. */
  closedOrganisations: readonly string[];
  /** How far CRM's clock is ahead, as its answers tell the time. */
  clockAheadSeconds: number;
  /** @param paidType as CRM's licence names it, e.g. `standard` */
  changeEdition(paidType: string): void;
  /** CRM's own currency from now on. */
  changeBaseCurrency(code: string): void;
  /** What Books does with changes to its documents. */
  readonly writes: WriteRules;
  /** Ends all grants of the user, as "Connected apps → Remove" does. @throws for an unknown user */
  revoke(userId: string): void;
  deactivateUser(userId: string): void;
  changeRole(userId: string, roleId: string): void;
  changeProfile(userId: string, profileId: string): void;
}

export function createScenario(ask: {
  organisation: Organisation;
  endGrants: (userId: string) => void;
}): Scenario {
  const { users, roles, profiles } = ask.organisation.crm;
  const { crm: crmOrganisation } = ask.organisation.org;
  let rules: { rule: ScenarioRule; left: number }[] = [];
  const one = (among: readonly Wire[], id: string): Wire => {
    const found = among.find((wire) => text(wire, 'id') === id);
    if (!found) throw new Error(`The organisation has no ${id}`);
    return found;
  };
  const striking = ({ service, method, path }: Asked) =>
    rules.find(
      ({ rule: { match }, left }) =>
        left > 0 &&
        (!match.service || match.service === service) &&
        (!match.method || match.method.toUpperCase() === method) &&
        (!match.path || new RegExp(match.path).test(path)),
    );
  const named = (wire: Wire): Wire => ({ id: text(wire, 'id'), name: text(wire, 'name') });
  return {
    add: (rule) => {
      rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      rules = [];
    },
    rules: () =>
      rules
        .filter(({ left }) => left > 0)
        .map(({ rule, left }) => (Number.isFinite(left) ? { ...rule, times: left } : rule)),
    take(asked) {
      const found = striking(asked);
      if (found) found.left -= 1;
      return found?.rule;
    },
    next: (asked) => striking(asked)?.rule.answer,
    searchLagSeconds: 0,
    latencyMs: 0,
    tokenLimits: true,
    refusedScopes: [],
    closedOrganisations: [],
    clockAheadSeconds: 0,
    changeEdition(paidType) {
      const before = child(crmOrganisation, 'license_details') ?? {};
      crmOrganisation.license_details = { ...before, paid: paidType !== 'free', paid_type: paidType };
    },
    changeBaseCurrency(code) {
      crmOrganisation.iso_code = code;
    },
    writes: createWriteRules(),
    revoke(userId) {
      one(users, userId);
      ask.endGrants(userId);
    },
    deactivateUser(userId) {
      one(users, userId).status = 'inactive';
    },
    changeRole(userId, roleId) {
      one(users, userId).role = named(one(roles, roleId));
    },
    changeProfile(userId, profileId) {
      one(users, userId).profile = named(one(profiles, profileId));
    },
  };
}
