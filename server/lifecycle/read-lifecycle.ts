import type { Lifecycle } from '../contract/lifecycle.ts';
import { Problem } from '../contract/problem.ts';
import type { BooksGrants } from '../identity/books-grant.ts';
import type { Install } from '../identity/install.ts';
import { findInstall } from '../identity/installs.ts';
import type { Database } from '../store/database.ts';
import { erasureOf } from '../store/erasures.ts';
import { booksConnectedBy, installState } from '../store/life-cycle.ts';

interface Needs {
  readonly database: Database;
  readonly booksGrants: Pick<BooksGrants, 'state'>;
  readonly graceDays: number;
  readonly uninstallHook: (installId: string) => Promise<string>;
  /** Of a certificate. */
  readonly addressOf: (id: string) => string;
}

/** How an install and its connection stand, for its administrators. @throws Problem `session.ended` once it is gone */
export function createReadLifecycle({ database, booksGrants, graceDays, uninstallHook, addressOf }: Needs) {
  async function connectionOf(installId: string) {
    const connected = await booksConnectedBy(database, installId);
    return {
      connection: await booksGrants.state(installId),
      ...(connected ? { connectedAt: connected.at.toISOString() } : {}),
      ...(connected && connected.name !== null ? { connectedBy: connected.name } : {}),
    };
  }

  return async (installId: string): Promise<Lifecycle> => {
    const [install, now, erasure] = await Promise.all([
      findInstall(database, installId),
      installState(database, installId),
      erasureOf(database, installId),
    ]);
    if (!install || !now) throw new Problem('session.ended');
    const gone = now.state === 'uninstalling';
    const books = organisationOf(install);
    return {
      version: now.version,
      state: now.state,
      ...(now.at ? { since: now.at.toISOString() } : {}),
      ...(now.byName === null ? {} : { by: now.byName }),
      crm: {
        id: install.crmOrganisationId,
        organisation: install.crmOrganisationName,
        dataCentre: install.dataCentre,
      },
      ...(books ? { books: { ...books, ...(await connectionOf(installId)) } } : {}),
      graceDays,
      ...(erasure
        ? { erasure: { at: erasure.dueAt.toISOString(), certificate: addressOf(erasure.id) } }
        : {}),
      // asking for it makes one, and while uninstalling there is nothing to tell us any more
      ...(gone ? {} : { uninstallHook: await uninstallHook(installId) }),
    };
  };
}

function organisationOf({ books }: Install) {
  if (!books) return null;
  const { organisationId: id, name, currency, timeZone } = books;
  return { organisation: { id, name, currency, timeZone } };
}
