import { randomBytes } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import type {
  BooksOrganisations,
  ChangeState,
  ErasureAnswer,
  Lifecycle,
  SwitchOrganisation,
  Uninstall,
  Uninstalled,
} from '../contract/lifecycle.ts';
import { Problem } from '../contract/problem.ts';
import type { Administration } from '../identity/administration.ts';
import type { BooksGrants } from '../identity/books-grant.ts';
import type { Caller } from '../identity/caller.ts';
import type { Install } from '../identity/install.ts';
import { noteEnded } from '../identity/session-ends.ts';
import type { Database, Queries } from '../store/database.ts';
import {
  addErasure,
  doomTokens,
  dropErasure,
  erasureById,
  erasureOf,
  hastenErasure,
} from '../store/erasures.ts';
import {
  countInstallChange,
  lockInstallState,
  type StateRow,
  saveInstallState,
  shutDoors,
} from '../store/life-cycle.ts';
import type { BooksOrganisation } from '../zoho/books/books.ts';
import { certificateAnswer } from './certificate.ts';
import { createReadLifecycle } from './read-lifecycle.ts';

const DAY_MS = 86_400_000;
const ID_BYTES = 32;
/** On whose word an install is uninstalled without an administrator. */
const MARKETPLACE = 'marketplace';

export interface LifecycleNeeds {
  readonly database: Database;
  readonly administration: Pick<Administration, 'mustAdminister' | 'chooseOrganisation'>;
  readonly booksGrants: Pick<BooksGrants, 'state'>;
  readonly booksOrganisations: (install: Install) => Promise<readonly BooksOrganisation[]>;
  readonly audit: Pick<Audit, 'record' | 'flush'>;
  readonly clock: () => Date;
  /** Between uninstalling and erasing. */
  readonly graceDays: number;
  /** Our origin. */
  readonly publicUrl: string;
  readonly uninstallHook: (installId: string) => Promise<string>;
  /** Carries on behind the answer with what is to be revoked and erased. */
  readonly onUninstalled: () => void;
}

/**
 * The life of an install. Changes say which version they are based on, so of two administrators at once the later is
 * told.
 * @throws Problem `settings.not_administrator`, `lifecycle.changed_meanwhile`
 */
export interface LifecycleSettings {
  view(caller: Caller): Promise<Lifecycle>;
  change(caller: Caller, change: ChangeState): Promise<Lifecycle>;
  /** @throws Problem `lifecycle.not_confirmed` */
  uninstall(caller: Caller, asked: Uninstall): Promise<Uninstalled>;
  /**
   * The Marketplace says that the extension was removed. Whoever holds the address can say so, and in CRM that may be
   * more people than administrators; so it is believed as far as it can be taken back: reading and tokens end, nothing
   * is erased before the grace period is over.
   */
  uninstalledByMarketplace(installId: string): Promise<void>;
  organisations(caller: Caller): Promise<BooksOrganisations>;
  /** @throws Problem as `Administration.chooseOrganisation` */
  switchOrganisation(caller: Caller, asked: SwitchOrganisation): Promise<Lifecycle>;
  /** `null` when there is none by that id. */
  certificate(id: string): Promise<ErasureAnswer | null>;
}

export function createLifecycleSettings(needs: LifecycleNeeds): LifecycleSettings {
  const { database, administration, audit, clock, graceDays, publicUrl } = needs;
  const addressOf = (id: string): string => `${publicUrl}/certificates/${id}`;
  const read = createReadLifecycle({ ...needs, addressOf });

  /** The state as it is, locked, if the change was made from it. */
  async function basis(on: Queries, installId: string, basedOn: number): Promise<StateRow> {
    const now = await lockInstallState(on, installId);
    if (!now) throw new Problem('session.ended');
    if (now.version !== basedOn) throw new Problem('lifecycle.changed_meanwhile');
    return now;
  }

  const record = (on: Queries, installId: string, by: Caller | null, outcome: string): Promise<void> =>
    audit.record(on, installId, {
      action: 'install.changed',
      ...(by ? { who: by.crmUserId, amr: by.amr } : {}),
      subject: by ? 'settings/connection' : MARKETPLACE,
      outcome,
    });

  /** Ends everything but the data. @returns the id of the certificate to come */
  async function close(on: Queries, installId: string, by: Caller | null, dueAt: Date): Promise<string> {
    const at = clock();
    const who = by && { id: by.crmUserId, name: by.name };
    await saveInstallState(on, installId, { state: 'uninstalling', by: who, at });
    const id = randomBytes(ID_BYTES).toString('base64url');
    await addErasure(on, { id, installId, requestedAt: at, requestedBy: who?.id ?? null, dueAt });
    await doomTokens(on, installId, at);
    // sessions before the log, as everywhere: two who end the same ones never wait for each other
    const ended = await shutDoors(on, installId);
    await record(on, installId, by, 'uninstalling');
    await noteEnded(on, audit, ended, 'uninstalled');
    return id;
  }

  return {
    async view(caller) {
      await administration.mustAdminister(caller);
      return read(caller.install.id);
    },

    async change(caller, { basedOn, to }) {
      await administration.mustAdminister(caller);
      const { id } = caller.install;
      await database.transaction(async (on) => {
        const { state } = await basis(on, id, basedOn);
        if (state === to) return;
        const by = { id: caller.crmUserId, name: caller.name };
        await saveInstallState(on, id, { state: to, by, at: clock() });
        if (state === 'uninstalling') await dropErasure(on, id);
        await record(on, id, caller, to);
      });
      return read(id);
    },

    async uninstall(caller, { basedOn, confirm, erase }) {
      await administration.mustAdminister(caller);
      const { id, crmOrganisationName } = caller.install;
      if (folded(confirm) !== folded(crmOrganisationName)) throw new Problem('lifecycle.not_confirmed');
      const dueAt = new Date(clock().getTime() + (erase === 'now' ? 0 : graceDays * DAY_MS));
      // what people looked at before belongs in front of its end
      await audit.flush();
      const certificate = await database.transaction(async (on) => {
        const { state } = await basis(on, id, basedOn);
        if (state !== 'uninstalling') return close(on, id, caller, dueAt);
        await hastenErasure(on, id, dueAt);
        await countInstallChange(on, id);
        await record(on, id, caller, erase === 'now' ? 'erase_now' : 'erase_later');
        return (await erasureOf(on, id))?.id ?? '';
      });
      needs.onUninstalled();
      return { eraseAt: dueAt.toISOString(), certificate: addressOf(certificate) };
    },

    async uninstalledByMarketplace(installId) {
      await audit.flush();
      const dueAt = new Date(clock().getTime() + graceDays * DAY_MS);
      await database.transaction(async (on) => {
        const now = await lockInstallState(on, installId);
        if (now && now.state !== 'uninstalling') await close(on, installId, null, dueAt);
      });
      needs.onUninstalled();
    },

    async organisations(caller) {
      await administration.mustAdminister(caller);
      const listed = await needs.booksOrganisations(caller.install);
      return {
        organisations: listed.map(({ id, name, currency, timeZone }) => ({ id, name, currency, timeZone })),
      };
    },

    async switchOrganisation(caller, { basedOn, organisationId }) {
      const { id } = caller.install;
      await administration.chooseOrganisation(caller, { organisationId }, async (on) => {
        await basis(on, id, basedOn);
      });
      return read(id);
    },

    async certificate(id) {
      const row = await erasureById(database, id);
      return row && certificateAnswer(row);
    },
  };
}

/** As somebody types it. */
const folded = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
