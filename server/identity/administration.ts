import type { Audit } from '../audit/audit.ts';
import type { InstallState } from '../contract/lifecycle.ts';
import { Problem } from '../contract/problem.ts';
import type { BooksRedeem, ChooseOrganisation, Settings, Template } from '../contract/settings.ts';
import { isTimeZone } from '../domain/calendar-day.ts';
import type { Database, Queries } from '../store/database.ts';
import { booksGrant } from '../store/grants.ts';
import { chosenOrganisation, saveAdministratorProfiles, saveBooksOrganisation } from '../store/installs.ts';
import { lockInstallState } from '../store/life-cycle.ts';
import type { BooksOrganisation } from '../zoho/books/books.ts';
import type { Crm } from '../zoho/crm/crm.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { BooksConsents } from './books-consent.ts';
import type { BooksGrants } from './books-grant.ts';
import type { Caller } from './caller.ts';
import type { ConnectedBooks, Install } from './install.ts';
import { findInstall } from './installs.ts';
import { suggestedTemplate } from './suggested-template.ts';

interface Needs {
  readonly database: Database;
  readonly crmFor: (person: { install: Install; crmUserId: string }) => Crm;
  readonly booksGrants: BooksGrants;
  readonly booksConsents: Pick<BooksConsents, 'redeem'>;
  /** Books organisations the install's connection can open. */
  readonly booksOrganisations: (install: Install) => Promise<readonly BooksOrganisation[]>;
  /** Whether a listed organisation lets the connection in. */
  readonly opensBooks: (install: Install, books: ConnectedBooks) => Promise<boolean>;
  readonly clock: () => Date;
  readonly audit: Pick<Audit, 'record' | 'write'>;
  /** Who sees what, as far as whole roles go. */
  readonly rolePolicy: {
    /** Role id → built-in set; a role not in here has no decision of its own. */
    templates(install: Install): Promise<ReadonlyMap<string, Template>>;
    /** @param administrators profile ids of CRM's administrators right now */
    assign(caller: Caller, roles: readonly RoleTemplate[], administrators: readonly string[]): Promise<void>;
  };
  /** Where Books may say that something changed. */
  readonly hookAddress: (install: Install) => Promise<string>;
  /** Called when another Books organisation is chosen. */
  readonly onOrganisation: (install: Install) => void;
}

/** Why Books is asked for nothing, as the problem it would be. */
const UNASKED: Partial<Record<InstallState, 'books.paused' | 'install.disabled' | 'install.uninstalling'>> = {
  paused: 'books.paused',
  disabled: 'install.disabled',
  uninstalling: 'install.uninstalling',
};

interface RoleTemplate {
  readonly id: string;
  readonly template: Template;
}

/**
 * What administrators may do. Each of these asks CRM afresh whether the caller is one right now.
 * @throws Problem `settings.not_administrator`
 */
export interface Administration {
  settings(caller: Caller): Promise<Settings>;
  /** @returns profile ids of all administrators there are right now */
  mustAdminister(caller: Caller): Promise<readonly string[]>;
  /**
   * @throws Problem `settings.unknown_organisation`, `settings.unknown_time_zone` while it has none we know,
   *   `settings.no_access`, `settings.changed_meanwhile`, `install.uninstalling`
   */
  chooseOrganisation(
    caller: Caller,
    choice: ChooseOrganisation,
    /** Part of the same transaction, before anything of it. */
    first?: (on: Queries) => Promise<void>,
  ): Promise<Settings>;
  /** @throws Problem `request.invalid` when CRM has no such role */
  assignRoles(caller: Caller, roles: readonly RoleTemplate[]): Promise<Settings>;
  /**
   * Connects Books by the consent of a popup this person opened; a choice it does not list any more is forgotten.
   * @throws Problem `sign_in.invalid`
   */
  connectBooks(caller: Caller, proof: BooksRedeem): Promise<void>;
}

export function createAdministration({
  database,
  crmFor,
  booksGrants,
  booksConsents,
  booksOrganisations,
  opensBooks,
  clock,
  audit,
  rolePolicy,
  hookAddress,
  onOrganisation,
}: Needs): Administration {
  async function administrators(caller: Caller): Promise<readonly string[]> {
    const found = await crmFor(caller)
      .administrators()
      .catch((cause: unknown) => {
        // Who may not even list administrators is none.
        if (cause instanceof ZohoTrouble && cause.kind === 'refused') return [];
        throw cause;
      });
    if (!found.some(({ id }) => id === caller.crmUserId)) {
      const code = 'settings.not_administrator';
      const { crmUserId: who, amr } = caller;
      await audit.write(caller.install.id, {
        action: 'settings.refused',
        who,
        amr,
        subject: 'settings',
        outcome: code,
      });
      throw new Problem(code);
    }
    return found.map(({ profileId }) => profileId);
  }

  async function current(caller: Caller): Promise<Install> {
    const install = await findInstall(database, caller.install.id);
    if (!install) throw new Problem('session.ended');
    return install;
  }

  async function read(caller: Caller): Promise<Settings> {
    const install = await current(caller);
    const [books, roles, templates] = await Promise.all([
      booksOf(install),
      crmFor(caller).roles(),
      rolePolicy.templates(install),
    ]);
    return {
      administrator: { name: caller.name },
      crm: { organisation: install.crmOrganisationName, baseCurrency: install.crmCurrency },
      books,
      roles: roles.map(({ id, name }) => {
        const template = templates.get(id);
        return template === undefined
          ? { id, name, template: 'least', suggested: suggestedTemplate(name), decided: false }
          : { id, name, template, decided: true };
      }),
    };
  }

  async function booksOf(install: Install): Promise<Settings['books']> {
    const state = await booksGrants.state(install.id);
    if (state === 'none') return { state: 'not_connected' };
    if (state !== 'good') return { state: 'reconnect', reason: state };
    if (!install.books) {
      const unasked = UNASKED[install.state];
      if (unasked) return { state: 'choose_organisation', organisations: [], unasked };
      try {
        return { state: 'choose_organisation', organisations: [...(await booksOrganisations(install))] };
      } catch (cause) {
        const lost =
          cause instanceof ZohoTrouble && (cause.kind === 'revoked' || cause.kind === 'unreadable');
        if (lost) return { state: 'reconnect', reason: cause.kind === 'revoked' ? 'revoked' : 'unreadable' };
        throw cause;
      }
    }
    const { organisationId: id, name, currency, timeZone } = install.books;
    const grant = await booksGrant(database, install.id);
    const connectedAt = (grant?.grantedAt ?? clock()).toISOString();
    return {
      state: 'connected',
      organisation: { id, name, currency, timeZone },
      connectedAt,
      hook: await hookAddress(install),
      ...((await booksGrants.mayLink(install.id)) ? {} : { reconnectToLink: true as const }),
    };
  }

  return {
    mustAdminister: administrators,

    async settings(caller) {
      await administrators(caller);
      return read(caller);
    },

    async chooseOrganisation(caller, { organisationId, instead }, first = async () => undefined) {
      const profileIds = await administrators(caller);
      const { install } = caller;
      const chosen = (await booksOrganisations(install)).find(({ id }) => id === organisationId);
      if (!chosen) throw new Problem('settings.unknown_organisation');
      const { name, currency, timeZone, plan } = chosen;
      // in some other zone, "today" and with it every overdue figure would be a day off, and nobody would see it
      if (!isTimeZone(timeZone)) throw new Problem('settings.unknown_time_zone');
      const books = { organisationId, name, currency, timeZone, plan };
      if (!(await opensBooks(install, books))) throw new Problem('settings.no_access');
      await database.transaction(async (on) => {
        await first(on);
        if ((await lockInstallState(on, install.id))?.state === 'uninstalling')
          throw new Problem('install.uninstalling');
        const before = await chosenOrganisation(on, install.id);
        if (instead !== undefined && before !== instead) throw new Problem('settings.changed_meanwhile');
        await saveBooksOrganisation(on, install.id, books, clock());
        await audit.record(on, install.id, {
          action: 'books.organisation_chosen',
          who: caller.crmUserId,
          amr: caller.amr,
          subject: `Books/${organisationId}`,
          outcome: 'chosen',
        });
      });
      await saveAdministratorProfiles(database, install.id, profileIds);
      onOrganisation(await current(caller));
      return read(caller);
    },

    async assignRoles(caller, roles) {
      const profileIds = await administrators(caller);
      const known = new Set((await crmFor(caller).roles()).map(({ id }) => id));
      const ids = new Set(roles.map(({ id }) => id));
      if (ids.size !== roles.length || roles.some(({ id }) => !known.has(id)))
        throw new Problem('request.invalid');
      await rolePolicy.assign(caller, roles, profileIds);
      return read(caller);
    },

    async connectBooks(caller, proof) {
      await administrators(caller);
      await booksConsents.redeem(caller, proof);
      const { install } = caller;
      // Somebody else may have chosen, connected or switched off since the caller's request began.
      const { id, books, state } = await current(caller);
      if (!books || state !== 'active') return;
      const { organisationId } = books;
      const judged = (await booksGrant(database, id))?.sealedRefreshToken;
      const listed = await booksOrganisations(install);
      if (listed.some((one) => one.id === organisationId)) return;
      await database.transaction(async (on) => {
        const isStill = (await chosenOrganisation(on, id)) === organisationId;
        if (!isStill || (await booksGrant(on, id))?.sealedRefreshToken !== judged) return;
        await saveBooksOrganisation(on, id, null, clock());
        await audit.record(on, id, {
          action: 'books.organisation_chosen',
          who: caller.crmUserId,
          amr: caller.amr,
          subject: `Books/${organisationId}`,
          outcome: 'dropped',
        });
      });
    },
  };
}
