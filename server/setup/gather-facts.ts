import type { BooksGrants } from '../identity/books-grant.ts';
import type { Caller } from '../identity/caller.ts';
import type { ConnectedBooks, Install } from '../identity/install.ts';
import { BOOKS_SCOPES, LINK_SCOPES, missingScopes, SETUP_SCOPES } from '../identity/sign-in-scopes.ts';
import type { Database } from '../store/database.ts';
import { booksGrant, userGrant } from '../store/grants.ts';
import type { Crm, CrmModule } from '../zoho/crm/crm.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { Facts } from './pre-flight.ts';

/** Where the widgets are placed. */
const MODULES: readonly CrmModule[] = ['Accounts', 'Deals', 'Contacts'];

interface Needs {
  readonly database: Database;
  readonly crmFor: (person: { install: Install; crmUserId: string }) => Crm;
  readonly booksGrants: Pick<BooksGrants, 'state'>;
  /** Whether an organisation lets the connection in. @throws ZohoTrouble when Books does not say */
  readonly opensBooks: (install: Install, books: ConnectedBooks) => Promise<boolean>;
  readonly clock: () => Date;
}

/**
 * Asks CRM as the person who asks, and Books as the connection.
 * @throws ZohoTrouble when CRM does not even tell which organisation it is
 */
export async function gatherFacts(needs: Needs, { install, crmUserId }: Caller): Promise<Facts> {
  const { database, crmFor, booksGrants, clock } = needs;
  const crm = crmFor({ install, crmUserId });
  const { books } = install;
  const [standing, opens, own, state, granted] = await Promise.all([
    crm.standing(),
    Promise.all(MODULES.map(async (module) => [module, await moduleOpens(crm, module)] as const)),
    userGrant(database, { installId: install.id, crmUserId }),
    booksGrants.state(install.id),
    booksGrant(database, install.id),
  ]);
  const connected = state === 'good';
  const missing = connected ? missingScopes(BOOKS_SCOPES, granted?.scopes ?? []) : null;
  return {
    licence: standing.licence,
    crmCurrency: standing.currency,
    booksCurrency: books?.currency ?? null,
    modules: Object.fromEntries(opens),
    missingCrmScopes: own && missingScopes(SETUP_SCOPES, own.scopes),
    missingBooksScopes: missing && {
      reading: missing.filter((scope) => !LINK_SCOPES.includes(scope)),
      links: missing.filter((scope) => LINK_SCOPES.includes(scope)),
    },
    access: connected && books ? await accessTo(needs, install, books) : null,
    // a consent of another data centre is not taken over, see `BooksConsents`
    dataCentre: { crm: install.dataCentre, books: connected ? install.dataCentre : null },
    secondsAhead: standing.zohoTime && (clock().getTime() - standing.zohoTime.getTime()) / 1_000,
  };
}

/** `null` when CRM does not say, be it for a missing scope. */
const moduleOpens = (crm: Crm, module: CrmModule): Promise<boolean | null> =>
  crm.opensModule(module).catch((cause: unknown) => {
    if (cause instanceof ZohoTrouble) return null;
    throw cause;
  });

async function accessTo(
  { opensBooks }: Needs,
  install: Install,
  books: ConnectedBooks,
): Promise<Facts['access']> {
  try {
    return (await opensBooks(install, books)) ? 'open' : 'refused';
  } catch (cause) {
    if (cause instanceof ZohoTrouble) return 'untold';
    throw cause;
  }
}
