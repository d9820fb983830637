/** Numbers are those of the list of hostile tests the server must survive: 19–21 and 42. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type Person, type World } from './world.ts';

let world: World;
let rep: Person;
beforeAll(async () => {
  world = await openWorld();
  await world.install();
  rep = await world.signIn(SMALL.users.rep);
});
afterAll(() => world.close());

describe('records', () => {
  test('19: a foreign, an invisible and an absent record answer the same', async () => {
    const paths = [
      figuresOf('Accounts', SMALL.accounts.birch),
      figuresOf('Accounts', '3652397000000499999'),
      figuresOf('Accounts', '9999999000000400001'),
      figuresOf('Deals', SMALL.deals.birch),
      figuresOf('Deals', '9999999000000600001'),
      figuresOf('Contacts', SMALL.contacts.birch),
    ];
    const answers = await Promise.all(
      paths.map((path) => world.ask('GET', path, { token: rep.accessToken })),
    );
    const shapes = answers.map(({ statusCode, headers, json }) => {
      const { requestId, ...body } = json() as { requestId: string };
      const { date: _, ...rest } = headers;
      return { statusCode, body, idLength: requestId.length, headers: rest };
    });
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
    expect(shapes[0]?.statusCode).toBe(404);
    expect(codeOf(answers[0] ?? (await world.ask('GET', '/')))).toBe('record.not_found');
  });

  test('20: what is no id is refused before anything is asked of Zoho', async () => {
    const before = world.zoho.exchanges.list().length;
    const ids = [
      '..%2f',
      '%00',
      '1%2factions%2fshare',
      '1%3ffields=Cost',
      '1;2',
      '1e3',
      '-1',
      '9'.repeat(31),
      '%D9%A1%D9%A2',
      'id[]=1',
      '%7B%7D',
    ];
    for (const id of ids) {
      const answer = await world.ask('GET', figuresOf('Accounts', id), { token: rep.accessToken });
      expect([id, answer.statusCode]).toEqual([id, 400]);
    }
    for (const module of ['accounts', 'Leads', '__proto__', 'constructor', '..%2f..']) {
      const answer = await world.ask('GET', figuresOf(module, SMALL.accounts.aster), {
        token: rep.accessToken,
      });
      expect([module, answer.statusCode]).toEqual([module, 400]);
    }
    const walked = await world.ask('GET', `/api/v1/records/Accounts/1/actions/share`, {
      token: rep.accessToken,
    });
    expect(codeOf(walked)).toBe('request.not_found');
    expect(world.zoho.exchanges.list()).toHaveLength(before);
  });

  test("21: an organisation named by the browser is ignored; Books is asked for the install's only", async () => {
    const path = `${figuresOf('Accounts', SMALL.accounts.aster)}?organization_id=999&fields=cost&include=all`;
    const headers = { organization_id: '999', 'x-com-zoho-books-organizationid': '999' };
    const answer = await world.ask('GET', path, { token: rep.accessToken, headers });
    expect(answer.statusCode).toBe(200);
    const asked = world.zoho.exchanges
      .list('books')
      .map(({ url }) => new URL(url).searchParams.get('organization_id'));
    expect(new Set(asked.filter((id) => id !== null))).toEqual(new Set([SMALL.organisation]));
  });

  test('people see what CRM shows them, and only an administrator or finance sees amounts', async () => {
    const finance = await world.signIn(SMALL.users.finance);
    const exact = await world.ask('GET', figuresOf('Accounts', SMALL.accounts.aster), {
      token: finance.accessToken,
    });
    const sales = await world.ask('GET', figuresOf('Accounts', SMALL.accounts.aster), {
      token: rep.accessToken,
    });
    expect(exact.body).toContain('"580.00"');
    expect(sales.body).not.toContain('580.00');
    expect(sales.body).not.toContain('796.00');
  });
});
