/**
 * `npm run bench`: sizes, counts of Zoho calls, and time to content beside a plain HTML page that makes the same
 * calls in the same run. Prints tables and writes `results.json` beside this file. Only ratios and counts are worth
 * comparing between machines. `npm run bench -- day warm` runs these parts alone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from '../../server/store/postgres.ts';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import { ensureBrowser } from '../support/browser.ts';
import { killedServers } from '../support/killed-servers.ts';
import { person } from '../support/person.ts';
import { type Product, startProduct } from '../support/product.ts';
import { ROOT, runBinary } from '../support/run.ts';
import { startTestPostgres } from '../support/test-postgres.ts';
import { panelBundleSize, panelSizeUntilFigures } from './bundle-size.ts';
import { callsPerView } from './calls-per-view.ts';
import { costOfSize } from './cost-of-size.ts';
import { ledgerDay } from './ledger-day.ts';
import { mondayMorning } from './monday-morning.ts';
import { suggestionQualityBesidePeers } from './suggestion-quality.ts';
import { timeToContent } from './time-to-content.ts';
import { warmRequest } from './warm-request.ts';

interface Part {
  readonly title: string;
  readonly measure: () => Promise<unknown> | unknown;
}

// Customers are a thirtieth of the day that is promised, views and changes all of it: passes cost the same for any number.
const DAY = { customers: 150, views: 6_000, comparisons: 1_000 };

const PARTS: Readonly<Record<string, Part>> = {
  size: {
    title: 'Panel, first load (gzip bytes)',
    measure: async () => {
      await build();
      return { 'named by panel.html': panelBundleSize(), 'until figures show': panelSizeUntilFigures() };
    },
  },
  calls: {
    title: 'Zoho calls per view',
    measure: () =>
      withProduct(async (product) => {
        const finance = await person(product.server, PEOPLE.finance.id);
        const { accountId } = SHOWCASE.accounts.paysLate;
        const account = await callsPerView(product, finance, { module: 'Accounts', recordId: accountId });
        const recordId = SHOWCASE.deals.ladder.id;
        const deal = await callsPerView(product, finance, { module: 'Deals', recordId });
        return {
          'account, cold': account.cold,
          'account, warm': account.warm,
          'deal, cold': deal.cold,
          'deal, warm': deal.warm,
        };
      }),
  },
  content: {
    title: 'Time to content in Chromium, warm customer (ms; the ratio is what counts)',
    measure: () => withProduct((product) => timeToContent(product, SHOWCASE.accounts.paysLate.accountId)),
  },
  monday: {
    title: 'Monday morning: everybody opens another panel within a minute (people, calls, seconds)',
    measure: () => mondayMorning(200),
  },
  day: {
    title:
      'A day after the backfill, without and with webhooks (calls to Books; seconds a view lacked a change; customers that differ from a full read)',
    measure: async () => ({
      'without webhooks': await ledgerDay(DAY, false),
      'with webhooks': await ledgerDay(DAY, true),
      'with webhooks, two servers, one dies at noon': await ledgerDay({ ...DAY, servers: 2 }, true),
    }),
  },
  warm: {
    title: 'A warm panel beside a bare node:http server that sends the same bytes (requests a second)',
    measure: () =>
      onBoth(async (url) => warmRequest(url ? await openPostgres(url, () => undefined) : undefined)),
  },
  documents: {
    title:
      'The same views and changes on 5,000 and on 500,000 documents (PostgreSQL; milliseconds, megabytes, ratios)',
    measure: () => costOfSize(5_000, 500_000),
  },
  killed: {
    title:
      'Servers killed with SIGKILL at random moments of backfill and change feed, and what the ledger is in the end',
    measure: () =>
      onBoth((url) =>
        killedServers({
          kills: 200,
          customers: 40,
          invoicesEach: 40,
          withinMs: 500,
          seed: 6,
          ...(url ? { url } : {}),
        }),
      ),
  },
  suggestions: {
    title:
      'Suggestions of documents for deals: the right one is first, or among three (shares; the second seed is the measure)',
    measure: () => suggestionQualityBesidePeers(),
  },
};

/** On PGlite, and on PostgreSQL or why there is none here. */
async function onBoth<Result>(measure: (url: string | undefined) => Promise<Result>) {
  const embedded = await measure(undefined);
  const server = await startTestPostgres();
  if ('unavailable' in server) return { embedded, PostgreSQL: server.unavailable };
  try {
    return { embedded, PostgreSQL: await measure(server.url) };
  } finally {
    await server.stop();
  }
}

async function build(): Promise<void> {
  if ((await runBinary('vite', 'vite', ['build', '--logLevel', 'warn'])) !== 0) process.exit(1);
}

async function withProduct<Result>(measure: (product: Product) => Promise<Result>): Promise<Result> {
  await build();
  await ensureBrowser();
  const product = await startProduct({ organisation: demoOrganisation() });
  try {
    return await measure(product);
  } finally {
    await product.stop();
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.\n`);
  process.exit(1);
}
const results: Record<string, unknown> = {};
for (const [name, { title, measure }] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  results[name] = await measure();
  process.stdout.write(`\n${title}\n`);
  console.table(results[name]);
}
const file = join(ROOT, 'tests/bench/results.json');
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`${file}\n`);
