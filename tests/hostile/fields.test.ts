/** Numbers are those of the list of hostile tests the server must survive: 26–31, 33 and 34. */
import type { LightMyRequestResponse } from 'fastify';
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Wire } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { EXPECTED, type Shown, shownAt } from './expected-fields.ts';
import { DIRECTOR, fourPeople } from './four-people.ts';
import { codeOf, figuresOf, openWorld, type World } from './world.ts';

const DEAL = figuresOf('Deals', SMALL.deals.fitOut);
const DOCUMENTS = `/api/v1/records/Deals/${SMALL.deals.fitOut}/documents`;
const CANARY = '987654.32';

/** Members Zoho might add tomorrow, on everything it sends. */
const TOMORROW = {
  profit_margin: CANARY,
  cost_price: 987654.32,
  total_formatted: `$${CANARY}`,
  balance_formatted: `$${CANARY}`,
  custom_fields: [{ label: 'Margin', value: CANARY }],
  custom_field_hash: { cf_margin: CANARY },
  cf_margin: CANARY,
  billing_address: { attention: CANARY },
};

let world: World;
const tokens = new Map<string, string>();
const PEOPLE = { exact: SMALL.users.finance, sales: SMALL.users.rep, least: DIRECTOR } as const;
type Role = keyof typeof PEOPLE;
const ROLES = Object.keys(PEOPLE) as readonly Role[]; // safe because the keys are the type

beforeAll(async () => {
  const organisation = fourPeople();
  const everything: readonly Wire[] = [organisation.crm, organisation.books].flatMap((side) =>
    Object.values(side).flat(),
  );
  for (const wire of everything) {
    Object.assign(wire, TOMORROW);
    for (const line of Array.isArray(wire.line_items) ? wire.line_items : []) Object.assign(line, TOMORROW);
  }
  world = await openWorld(organisation);
  await world.install();
  for (const [role, userId] of Object.entries(PEOPLE))
    tokens.set(role, (await world.signIn(userId)).accessToken);
  for (const role of ROLES) {
    await as(role, DEAL);
    await world.quiet();
  }
});
afterAll(() => world.close());

const as = (
  role: Role,
  path: string,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> => world.ask('GET', path, { token: tokens.get(role), headers });

const withoutRequestId = ({ statusCode, headers, body }: LightMyRequestResponse) => {
  const { date: _, ...rest } = headers;
  return { statusCode, headers: rest, body: body.replace(/"requestId":"[^"]+"/, '"requestId":""') };
};

const figureNames = Object.keys(EXPECTED)
  .filter((path) => /^(figures|ladder)\./.test(path))
  .map((path) => path.split('.')[1] ?? '');

describe('fields', () => {
  test('26: each role receives what the table grants it, at that level, and no member beside it', async () => {
    for (const [at, role] of ROLES.entries()) {
      const deal = shownAt((await as(role, DEAL)).json());
      const { freshness, ...documents } = (await as(role, DOCUMENTS)).json() as Record<string, unknown>;
      const seen = new Map([...deal, ...shownAt({ documents, freshness })]);
      const granted = (name: string): Shown => EXPECTED[name]?.[at] ?? 'absent';
      for (const [name, shown] of seen) expect([role, name, shown]).toEqual([role, name, granted(name)]);
      const owed = Object.keys(EXPECTED).filter((name) => granted(name) !== 'absent' && !seen.has(name));
      expect([role, owed]).toEqual([role, []]);
    }
  });

  test('27: a browser that asks for more, or for another form, gets no more and no other form', async () => {
    for (const role of ROLES) {
      const plain = await as(role, DEAL);
      for (const query of [
        'fields=cost,margin',
        'include=all',
        'expand=documents',
        'format=raw',
        'level=exact',
      ]) {
        expect([query, (await as(role, `${DEAL}?${query}`)).body]).toEqual([query, plain.body]);
        expect([query, codeOf(await as(role, `${DOCUMENTS}?${query}`))]).toEqual([query, 'request.invalid']);
      }
      for (const accept of ['application/pdf', 'text/csv', 'text/html', 'application/xml']) {
        const answer = await as(role, DEAL, { accept });
        expect([accept, answer.body, answer.headers['content-type']]).toEqual([
          accept,
          plain.body,
          'application/json; charset=utf-8',
        ]);
      }
    }
  });

  test('28: sorting, filtering, searching or grouping by a hidden figure is refused like nonsense', async () => {
    const nonsense = withoutRequestId(await as('sales', `${DOCUMENTS}?sort=flavour`));
    expect([nonsense.statusCode, JSON.parse(nonsense.body).code]).toEqual([400, 'request.invalid']);
    for (const query of [
      'sort=balance',
      'sort=-total',
      'filter[balance_gt]=10',
      'q=total:>10',
      'group_by=total',
      'total=1080.00',
      'status=1080.00',
      'type=balance',
    ]) {
      for (const role of ROLES)
        expect([query, withoutRequestId(await as(role, `${DOCUMENTS}?${query}`))]).toEqual([query, nonsense]);
    }
  });

  test('29: what is hidden is not counted: not in totals, not in pages, not in an empty page', async () => {
    const counted = async (query: string) => {
      const { rows, total, page } = (await as('least', DOCUMENTS + query)).json() as {
        rows: unknown[];
        total: number;
        page: number;
      };
      return [rows.length, total, page];
    };
    for (const query of ['', '?type=invoice', '?type=expense', '?status=overdue', '?status=draft'])
      expect([query, await counted(query)]).toEqual([query, [0, 0, 1]]);
    for (const page of [2, 9999]) expect(await counted(`?page=${page}`)).toEqual([0, 0, page]);
    expect(((await as('exact', DOCUMENTS)).json() as { total: number }).total).toBeGreaterThan(5);
  });

  test('30: a refused question does the same work whatever it asks for, so its time tells nothing', async () => {
    const query = world.database.query;
    const counts = new Set<string>();
    let asked = 0;
    Object.assign(world.database, {
      query: (sql: string, values?: readonly unknown[]) => {
        asked += 1;
        return query.call(world.database, sql, values);
      },
    });
    try {
      for (const question of [
        'sort=date',
        'sort=balance',
        'sort=flavour',
        'filter[balance_gt]=1',
        'q=1080',
      ]) {
        for (let again = 0; again < 20; again += 1) {
          // Something has changed, so that nothing is answered from what was read for the question before.
          await query.call(world.database, 'update installs set id = id where false');
          asked = 0;
          const before = world.zoho.exchanges.list().length;
          await as('sales', `${DOCUMENTS}?${question}`);
          counts.add(`${asked} queries, ${world.zoho.exchanges.list().length - before} calls`);
        }
      }
    } finally {
      Object.assign(world.database, { query });
    }
    expect(counts.size).toBe(1);
    expect([...counts][0]).toMatch(/^[1-9]\d? queries, 0 calls$/);
  });

  test('31: a member Zoho adds tomorrow reaches nobody, and is not kept', async () => {
    for (const role of ROLES) {
      for (const path of [DEAL, DOCUMENTS, figuresOf('Accounts', SMALL.accounts.aster)])
        expect((await as(role, path)).body).not.toMatch(/987,?654|margin|cost|formatted|attention/i);
    }
    const kept = JSON.stringify(await world.database.query('select body from ledger_documents'));
    expect(kept).toContain('INV-000001');
    expect(kept).not.toContain('987654');
    expect(world.logs()).not.toContain('987654');
  });

  test('33: there is no ETag to compare, so what somebody richer saw is never confirmed', async () => {
    for (const path of [DEAL, DOCUMENTS]) {
      const rich = await as('exact', path);
      for (const role of ROLES) {
        const plain = await as(role, path);
        for (const tag of ['*', '"abc"', 'W/"abc"', String(rich.headers.etag)]) {
          const since = { 'if-none-match': tag, 'if-modified-since': world.now().toUTCString() };
          const asked = await as(role, path, since);
          expect([asked.statusCode, asked.body]).toEqual([200, plain.body]);
          expect([asked.headers.etag, asked.headers['last-modified']]).toEqual([undefined, undefined]);
          expect(asked.headers['cache-control']).toBe('no-store');
        }
      }
    }
  });

  test('34: no error names a figure, a member or a value, whatever Zoho quotes in its own', async () => {
    let quoting = true;
    const quote = { code: 2, message: `Invalid value ${CANARY} passed for balance of Aster Foods` };
    world.answerFirst(
      http.get('*/books/v3/*', () => (quoting ? HttpResponse.json(quote, { status: 400 }) : undefined)),
    );
    const bodies: string[] = [];
    await world.database.query('delete from ledger_customers');
    for (const role of ROLES) {
      const refused = await as(role, DEAL);
      expect(refused.statusCode).toBe(503);
      bodies.push(refused.body);
    }
    quoting = false;
    for (const path of [
      '/api/v1/nothing?balance=1',
      `${DOCUMENTS}?balance=${CANARY}`,
      figuresOf('balance', '1'),
    ])
      bodies.push((await as('sales', path)).body);
    for (const body of bodies) {
      expect(body).not.toMatch(/987,?654|Aster|Invalid value|at \/|\.ts/);
      for (const name of ['balance', 'total', ...figureNames]) expect(body).not.toContain(`"${name}"`);
      expect(Object.keys(JSON.parse(body)).sort()).toEqual(
        expect.arrayContaining(['code', 'requestId', 'status', 'title', 'type']),
      );
    }
    expect(world.logs()).not.toContain('987654');
  });
});
