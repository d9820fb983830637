/** Number 36 of the list of hostile tests: amounts nobody else has, looked for everywhere a role can look, and below. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Organisation, Wire } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { DIRECTOR, fourPeople } from './four-people.ts';
import { METRICS_TOKEN, openWorld, type World } from './world.ts';

/**
 * Where amounts of Books may be kept: they are the ledger, and what a linked document was worth when it was last looked
 * at. Only `project()` takes anything from there to somebody.
 */
const LEDGER = ['ledger_customers', 'ledger_documents', 'seen_documents'];

const AMOUNTS = /amount|total|balance|limit|payment_made|rate|credits/;
const MONEY_LISTS = [
  'invoices',
  'customerpayments',
  'creditnotes',
  'estimates',
  'salesorders',
  'expenses',
  'contacts',
] as const;

let nth = 0;
/** 61,234.07 and up: six digits with cents, each once, near what it replaces so that the bands stay. */
const nextCanary = (): number => {
  nth += 1;
  return (6_123_407 + nth * 7_919) / 100;
};

/** Every amount in Books and every deal's amount becomes one of its own. */
function withCanaries(organisation: Organisation): readonly number[] {
  const canaries: number[] = [];
  const plant = (wire: Wire): void => {
    for (const [key, value] of Object.entries(wire)) {
      if (Array.isArray(value)) value.forEach(plant);
      else if (typeof value === 'number' && value > 1 && AMOUNTS.test(key) && key !== 'exchange_rate') {
        const canary = nextCanary();
        canaries.push(canary);
        wire[key] = canary;
      }
    }
  };
  for (const list of MONEY_LISTS) organisation.books[list].forEach(plant);
  for (const deal of organisation.crm.Deals) {
    const canary = nextCanary();
    canaries.push(canary);
    deal.Amount = canary;
  }
  return canaries;
}

/** As people and machines write it: 61234.07, 61,234.07, 61.234,07, 6123407, with spaces or apostrophes. */
function spellings(amount: number): readonly string[] {
  const [whole = '', cents = ''] = amount.toFixed(2).split('.');
  const grouped = (by: string): string => whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, by);
  return [
    `${whole}.${cents}`,
    `${whole},${cents}`,
    `${grouped(',')}.${cents}`,
    `${grouped('.')},${cents}`,
    `${grouped(' ')},${cents}`,
    `${grouped("'")}.${cents}`,
    `${whole}${cents}`,
    String(amount),
  ];
}

const foundIn = (text: string, amounts: readonly number[]): readonly string[] =>
  amounts.flatMap((amount) => spellings(amount).filter((spelling) => text.includes(spelling)));

let world: World;
let canaries: readonly number[];
const answers = new Map<string, string>();
beforeAll(async () => {
  const organisation = fourPeople();
  canaries = withCanaries(organisation);
  world = await openWorld(organisation);
  await world.install();
  const people = { finance: SMALL.users.finance, rep: SMALL.users.rep, director: DIRECTOR };
  for (const [name, userId] of Object.entries(people)) {
    const { accessToken: token } = await world.signIn(userId);
    const bodies: string[] = [];
    for (const { method, url, right } of world.app.declaredRights) {
      if (method === 'HEAD' || (right === 'public' && method !== 'GET')) continue;
      for (const path of pathsOf(url)) {
        const answer = await world.ask(method as 'GET', path, {
          token,
          ...(method === 'GET' ? {} : { body: {} }),
        });
        bodies.push(`${JSON.stringify(answer.headers)} ${answer.body}`);
        await world.quiet();
      }
    }
    answers.set(name, bodies.join('\n'));
  }
});
afterAll(() => world.close());

/** Every address of a route, over the records there are. */
function pathsOf(url: string): readonly string[] {
  if (!url.includes('/:module/')) return [url.replaceAll(/:\w+/g, SMALL.deals.fitOut)];
  return [
    ['Accounts', SMALL.accounts.aster],
    ['Accounts', SMALL.accounts.birch],
    ['Deals', SMALL.deals.fitOut],
    ['Contacts', SMALL.contacts.aster],
  ].map(([module = '', id = '']) =>
    url.replace(':module', module).replace(':recordId', id).replaceAll(/:\w+/g, '1'),
  );
}

describe('amounts nobody else has', () => {
  test('36: are in no answer to a role that may not see them, and finance does see them', () => {
    expect(canaries.length).toBeGreaterThan(25);
    for (const name of ['rep', 'director'])
      expect([name, foundIn(answers.get(name) ?? '', canaries)]).toEqual([name, []]);
    expect(foundIn(answers.get('finance') ?? '', canaries).length).toBeGreaterThan(10);
  });

  test('36: are in no line of the log, at any level, and in no metric', async () => {
    expect(world.logs()).toContain('asked Zoho');
    expect(foundIn(world.logs(), canaries)).toEqual([]);
    const { body } = await world.ask('GET', '/metrics', { token: METRICS_TOKEN });
    expect(body).toContain('# TYPE');
    expect(foundIn(body, canaries)).toEqual([]);
    for (const name of ['Aster', 'Birch', SMALL.accounts.aster, SMALL.users.rep])
      expect(body).not.toContain(name);
  });

  test('36: are in no table of the database but those of the ledger', async () => {
    const tables = await world.database.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    const holding: string[] = [];
    for (const { name } of tables) {
      const dump = JSON.stringify(await world.database.query(`select * from ${name}`));
      if (foundIn(dump, canaries).length > 0) holding.push(name);
    }
    expect(holding.sort()).toEqual(LEDGER);
  });
});
