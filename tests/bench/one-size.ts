/**
 * A process of its own for one size, so that its memory is its own: `one-size.ts <PostgreSQL> <documents>`. Prints
 * what it measured as JSON.
 */
import type { Database } from '../../server/store/database.ts';
import { openPostgres } from '../../server/store/postgres.ts';
import { createDice } from '../sandbox/demo/dice.ts';
import { amount, text } from '../sandbox/zoho-wire.ts';
import { createBooksLife } from '../support/books-life.ts';
import { openLedgerWorld } from '../support/ledger-world.ts';
import { accountOf, manyDocuments } from '../support/many-documents.ts';

export interface OneSize {
  readonly documents: number;
  /** Calls to Books for the same views, changes and passes. */
  readonly calls: number;
  /** Milliseconds a read took. */
  readonly readP50: number;
  readonly readP99: number;
  /** Megabytes of the process, after a collection. */
  readonly memory: number;
}

const CUSTOMERS = 60;
const INVOICES_EACH = 12;
const VIEWS = 4_000;
const OF_ONE_CUSTOMER = 60;
const MINUTE = 60_000;

/**
 * Documents of customers nobody looks at, as the ledger would have written them: a Zoho that holds half a million would
 * measure itself.
 */
async function addOthers(database: Database, documents: number): Promise<void> {
  await database.query(
    `insert into ledger_documents (install_id, organisation_id, type, document_id, customer_id, deal_id, body, read_at)
     select one.install_id, one.organisation_id, one.type, 'other' || n, 'other' || n / $2, null,
       one.body || jsonb_build_object('id', 'other' || n, 'customerId', 'other' || n / $2, 'net', one.body->'total'), one.read_at
     from (select * from ledger_documents where type = 'invoice' limit 1) one, generate_series(1, $1::int) n`,
    [documents, OF_ONE_CUSTOMER],
  );
  await database.query(
    `insert into ledger_customers (install_id, organisation_id, customer_id, body, crm_account_id, filled_at, rest_filled_at,
       read_lists, checked_at, ties)
     select one.install_id, one.organisation_id, 'other' || n, one.body || jsonb_build_object('id', 'other' || n), 'other' || n,
       one.filled_at, one.rest_filled_at, one.read_lists, now() + interval '10 years', true
     from (select * from ledger_customers where filled_at is not null limit 1) one, generate_series(0, $1::int / $2) n`,
    [documents, OF_ONE_CUSTOMER],
  );
  await database.query('analyze');
}

const [url = '', wanted = ''] = process.argv.slice(2);
const database = await openPostgres(url, () => undefined);
const world = await openLedgerWorld(
  manyDocuments({ customers: CUSTOMERS, invoicesEach: INVOICES_EACH }),
  database,
);
const ledger = world.server();
for (let before = -1; before !== 0; before = world.calls().length) {
  await ledger.worker.tick(world.install);
  world.later(MINUTE / 60);
}
const count = async (): Promise<number> =>
  Number((await database.query<{ n: string }>('select count(*) as n from ledger_documents'))[0]?.n);
await addOthers(database, Number(wanted) - (await count()));

const dice = createDice(11);
const life = createBooksLife(world.zoho);
const { invoices } = world.zoho.organisation.books;
const took: number[] = [];
let calls = 0;
for (let view = 0; view < VIEWS; view += 1) {
  const owner = { accountId: accountOf(dice.between(0, CUSTOMERS - 1)), contactsOfAccount: async () => [] };
  const began = performance.now();
  const answer = await ledger.read({ install: world.install, owner });
  took.push(performance.now() - began);
  if (answer.state !== 'linked') throw new Error('not linked');
  if (dice.chance(2)) {
    const due = invoices.filter((one) => amount(one, 'balance') > 0 && text(one, 'status') === 'sent');
    life.edit(dice.pick(due), 10);
  }
  world.later(5_000);
  if (view % 12 === 0) await ledger.worker.tick(world.install);
  calls += world.calls().length;
}
if (world.troubles.length > 0) throw new Error(String(world.troubles[0]));
globalThis.gc?.();
const ordered = took.sort((a, b) => a - b);
const at = (share: number): number => Math.round((ordered[Math.floor(VIEWS * share)] ?? 0) * 100) / 100;
const measured: OneSize = {
  documents: await count(),
  calls,
  readP50: at(0.5),
  readP99: at(0.99),
  memory: Math.round(process.memoryUsage().rss / 1_048_576),
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
await world.close();
await database.close();
