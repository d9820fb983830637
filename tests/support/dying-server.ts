/**
 * A process of its own that keeps a ledger until it is killed. Told by the environment where its database and the local
 * Zoho are; says on standard output after each look whether anything is left to be read.
 */
import type { Install } from '../../server/identity/install.ts';
import { createLedger } from '../../server/ledger/create-ledger.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { createBooks } from '../../server/zoho/books/client.ts';
import { localDataCentre } from '../../server/zoho/data-centres.ts';
import type { Governor } from '../../server/zoho/governor.ts';
import { createTransport } from '../../server/zoho/transport.ts';

export interface Told {
  readonly database: { readonly folder: string } | { readonly url: string };
  readonly zoho: string;
  readonly token: string;
  readonly install: Omit<Install, 'administratorProfiles'>;
  /** The moment its clock stands at. */
  readonly now: string;
}

const told = JSON.parse(process.env.DYING_SERVER ?? '') as Told; // safe because a test wrote it
const { install: known, zoho } = told;
const install: Install = { ...known, administratorProfiles: new Set() };
const { books } = install;
if (!books) throw new Error('There is no Books');
const database =
  'url' in told.database
    ? await openPostgres(told.database.url, () => undefined)
    : await openPglite(told.database);
const began = Date.now();
const clock = (): Date => new Date(Date.parse(told.now) + Date.now() - began);
const connected = createBooks({
  transport: createTransport({ allowedOrigins: [zoho], onCall: () => undefined }),
  governor: { run: (_priority, call) => call(), heard: () => undefined } as Partial<Governor> as Governor, // safe because nothing more of it is used here
  dataCentre: localDataCentre(zoho),
  organisationId: books.organisationId,
  accessToken: async () => told.token,
  baseCurrency: books.currency,
});
const ledger = createLedger({
  database,
  booksFor: async () => connected,
  installs: async () => [install],
  mayBackfill: () => true,
  clock,
  onTrouble: (trouble) => process.stderr.write(`${String(trouble)}\n`),
});
process.stdout.write('ready\n');
for (;;) {
  await ledger.worker.tick(install);
  const { backfill, wanted } = await ledger.health(install);
  process.stdout.write(backfill.state === 'done' && wanted === 0 ? 'done\n' : 'looked\n');
  await new Promise((resolve) => setTimeout(resolve, 20));
}
