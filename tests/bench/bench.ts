/**
 * `npm run bench`: sizes, counts of Zoho calls, and time to content beside a plain HTML page that makes the same
 * calls in the same run. Prints tables and writes `results.json` beside this file. Only ratios and counts are worth
 * comparing between machines.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { PEOPLE } from '../sandbox/demo/people.ts';
import { SHOWCASE } from '../sandbox/demo/showcase.ts';
import { ensureBrowser } from '../support/browser.ts';
import { person } from '../support/person.ts';
import { startProduct } from '../support/product.ts';
import { ROOT, runBinary } from '../support/run.ts';
import { panelBundleSize, panelSizeUntilFigures } from './bundle-size.ts';
import { callsPerView } from './calls-per-view.ts';
import { ledgerDay } from './ledger-day.ts';
import { mondayMorning } from './monday-morning.ts';
import { suggestionQualityBesidePeers } from './suggestion-quality.ts';
import { timeToContent } from './time-to-content.ts';
import { warmRequest } from './warm-request.ts';

if ((await runBinary('vite', 'vite', ['build', '--logLevel', 'warn'])) !== 0) process.exit(1);
await ensureBrowser();

const size = { 'named by panel.html': panelBundleSize(), 'until figures show': panelSizeUntilFigures() };
const suggestions = suggestionQualityBesidePeers();
const monday = await mondayMorning(200);
// Customers are a thirtieth of the day that is promised, views and changes all of it: passes cost the same for any number.
const daySize = { customers: 150, views: 6_000, comparisons: 60 };
const day = {
  'without webhooks': await ledgerDay(daySize, false),
  'with webhooks': await ledgerDay(daySize, true),
};
const warm = await warmRequest();
const product = await startProduct({ organisation: demoOrganisation() });
try {
  const finance = await person(product.server, PEOPLE.finance.id);
  const calls = {
    account: await callsPerView(product, finance, {
      module: 'Accounts',
      recordId: SHOWCASE.accounts.paysLate.accountId,
    }),
    deal: await callsPerView(product, finance, { module: 'Deals', recordId: SHOWCASE.deals.ladder.id }),
  };
  const content = await timeToContent(product, SHOWCASE.accounts.paysLate.accountId);

  process.stdout.write('\nPanel, first load (gzip bytes)\n');
  console.table(size);
  process.stdout.write('Zoho calls per view\n');
  console.table({
    'account, cold': calls.account.cold,
    'account, warm': calls.account.warm,
    'deal, cold': calls.deal.cold,
    'deal, warm': calls.deal.warm,
  });
  process.stdout.write('Time to content in Chromium, warm customer (ms; the ratio is what counts)\n');
  console.table(content);

  process.stdout.write(
    'Monday morning: everybody opens another panel within a minute (people, calls, seconds)\n',
  );
  console.table(monday);
  process.stdout.write(
    'A day after the backfill, without and with webhooks (calls to Books; seconds a view lacked a change; customers that differ from a full read)\n',
  );
  console.table(day);
  process.stdout.write(
    'A warm panel beside a bare node:http server that sends the same bytes (requests a second)\n',
  );
  console.table(warm);

  process.stdout.write(
    'Suggestions of documents for deals: the right one is first, or among three (shares; the second seed is the measure)\n',
  );
  console.table(suggestions);

  const results = join(ROOT, 'tests/bench/results.json');
  writeFileSync(results, `${JSON.stringify({ size, calls, content, suggestions, monday, warm }, null, 2)}\n`);
  process.stdout.write(`${results}\n`);
} finally {
  await product.stop();
}
