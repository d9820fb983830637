/** Numbers 43 to 45 of the list of hostile tests: texts that are made to be run, mistaken, or endless. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Customer360 } from '../../server/contract/customer-360.ts';
import { parseExactJson } from '../../server/zoho/exact-json.ts';
import { LinkedCustomer } from '../../widgets/panel/LinkedCustomer.tsx';
import type { Wire } from '../sandbox/organisation.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { ROOT } from '../support/run.ts';
import { codeOf, figuresOf, openWorld, type Person, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const SCRIPT = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>';

/** Looks like the finance role to a person, and is another one. */
const LOOKALIKES = [
  { id: '3652397000000200011', name: 'Finance Manager' },
  { id: '3652397000000200012', name: 'Financе Manager' }, // a Cyrillic е
  { id: '3652397000000200013', name: '\u202eFinance Manager\u202c' },
  { id: '3652397000000200014', name: 'Finance\u00a0Manager' },
];

let world: World;
let administrator: Person;
let finance: Person;
beforeAll(async () => {
  const organisation = smallOrganisation();
  const { crm, books, org } = organisation;
  Object.assign(org.crm, { company_name: SCRIPT });
  for (const account of crm.Accounts)
    Object.assign(account, {
      Account_Name: `${SCRIPT}${String(account.id)}`,
      Website: 'javascript:alert(3)',
    });
  for (const customer of books.contacts)
    Object.assign(customer, { contact_name: SCRIPT, website: 'javascript:alert(3)' });
  for (const invoice of books.invoices)
    Object.assign(invoice, { invoice_number: `=HYPERLINK("https://evil.example","${SCRIPT}")` });
  const [first] = crm.roles;
  for (const alike of LOOKALIKES) crm.roles.push({ ...first, ...alike });
  world = await openWorld(organisation);
  administrator = await world.install();
  finance = await world.signIn(SMALL.users.finance);
});
afterAll(() => world.close());

describe('texts', () => {
  test('43: what a name wants to run stays a name, in JSON, in our pages and in the panel', async () => {
    const answer = await world.ask('GET', ASTER, { token: finance.accessToken });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const told = Customer360.parse(answer.json());
    if (told.state !== 'linked') throw new Error('not linked');
    expect(told.customers[0]?.name).toBe(SCRIPT);
    expect(answer.body).not.toContain('javascript:');

    const { url } = await world.beginBooks(administrator.accessToken);
    const page = await world.ask('GET', url.replace(/^https?:\/\/[^/]+/, ''));
    expect(page.body).toContain('&#60;img src=x onerror=alert(1)&#62;');
    const panel = renderToStaticMarkup(
      createElement(LinkedCustomer, {
        answer: told,
        refresh: { running: false, finished: false, problem: null, nextAt: null },
        onRefresh: () => undefined,
      }),
    );
    expect(panel).toContain('&lt;img src=x onerror=alert(1)&gt;');
    for (const html of [page.body, panel]) {
      expect(html).not.toMatch(/<img|onerror=alert\(1\)>|javascript:|<script>/);
      expect(html.match(/<script\b[^>]*>/g) ?? []).toEqual(
        html === page.body ? ['<script src="/auth/assets/popup.js" defer>'] : [],
      );
    }
  });

  test('44: a role counts by its id: one that only looks like another gets the least', async () => {
    const template = async (): Promise<string> => {
      world.later(60_000);
      const { accessToken } = await world.signIn(SMALL.users.rep);
      const answer = await world.ask('GET', ASTER, { token: accessToken });
      return (answer.json() as { viewer: { template: string } }).viewer.template;
    };
    expect(await template()).toBe('sales');
    for (const { id } of LOOKALIKES) {
      world.zoho.scenario.changeRole(SMALL.users.rep, id);
      expect([id, await template()]).toEqual([id, 'least']);
    }
    world.zoho.scenario.changeRole(SMALL.users.rep, SMALL.roles.finance);
    expect(await template()).toBe('exact');
    world.zoho.scenario.changeRole(SMALL.users.rep, SMALL.roles.sales);
  });

  test('44: a word that only looks like one of ours is none', async () => {
    const admin = await world.signIn(SMALL.users.administrator, 'setup');
    const save = async (role: Wire): Promise<string | number> =>
      codeOf(
        await world.ask('PUT', '/api/v1/settings/roles', {
          token: admin.accessToken,
          body: { roles: [role] },
        }),
      );
    const id = SMALL.roles.sales;
    for (const role of [
      { id, template: 'ехact' }, // Cyrillic е and х
      { id, template: 'ｅｘａｃｔ' },
      { id, template: 'exact\u200b' },
      { id, template: 'EXACT' },
      { id, tеmplate: 'exact' }, // a Cyrillic е in the name of the member
      { id: '٣٦٥٢٣٩٧٠٠٠٠٠٠٢٠٠٠٠٣', template: 'exact' },
      { id: `${id}\u200f`, template: 'exact' },
      { id: LOOKALIKES[0]?.name, template: 'exact' },
    ])
      expect([role, await save(role)]).toEqual([role, 'request.invalid']);
    expect(await save({ id, template: 'sales' })).toBe(200);
  });

  test('45: endless texts are refused, and no pattern of the server can run away on one', async () => {
    const { accessToken } = await world.signIn(SMALL.users.finance);
    const long = [
      'a'.repeat(100_000),
      `${'a_'.repeat(50_000)}!`,
      `${'1'.repeat(100_000)}x`,
      ' '.repeat(100_000),
    ];
    for (const text of long) {
      const typed = encodeURIComponent(text);
      for (const path of [
        `/api/v1/records/Accounts/${SMALL.accounts.aster}/documents?status=${typed}`,
        `/api/v1/records/Accounts/${SMALL.accounts.aster}/documents?type=${typed}`,
        `/api/v1/records/Accounts/${SMALL.accounts.aster}/documents?page=${typed}`,
        figuresOf('Accounts', typed),
        `/widgets/${typed}.html`,
        `/auth/go?tx=${typed}`,
        `/auth/callback?state=${typed}&code=${typed}&location=${typed}&accounts-server=${typed}`,
      ])
        expect([400, 404, 414]).toContain((await world.ask('GET', path, { token: accessToken })).statusCode);
      for (const token of [text.trim(), `${text.trim()}.${text.trim()}.${text.trim()}`])
        expect((await world.ask('GET', ASTER, { token })).statusCode).toBe(401);
    }

    expect(['(a+)+$', '(?:x|[a-z]*)*', '((ab)*c*){2,}', '(.*,){9}z'].map(mayRunAway)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['^[a-z]{1,30}$', '(a+)?', '(\\.[0-9]{1,3})?', '[(+*]+\\)+', '(?:ab){1,3}'].map(mayRunAway),
    ).toEqual(Array(5).fill(false));
    const patterns = patternsIn('server');
    expect(patterns.length).toBeGreaterThan(40);
    // The one that repeats inside a repetition begins each round with a sign the inner part cannot take.
    expect(patterns.filter(({ pattern }) => mayRunAway(pattern)).map(({ file }) => file)).toEqual([
      'zoho/exact-json.ts',
    ]);
    const escapes = `{"a":"${'\\\\'.repeat(500_000)}`;
    for (const text of [escapes, `${escapes}\\`, `"${'\\"'.repeat(500_000)}`])
      expect(() => parseExactJson(text)).toThrow();
  });
});

/** Every pattern written out in the sources of a folder. */
function patternsIn(folder: string): readonly { file: string; pattern: string }[] {
  const literal =
    /(?<=[=(,:[!&|?]\s*|return\s)\/((?![*/])(?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/[dgimsuvy]*(?=[\s,;.)\]]|$)/gm;
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) =>
      [...readFileSync(join(ROOT, folder, name), 'utf8').matchAll(literal)].map(([, pattern = '']) => ({
        file: name,
        pattern,
      })),
    );
}

/** Whether a repeated group repeats something without end inside: the shape that takes exponential time to fail. */
function mayRunAway(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const open: { endless: boolean }[] = [{ endless: false }];
  for (let at = 0; at < bare.length; at += 1) {
    const repeats = /^(?:[+*]|\{\d+,?\d*\})/.exec(bare.slice(at + 1)) !== null;
    const sign = bare[at];
    if (sign === '(') open.push({ endless: false });
    if (sign === ')') {
      const inside = open.pop();
      if (inside?.endless && repeats) return true;
      const around = open.at(-1);
      if (around && (inside?.endless || repeats)) around.endless = true;
    }
    const around = open.at(-1);
    if (around && (sign === '+' || sign === '*')) around.endless = true;
  }
  return false;
}
