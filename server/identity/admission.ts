import type { Audit } from '../audit/audit.ts';
import { Problem } from '../contract/problem.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { Database } from '../store/database.ts';
import { saveAdministratorProfiles, saveInstall } from '../store/installs.ts';
import type { Crm, CrmUser } from '../zoho/crm/crm.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import type { Install } from './install.ts';
import { findInstall, findTenant } from './installs.ts';

interface Ask {
  readonly database: Database;
  readonly crm: Crm;
  readonly dataCentre: DataCentre;
  readonly purpose: 'panel' | 'setup';
  /** Which organisation the page they came from says it belongs to, by `id` or `zgid`; `null` when it did not say. */
  readonly organisationHint: string | null;
  readonly now: Date;
  readonly audit: Pick<Audit, 'write'>;
}

/**
 * Whether the person whose token `crm` uses may sign in, and to which install. An administrator who sets up creates
 * the install; nobody else leaves a trace.
 *
 * @throws Problem `sign_in.other_organisation`, `sign_in.user_not_admitted`, `sign_in.not_installed`,
 *   `sign_in.not_administrator`; an organisation that has us installed finds the refusal in its audit log
 * @throws ZohoTrouble when CRM does not tell
 */
export async function admit({
  database,
  crm,
  dataCentre,
  purpose,
  organisationHint,
  now,
  audit,
}: Ask): Promise<{ install: Install; user: CrmUser }> {
  const [organisation, user] = await Promise.all([crm.organisation(), crm.currentUser()]);
  const tenant = await findTenant(database, { dataCentre: dataCentre.location, zgid: organisation.zgid });
  const refuse = async (code: ProblemCode): Promise<never> => {
    if (tenant) {
      const subject = `sign-in/${purpose}`;
      await audit.write(tenant.id, { action: 'session.refused', who: user.id, subject, outcome: code });
    }
    throw new Problem(code);
  };
  const { zgid, id: crmOrganisationId } = organisation;
  if (organisationHint !== null && ![zgid, crmOrganisationId].includes(organisationHint))
    return refuse('sign_in.other_organisation');
  if (!user.admitted) return refuse('sign_in.user_not_admitted');
  if (purpose === 'panel')
    return tenant && tenant.state !== 'uninstalling'
      ? { install: tenant, user }
      : refuse('sign_in.not_installed');

  const administrators = await crm.administrators();
  if (!administrators.some(({ id }) => id === user.id)) return refuse('sign_in.not_administrator');
  const id = await saveInstall(
    database,
    {
      dataCentre: dataCentre.location,
      zgid,
      crmOrganisationId,
      crmOrganisationName: organisation.name,
      crmCurrency: organisation.currency,
    },
    now,
  );
  await saveAdministratorProfiles(
    database,
    id,
    administrators.map(({ profileId }) => profileId),
  );
  const install = await findInstall(database, id);
  if (!install) throw new Error('The install vanished while it was made');
  return { install, user };
}
