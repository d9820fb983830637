import { LRUCache } from 'lru-cache';
import { Problem } from '../contract/problem.ts';
import type { Database } from '../store/database.ts';
import { endSession } from '../store/sessions.ts';
import type { Crm, CrmUser } from '../zoho/crm/crm.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { Caller } from './caller.ts';
import type { Install } from './install.ts';
import { findInstall } from './installs.ts';
import type { Sessions } from './session.ts';
import type { UserGrants } from './user-grant.ts';

/** How long CRM's word on a person is believed; also the delay until a deactivated user is out. */
const BELIEVED_MS = 60_000;

interface Needs {
  readonly database: Database;
  readonly sessions: Sessions;
  readonly userGrants: UserGrants;
  readonly crmFor: (person: { install: Install; crmUserId: string }) => Crm;
  readonly clock: () => Date;
}

/**
 * Who is asking. The token only says who signed in; role, profile and whether they are still admitted come from CRM
 * by their own token.
 *
 * @throws Problem `session.missing`, `session.ended`, `sign_in.user_not_admitted`
 * @throws ZohoTrouble when CRM cannot be asked: never the last known role
 */
export type Identify = (authorization: string | undefined) => Promise<Caller>;

export function createIdentify({ database, sessions, userGrants, crmFor, clock }: Needs): Identify {
  const known = new LRUCache<string, { user: CrmUser; at: number }>({ max: 5_000 });
  const asking = new Map<string, Promise<CrmUser>>();

  async function crmUser(install: Install, crmUserId: string): Promise<CrmUser> {
    const key = `${install.id}:${crmUserId}`;
    const has = known.get(key);
    if (has && clock().getTime() - has.at < BELIEVED_MS) return has.user;
    const underWay = asking.get(key);
    if (underWay) return underWay;
    const at = clock().getTime();
    const asked = crmFor({ install, crmUserId })
      .currentUser()
      .then((user) => {
        known.set(key, { user, at });
        return user;
      })
      .finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  }

  return async (authorization) => {
    const session = await sessions.verify(authorization);
    const install = await findInstall(database, session.installId);
    if (!install || session.subject !== `zcrm:${install.dataCentre}:${install.zgid}:${session.crmUserId}`) {
      throw new Problem('session.ended');
    }
    const user = await crmUser(install, session.crmUserId).catch(async (cause: unknown) => {
      // The consent is gone, so nothing can be checked for this person any more.
      if (cause instanceof ZohoTrouble && cause.kind === 'revoked')
        await userGrants.end({ installId: install.id, crmUserId: session.crmUserId });
      throw cause;
    });
    if (user.id !== session.crmUserId) {
      await endSession(database, session.sessionId);
      throw new Problem('session.ended');
    }
    if (!user.admitted) {
      await userGrants.end({ installId: install.id, crmUserId: user.id });
      throw new Problem('sign_in.user_not_admitted');
    }
    return callerOf(install, user, session.sessionId);
  };
}

/** The rights of a person in an install; a role nobody has decided about gets the least. */
function callerOf(install: Install, user: CrmUser, sessionId: string): Caller {
  const administrator = install.administratorProfiles.has(user.profile.id);
  return {
    install,
    crmUserId: user.id,
    name: user.name,
    roleId: user.role.id,
    profileId: user.profile.id,
    template: administrator ? 'exact' : (install.roleTemplates.get(user.role.id) ?? 'least'),
    administrator,
    sessionId,
  };
}
