import { LRUCache } from 'lru-cache';
import type { Audit } from '../audit/audit.ts';
import { Problem } from '../contract/problem.ts';
import type { Database } from '../store/database.ts';
import { alwaysRead, type Unchanged } from '../store/unchanged.ts';
import type { Crm, CrmUser } from '../zoho/crm/crm.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { Caller } from './caller.ts';
import type { Install } from './install.ts';
import { findInstall } from './installs.ts';
import type { Sessions, VerifiedSession } from './session.ts';
import { endOne } from './session-ends.ts';
import type { UserGrants } from './user-grant.ts';

/** How long CRM's word on a person is believed; also the delay until a deactivated user is out. */
const BELIEVED_MS = 60_000;

/** What CRM said of somebody, and when it was asked. */
interface Known {
  readonly user: CrmUser;
  readonly at: number;
}

interface Needs {
  readonly database: Database;
  readonly sessions: Sessions;
  readonly userGrants: UserGrants;
  readonly crmFor: (person: { install: Install; crmUserId: string }) => Crm;
  readonly clock: () => Date;
  readonly unchanged?: Unchanged;
  readonly audit: Pick<Audit, 'record'>;
}

/**
 * Who is asking. The token only says who signed in; role, profile and whether they are still admitted come from CRM
 * by their own token.
 *
 * @param asked.how `now` asks CRM afresh, for whatever changes something
 * @param asked.onVerified called once the token is known to be genuine and before CRM is asked; what it throws is thrown
 * @throws Problem `session.missing`, `session.ended`, `sign_in.user_not_admitted`, `install.disabled`
 * @throws ZohoTrouble when CRM cannot be asked: never the last known role
 */
export type Identify = (
  authorization: string | undefined,
  asked: {
    readonly how: 'now' | undefined;
    /** Whoever is none of these is served by an install that is switched on only. */
    readonly administers: boolean;
    readonly onVerified: (session: VerifiedSession) => Promise<void>;
  },
) => Promise<Caller>;

export function createIdentify(needs: Needs): Identify {
  const { database, sessions, userGrants, crmFor, clock, audit, unchanged = alwaysRead } = needs;
  const known = new LRUCache<string, Known>({ max: 5_000 });
  const asking = new Map<string, Promise<Known>>();

  async function crmUser(install: Install, crmUserId: string, how?: 'now'): Promise<Known> {
    const key = `${install.id}:${crmUserId}`;
    const has = known.get(key);
    if (!how && has && clock().getTime() - has.at < BELIEVED_MS) return has;
    const underWay = asking.get(key);
    if (!how && underWay) return underWay;
    const at = clock().getTime();
    const asked = crmFor({ install, crmUserId })
      .currentUser()
      .then((user) => {
        const told = { user, at };
        known.set(key, told);
        return told;
      })
      .finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  }

  return async (authorization, { how, administers, onVerified }) => {
    const session = await sessions.verify(authorization);
    await onVerified(session);
    const { installId } = session;
    const install = await unchanged(`install|${installId}`, () => findInstall(database, installId));
    if (!install || session.subject !== `zcrm:${install.dataCentre}:${install.zgid}:${session.crmUserId}`) {
      throw new Problem('session.ended');
    }
    // Nobody is asked anything any more, CRM included.
    if (!administers && (install.state === 'disabled' || install.state === 'uninstalling'))
      throw new Problem('install.disabled');
    const { user, at } = await crmUser(install, session.crmUserId, how).catch(async (cause: unknown) => {
      // The consent is gone, so nothing can be checked for this person any more.
      if (cause instanceof ZohoTrouble && cause.kind === 'revoked')
        await userGrants.end({ installId: install.id, crmUserId: session.crmUserId }, 'consent_lost');
      throw cause;
    });
    if (user.id !== session.crmUserId) {
      await endOne({ database, audit }, { session: { id: session.sessionId }, why: 'another_person' });
      throw new Problem('session.ended');
    }
    if (!user.admitted) {
      await userGrants.end({ installId: install.id, crmUserId: user.id }, 'user_not_admitted');
      throw new Problem('sign_in.user_not_admitted');
    }
    return callerOf(install, { user, at }, session);
  };
}

function callerOf(install: Install, { user, at }: Known, session: VerifiedSession): Caller {
  return {
    install,
    crmUserId: user.id,
    name: user.name,
    email: user.email,
    roleId: user.role.id,
    profileId: user.profile.id,
    administrator: install.administratorProfiles.has(user.profile.id),
    sessionId: session.sessionId,
    amr: session.amr,
    believedUntil: Math.min(session.endsAt, at + BELIEVED_MS),
    token: session.token,
  };
}
