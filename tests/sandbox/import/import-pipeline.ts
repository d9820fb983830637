import { join } from 'node:path';
import type { ProductFacts } from '../demo/crm-setup-wire.ts';
import type { AccountFacts, DealFacts, Stage } from '../demo/crm-wire.ts';
import { crmId } from '../demo/ids.ts';
import { PEOPLE, type Person, person, type RolePlan } from '../demo/people.ts';
import { type Day, daysAfter, daysBetween } from '../demo/plain-day.ts';
import type { Organisation } from '../organisation.ts';
import { type Row, readCsv } from './csv.ts';
import { type Imported, importedOrganisation } from './imported-organisation.ts';

/** Last close date of the file: it becomes today. */
export const PIPELINE_ENDS: Day = '2017-12-31';
/** First engage date of the file. */
const PIPELINE_BEGINS: Day = '2016-10-20';

/** The file's words for a stage, and ours. Engaged prospects are past the first questions, prospecting ones are not. */
const STAGE_OF: Readonly<Record<string, Stage>> = {
  Prospecting: 'Qualification',
  Engaging: 'Needs Analysis',
  Won: 'Closed Won',
  Lost: 'Closed Lost',
};

/** The central office is the one region the demo's own roles do not have. */
const ROLES: readonly RolePlan[] = [
  { name: 'Sales Manager Central', reportsTo: 'Sales Director' },
  { name: 'Sales Representative Central', reportsTo: 'Sales Manager Central' },
  { name: 'Sales Representative East', reportsTo: 'Sales Manager East' },
];

/** Numbers above those of other imports, so that sets can share an organisation. */
const FIRST_ACCOUNT = 5001;
const FIRST_DEAL = 50_001;
const FIRST_PRODUCT = 501;
const FIRST_PERSON = 101;

const ACCOUNT_COLUMNS = ['account', 'sector', 'office_location'] as const;
const PRODUCT_COLUMNS = ['product', 'series', 'sales_price'] as const;
const TEAM_COLUMNS = ['sales_agent', 'manager', 'regional_office'] as const;
const DEAL_COLUMNS = [
  'opportunity_id',
  'sales_agent',
  'product',
  'account',
  'deal_stage',
  'engage_date',
  'close_date',
  'close_value',
] as const;

type DealRow = Row<(typeof DEAL_COLUMNS)[number]>;

/**
 * The sales-pipeline set: 85 accounts and 8,800 deals owned by the agents who worked them. Dates move by whole days
 * so that the file's last day becomes `today`. Open deals have no amount, as in the file; a deal without an account
 * stays without one.
 *
 * @param dataDir the folder that holds `crm/`
 * @throws when a file or one of its columns is missing
 */
export function importPipeline(dataDir: string, today: string): Organisation {
  const set = pipelineOf(dataDir, today);
  return importedOrganisation([set], { name: 'Imported pipeline', today, repId: busiestOwner(set.deals) });
}

export function pipelineOf(dataDir: string, today: string): Imported {
  const shift = daysBetween(PIPELINE_ENDS, today);
  const read = <Column extends string>(name: string, columns: readonly Column[]): Row<Column>[] =>
    readCsv(join(dataDir, 'crm', name), columns);
  const rows = read('sales_pipeline.csv', DEAL_COLUMNS);
  const people = peopleOf(read('sales_teams.csv', TEAM_COLUMNS));
  const byName = new Map(people.map((one) => [one.name, one]));
  const ownerOf = (name: string): Person => byName.get(name) ?? PEOPLE.ceo;
  const since = daysAfter(PIPELINE_BEGINS, shift);

  const agents = mainAgents(rows);
  const accounts = read('accounts.csv', ACCOUNT_COLUMNS).map(
    ({ account, sector, office_location }, at): AccountFacts => ({
      id: crmId('account', FIRST_ACCOUNT + at),
      name: account,
      owner: ownerOf(agents.get(account) ?? ''),
      industry: sector === 'technolgy' ? 'technology' : sector,
      city: '',
      state: '',
      country: office_location,
      currency: 'USD',
      since,
    }),
  );
  const products = read('products.csv', PRODUCT_COLUMNS).map(
    ({ product, series, sales_price }, at): ProductFacts => ({
      id: crmId('product', FIRST_PRODUCT + at),
      name: product,
      code: product.toUpperCase().replaceAll(' ', '-'),
      category: series,
      price: Number(sales_price),
    }),
  );
  const make = dealMaker({ accounts, products, ownerOf, shift, today });
  return { accounts, books: [], deals: rows.map(make), products, items: [], people, roles: ROLES, since };
}

interface Known {
  readonly accounts: readonly AccountFacts[];
  readonly products: readonly ProductFacts[];
  readonly ownerOf: (agent: string) => Person;
  readonly shift: number;
  readonly today: Day;
}

function dealMaker({ accounts, products, ownerOf, shift, today }: Known) {
  const accountNamed = new Map(accounts.map(({ id, name }) => [name, { id, name }]));
  const productNamed = new Map(products.map(({ id, name }) => [name, { id, name }]));
  return (row: DealRow, at: number): DealFacts => {
    const stage = STAGE_OF[row.deal_stage];
    // the pipeline writes GTXPro where the price list has GTX Pro
    const product = productNamed.get(row.product === 'GTXPro' ? 'GTX Pro' : row.product);
    const account = row.account === '' ? null : accountNamed.get(row.account);
    if (!stage || !product || account === undefined)
      throw new Error(`Cannot place deal ${row.opportunity_id}`);
    // prospects were not engaged yet: they are as new as the file
    const created = row.engage_date === '' ? today : daysAfter(row.engage_date, shift);
    const closing = row.close_date === '' ? null : daysAfter(row.close_date, shift);
    return {
      id: crmId('deal', FIRST_DEAL + at),
      name: `${account?.name ?? 'No account'} – ${product.name} (${row.opportunity_id})`,
      owner: ownerOf(row.sales_agent),
      account,
      contact: null,
      stage,
      amount: row.close_value === '' ? null : Number(row.close_value),
      currency: 'USD',
      closing,
      created,
      modified: closing ?? created,
      product,
    };
  };
}

/** The 35 agents and their managers, each in the role of the region. */
function peopleOf(teams: readonly Row<(typeof TEAM_COLUMNS)[number]>[]): Person[] {
  const regionOf = new Map(teams.map(({ manager, regional_office }) => [manager, regional_office]));
  const managers = [...regionOf].map(([name, region], at) =>
    person(FIRST_PERSON + at, name, `Sales Manager ${region}`, 'Standard', {
      reportsTo: PEOPLE.director.name,
    }),
  );
  const agents = teams.map(({ sales_agent, manager, regional_office }, at) =>
    person(
      FIRST_PERSON + managers.length + at,
      sales_agent,
      `Sales Representative ${regional_office}`,
      'Standard',
      { reportsTo: manager },
    ),
  );
  return [...managers, ...agents];
}

/** Who has most deals on each account: the file does not say who owns it. */
function mainAgents(rows: readonly DealRow[]): Map<string, string> {
  const tally = new Map<string, Map<string, number>>();
  for (const { account, sales_agent } of rows) {
    const agents = tally.get(account) ?? new Map<string, number>();
    agents.set(sales_agent, (agents.get(sales_agent) ?? 0) + 1);
    tally.set(account, agents);
  }
  return new Map([...tally].map(([account, agents]) => [account, most(agents)]));
}

function busiestOwner(deals: readonly DealFacts[]): string {
  const tally = new Map<string, number>();
  for (const { owner } of deals) tally.set(owner.id, (tally.get(owner.id) ?? 0) + 1);
  return most(tally);
}

function most(tally: ReadonlyMap<string, number>): string {
  return [...tally].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as const)[0];
}
