import { LRUCache } from 'lru-cache';
import type { Audit } from '../audit/audit.ts';
import { PolicyDocument } from '../contract/policy.ts';
import { Problem } from '../contract/problem.ts';
import type { Caller } from '../identity/caller.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { saveAdministratorProfiles } from '../store/installs.ts';
import { addVersion, versionOf } from '../store/versions.ts';
import type { Policy } from '../visibility/policy.ts';
import {
  BASE_DOCUMENT,
  type Holder,
  type InForce,
  noMoreThanLeast,
  policyFor,
  policyOfAdministrator,
} from '../visibility/resolve.ts';
import type { BooksUsers } from './books-users.ts';

/** Who sees what in each organisation. */
export interface Policies {
  /** What somebody sees by the policy in force at this request, and by what they may see in Books. */
  of(caller: Caller): Promise<Policy>;
  /** What everybody of a role and profile sees who has no user in Books. */
  as(install: Install, holder: Holder): Promise<Policy>;
  inForce(install: Install): Promise<InForce>;
  /**
   * Puts a new version in force, at the next request of every server.
   * @param administrators profile ids of CRM's administrators right now; they see everything
   * @throws Problem `policy.changed_meanwhile` when `basedOn` is no longer in force
   */
  change(
    caller: Caller,
    change: InForceChange & { readonly administrators: readonly string[] },
  ): Promise<InForce>;
}

interface InForceChange {
  readonly basedOn: number;
  readonly document: PolicyDocument;
}

interface Needs {
  readonly database: Database;
  readonly booksUsers: Pick<BooksUsers, 'reachOf'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: () => Date;
}

export function createPolicies({ database, booksUsers, audit, clock }: Needs): Policies {
  // A version never changes, so what was read once stays true; which one is in force comes with the install.
  const documents = new LRUCache<string, PolicyDocument>({ max: 500 });
  /** What a version says of a holder stays true as well; one object each, so that others can tell it is the same. */
  const resolved = new WeakMap<PolicyDocument, Map<string, Policy>>();

  async function inForce({ id, policyVersion: version }: Install): Promise<InForce> {
    if (version === 0) return { version, document: BASE_DOCUMENT };
    const key = `${id}:${version}`;
    const known = documents.get(key);
    if (known) return { version, document: known };
    const row = await versionOf(database, 'policies', id, version);
    if (!row) throw new Problem('session.ended'); // the install is gone by now
    const document = PolicyDocument.parse(row.document);
    documents.set(key, document);
    return { version, document };
  }

  function once({ document }: InForce, name: string, make: () => Policy): Policy {
    const known = resolved.get(document) ?? new Map<string, Policy>();
    resolved.set(document, known);
    const policy = known.get(name) ?? make();
    known.set(name, policy);
    return policy;
  }

  const asHolder = (install: Install, holder: Holder, policy: InForce): Policy =>
    install.administratorProfiles.has(holder.profileId)
      ? once(policy, 'administrator', () => policyOfAdministrator(policy))
      : once(policy, nameOf(holder), () => policyFor(holder, policy));

  return {
    inForce,

    async as(install, holder) {
      return asHolder(install, holder, await inForce(install));
    },

    async of(caller) {
      const policy = await inForce(caller.install);
      const own = asHolder(caller.install, caller, policy);
      if (caller.administrator || !policy.document.cascadeFromBooks) return own;
      return (await booksUsers.reachOf(caller)) === 'part'
        ? once(policy, `${nameOf(caller)} in part`, () => noMoreThanLeast(own))
        : own;
    },

    async change(caller, { basedOn, document, administrators }) {
      const { install, crmUserId: who, name, amr } = caller;
      const version = basedOn + 1;
      await database.transaction(async (on) => {
        const added = await addVersion(on, 'policies', install.id, {
          basedOn,
          document,
          at: clock(),
          byId: who,
          byName: name,
        });
        if (!added) throw new Problem('policy.changed_meanwhile');
        await audit.record(on, install.id, {
          action: 'policy.changed',
          who,
          amr,
          subject: `policy/${version}`,
          outcome: 'saved',
          policyVersion: version,
        });
      });
      await saveAdministratorProfiles(database, install.id, administrators);
      return { version, document };
    },
  };
}

const nameOf = ({ roleId, profileId }: Holder): string => `${roleId} ${profileId}`;
