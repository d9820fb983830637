import { type SetupServer, setupServer } from 'msw/node';
import type { CustomerBook, CustomerId } from '../../server/domain/documents.ts';
import type { Install, InstallId } from '../../server/identity/install.ts';
import { createLedger, type WholeLedger } from '../../server/ledger/create-ledger.ts';
import type { LedgerAnswer } from '../../server/ledger/ledger.ts';
import type { Database } from '../../server/store/database.ts';
import { saveBooksOrganisation, saveInstall } from '../../server/store/installs.ts';
import { type ConnectedOrganisation, createBooks } from '../../server/zoho/books/client.ts';
import { localDataCentre } from '../../server/zoho/data-centres.ts';
import type { Governor } from '../../server/zoho/governor.ts';
import { createTransport } from '../../server/zoho/transport.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { createZoho, type Zoho } from '../sandbox/zoho.ts';

const LOCAL_ZOHO = 'http://127.0.0.1:3601';

/** One server's ledger beside a local Zoho, with a clock that only moves when told to and no budget in between. */
export interface LedgerWorld {
  readonly zoho: Zoho;
  readonly install: Install;
  readonly database: Database;
  readonly now: () => Date;
  readonly later: (ms: number) => void;
  /** Calls to Books since the last time it was asked, as `GET /books/v3/invoices`. */
  readonly calls: () => readonly string[];
  readonly troubles: unknown[];
  /** Another server on the same database. */
  readonly server: (on?: Database) => WholeLedger;
  readonly books: ConnectedOrganisation;
  /** What a view of the account answers once nothing is read behind it any more. */
  readonly view: (ledger: WholeLedger, accountId: string) => Promise<LinkedAnswer>;
  /** A customer read afresh from Books, past everything that is stored. */
  readonly afresh: (id: string) => Promise<CustomerBook>;
  readonly close: () => Promise<void>;
}
type LinkedAnswer = Extract<LedgerAnswer, { state: 'linked' }>;

export async function openLedgerWorld(
  organisation: Organisation,
  database: Database,
  start = `${SMALL.today}T09:00:00.000Z`,
): Promise<LedgerWorld> {
  let nowMs = Date.parse(start);
  const now = (): Date => new Date(nowMs);
  const zoho = createZoho({
    organisation,
    clock: now,
    limits: { perMinute: 1e6, perDay: 1e6, concurrent: 100 },
  });
  zoho.booksLimits.reset();
  const network: SetupServer = setupServer(...zoho.handlers);
  network.listen({ onUnhandledRequest: 'error' });

  const [wire] = organisation.books.organizations;
  const books = {
    organisationId: String(wire?.organization_id),
    name: 'Books',
    currency: String(wire?.currency_code),
    timeZone: String(wire?.time_zone),
  };
  await database.query('truncate installs cascade');
  await database.query('delete from leases');
  const tenant = { dataCentre: 'local', zgid: '1', crmOrganisationId: '1', crmOrganisationName: 'Org' };
  const id = (await saveInstall(database, { ...tenant, crmCurrency: 'USD' }, now())) as InstallId; // safe because it was just made
  await saveBooksOrganisation(database, id, books, now());
  const install: Install = {
    ...tenant,
    id,
    crmCurrency: 'USD',
    books,
    policyVersion: 0,
    state: 'active',
    administratorProfiles: new Set(),
  };

  let asked: string[] = [];
  const troubles: unknown[] = [];
  const transport = createTransport({
    allowedOrigins: [LOCAL_ZOHO],
    onCall: ({ method, path }) => asked.push(`${method} ${path}`),
  });
  const administrator = organisation.crm.users[0];
  const consent = {
    userId: String(administrator?.id),
    clientId: 'x',
    redirectUri: '',
    scopes: ['ZohoBooks.fullaccess.all'],
    offline: false,
    again: false,
  };
  let token = zoho.grants.begin(consent, now()).access;
  const open = (): ConnectedOrganisation =>
    createBooks({
      transport,
      governor: { run: (_priority, call) => call(), heard: () => undefined } as Partial<Governor> as Governor, // safe because nothing more of it is used here
      dataCentre: localDataCentre(LOCAL_ZOHO),
      organisationId: books.organisationId,
      accessToken: async () => {
        if (token.expiresAt < nowMs + 60_000) token = zoho.grants.begin(consent, now()).access;
        return token.token;
      },
      baseCurrency: books.currency,
    });
  const connected = open();

  const view: LedgerWorld['view'] = async (ledger, accountId) => {
    const question = { install, owner: { accountId, contactsOfAccount: async () => [] } };
    for (let turn = 0; ; turn += 1) {
      const answer = await ledger.read(question);
      if (answer.state !== 'linked') throw new Error(`${accountId} is not linked`);
      // What only a pass can bring is read on until the test makes one.
      if (!answer.readingOn || turn === 100) return answer;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };

  return {
    zoho,
    install,
    database,
    now,
    later: (ms) => {
      nowMs += ms;
    },
    calls: () => {
      const since = asked;
      asked = [];
      return since;
    },
    troubles,
    server: (on = database) =>
      createLedger({
        database: on,
        booksFor: async () => connected,
        installs: async () => [install],
        mayBackfill: () => true,
        clock: now,
        onTrouble: (trouble) => troubles.push(trouble),
      }),
    books: connected,
    view,
    afresh: async (customerId) => {
      const { customer } = await connected.customer(customerId as CustomerId, 'background');
      const rows = async <Row>(list: Promise<{ readonly rows: readonly Row[] }>) => (await list).rows;
      return {
        customer,
        invoices: await rows(connected.invoices(customer, 'background')),
        payments: await rows(connected.payments(customer, 'background')),
        creditNotes: await rows(connected.creditNotes(customer, 'background')),
        creditNoteRefunds: await rows(connected.creditNoteRefunds(customer, 'background')),
        estimates: await rows(connected.estimates(customer, 'background')),
        salesOrders: await rows(connected.salesOrders(customer, 'background')),
        expenses: await rows(connected.expenses(customer, 'background')),
      };
    },
    close: async () => network.close(),
  };
}

/** Books' own words for an open invoice change overnight, without a trace; figures never look at them. */
const OPEN: readonly string[] = ['sent', 'viewed', 'unpaid', 'overdue', 'partially_paid'];

/** A book without what only documents' own pages tell, and in one order, for comparing. */
export function comparableBook(book: CustomerBook): unknown {
  const plain = (rows: readonly { readonly id: string }[] | null) =>
    rows &&
    [...rows]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((row) => ({
        ...row,
        ...('net' in row ? { net: 'apart' } : {}),
        ...('applications' in row ? { applications: 'apart' } : {}),
        ...('status' in row && 'balance' in row && OPEN.includes(String(row.status))
          ? { status: 'open' }
          : {}),
      }));
  const { customer, ...lists } = book;
  return {
    customer,
    ...Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, plain(rows)])),
  };
}
