import {
  PolicyDocument,
  type PolicyHistory,
  type PolicyRule,
  type PolicyView,
  type PreviewQuery,
} from '../contract/policy.ts';
import { Problem } from '../contract/problem.ts';
import type { SavePolicy } from '../contract/save-policy.ts';
import type { Caller } from '../identity/caller.ts';
import type { Install } from '../identity/install.ts';
import { suggestedTemplate } from '../identity/suggested-template.ts';
import type { Database } from '../store/database.ts';
import { versionsOf } from '../store/versions.ts';
import { areAscending } from '../visibility/bands.ts';
import { FIGURE_IDS, inputsOf, madeOf } from '../visibility/figures.ts';
import { OF_ALL_DEALS } from '../visibility/policy.ts';
import type { Holder, InForce } from '../visibility/resolve.ts';
import { TEMPLATES } from '../visibility/templates.ts';
import type { Crm } from '../zoho/crm/crm.ts';
import type { BooksUsers } from './books-users.ts';
import type { Policies } from './policies.ts';

/** Versions told at once. */
const HISTORY = 50;

/**
 * What administrators do with the policy. Each of these asks CRM afresh whether the caller is one.
 * @throws Problem `settings.not_administrator`
 */
export interface PolicySettings {
  view(caller: Caller): Promise<PolicyView>;
  /** @throws Problem `request.invalid`, `policy.changed_meanwhile` */
  save(caller: Caller, save: SavePolicy): Promise<PolicyView>;
  history(caller: Caller): Promise<PolicyHistory>;
  /** The holder of a role and profile CRM has. @throws Problem `request.invalid` when it has not */
  holder(caller: Caller, as: PreviewQuery): Promise<Holder>;
}

type InCrm = Readonly<
  Record<'roles' | 'profiles', readonly { readonly id: string; readonly name: string }[]>
>;

interface Needs {
  readonly database: Database;
  readonly policies: Policies;
  readonly booksUsers: Pick<BooksUsers, 'state'>;
  readonly crmFor: (person: { install: Install; crmUserId: string }) => Crm;
  /** Profile ids of the administrators there are right now. */
  readonly mustAdminister: (caller: Caller) => Promise<readonly string[]>;
}

export function createPolicySettings(needs: Needs): PolicySettings {
  const { database, policies, booksUsers, crmFor, mustAdminister } = needs;

  async function inCrm(caller: Caller): Promise<InCrm> {
    const crm = crmFor(caller);
    const [roles, profiles] = await Promise.all([crm.roles(), crm.profiles()]);
    return { roles, profiles };
  }

  async function told(
    caller: Caller,
    { version, document }: InForce,
    { roles, profiles }: InCrm,
  ): Promise<PolicyView> {
    const books = await booksUsers.state(caller.install);
    return {
      version,
      document,
      roles: roles.map(({ id, name }) => ({ id, name, suggested: suggestedTemplate(name) })),
      profiles: profiles.map(({ id, name }) => ({ id, name })),
      templates: TEMPLATES,
      inputs: Object.fromEntries(
        FIGURE_IDS.map((figure) => [figure, [...inputsOf(figure)]]),
      ) as PolicyView['inputs'], // safe because the keys are figure ids
      madeOf: Object.fromEntries(FIGURE_IDS.map((figure) => [figure, [...madeOf(figure)]])),
      ofAllDeals: [...OF_ALL_DEALS],
      booksUsers: {
        readAt: books.readAt?.toISOString() ?? null,
        ...(books.trouble === null ? {} : { trouble: troubleOf(books.trouble) }),
      },
    };
  }

  return {
    async view(caller) {
      await mustAdminister(caller);
      return told(caller, await policies.inForce(caller.install), await inCrm(caller));
    },

    async save(caller, { basedOn, document }) {
      const administrators = await mustAdminister(caller);
      const { document: before } = await policies.inForce(caller.install);
      const crm = await inCrm(caller);
      mustMakeSense(document, before, crm);
      return told(caller, await policies.change(caller, { basedOn, document, administrators }), crm);
    },

    async history(caller) {
      await mustAdminister(caller);
      const rows = await versionsOf(database, 'policies', caller.install.id, HISTORY);
      return {
        versions: rows.map(({ version, at, byId, byName, document }) => ({
          version,
          at: at.toISOString(),
          by: { id: byId, name: byName },
          document: PolicyDocument.parse(document),
        })),
      };
    },

    async holder(caller, { role, profile }) {
      await mustAdminister(caller);
      const { roles, profiles } = await inCrm(caller);
      if (!roles.some(({ id }) => id === role) || !profiles.some(({ id }) => id === profile))
        throw new Problem('request.invalid');
      return { roleId: role, profileId: profile };
    },
  };
}

const troubleOf = (kind: string): 'refused' | 'unreachable' =>
  kind === 'unreachable' || kind === 'rate_limited' ? 'unreachable' : 'refused';

/**
 * What the form alone does not tell. Rules for roles and profiles that are gone from CRM may stay; new ones must name
 * what is there.
 * @throws Problem `request.invalid`
 */
function mustMakeSense(document: PolicyDocument, before: PolicyDocument, crm: InCrm): void {
  const roles = new Set([...crm.roles.map(({ id }) => id), ...before.rules.map(({ role }) => role)]);
  const profiles = new Set([
    ...crm.profiles.map(({ id }) => id),
    ...before.rules.map((rule) => rule.profile),
  ]);
  const isForSomebody = ({ role, profile }: PolicyRule): boolean =>
    (role !== undefined || profile !== undefined) &&
    (role === undefined || roles.has(role)) &&
    (profile === undefined || profiles.has(profile));
  if (!document.rules.every(isForSomebody) || !Object.values(document.bands).every(areAscending))
    throw new Problem('request.invalid');
}
