/** Zoho's ten data centres: the table, and two organisations of two of them on one server and database. */

import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { LightMyRequestResponse } from 'fastify';
import { getResponse, HttpResponse, http } from 'msw';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Customer360 } from '../../server/contract/customer-360.ts';
import { DATA_CENTRES } from '../../server/zoho/data-centres.ts';
import { codeIn, codeOf, figuresOf, openWorld, type Person, refresh, type World } from '../hostile/world.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { createZoho, type Zoho } from '../sandbox/zoho.ts';
import { ROOT } from '../support/run.ts';

const REFERENCE = `${ROOT}/../shared/zoho/crm-api.md`;
const LIFE = '/api/v1/settings/lifecycle';
const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

const personIn = (answer: LightMyRequestResponse): Person => ({
  accessToken: (answer.json() as { accessToken: string }).accessToken,
  cookie: String(answer.cookies[0]?.value),
});

describe('the table', () => {
  test.skipIf(!existsSync(REFERENCE))('names the hosts of the reference, all ten, in its order', () => {
    const rows = [
      ...readFileSync(REFERENCE, 'utf8').matchAll(
        /^\| (\w\w) \| (accounts\.\S+) \| (www\.zohoapis\.\S+) \| (crm\.\S+) \|/gm,
      ),
    ].map(([, location, accounts, api, crm]) => ({
      location,
      accounts: `https://${accounts}`,
      api: `https://${api}`,
      crm: `https://${crm}`,
    }));
    expect(rows).toHaveLength(10);
    expect(DATA_CENTRES.map(({ books: _, ...hosts }) => hosts)).toEqual(rows);
  });

  test.each(DATA_CENTRES)(
    'keeps all hosts of $location under one ending',
    ({ accounts, api, crm, books }) => {
      const endingOf = (origin: string) =>
        new URL(origin).hostname.replace(/^(accounts|crm|books)\.zoho(cloud)?\./, '');
      const ending = endingOf(accounts);
      expect([endingOf(crm), endingOf(books)]).toEqual([ending, ending]);
      expect(api).toBe(`https://www.zohoapis.${ending}`);
      for (const origin of [accounts, api, crm, books]) expect(new URL(origin).origin).toBe(origin);
    },
  );
});

describe('two organisations of two data centres on one server', () => {
  let world: World;
  const centres = new Map<string, Zoho>();
  const administrators = new Map<string, Person>();
  /** Where each of the two is asked, request by request. */
  const asked = new Map<string, URL[]>();

  beforeAll(async () => {
    world = await openWorld(smallOrganisation(), { ZOHO_LOCAL_URL: '' });
    for (const location of ['eu', 'in']) {
      const organisation = smallOrganisation();
      const [aster] = organisation.books.contacts;
      Object.assign(aster ?? {}, { contact_name: `Aster of ${location}` });
      const client = { id: String(world.environment.ZOHO_CLIENT_ID), secret: 'client-secret-canary' };
      const zoho = createZoho({ organisation, clock: world.now, client });
      centres.set(location, zoho);
      asked.set(location, []);
      const ending = location;
      world.answerFirst(
        http.all(new RegExp(`^https://[a-z.]+\\.zoho(apis)?\\.${ending}/`), async ({ request }) => {
          asked.get(location)?.push(new URL(request.url));
          const answer = await getResponse([...zoho.handlers], request);
          if (!answer || !request.url.includes('/oauth/v2/token')) return answer;
          // what is local calls itself the place to ask; a data centre names its API
          const granted = (await answer.json()) as object;
          return HttpResponse.json({ ...granted, api_domain: `https://www.zohoapis.${ending}` });
        }),
      );
      administrators.set(location, await installAt(location));
    }
  });
  afterAll(() => world.close());

  /** As the administrator does it on CRM's page of that data centre. */
  async function installAt(location: string): Promise<Person> {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const serviceOrigin = `https://crm.zoho.${location}`;
    const body = { challenge, purpose: 'setup', serviceOrigin };
    const begun = (await world.ask('POST', '/auth/start', { body })).json() as { url: string; tx: string };
    const redeemed = await world.ask('POST', '/auth/redeem', {
      body: await answered({ ...begun, verifier }, location),
    });
    let person = personIn(redeemed);
    const books = await world.beginBooks(person.accessToken);
    const changes = [
      ['POST', '/api/v1/settings/books/redeem', await answered(books, location)],
      ['PUT', '/api/v1/settings/books/organisation', { organisationId: SMALL.organisation }],
    ] as const;
    for (const [method, path, asks] of changes) {
      const answer = await world.ask(method, path, { token: person.accessToken, body: asks });
      if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body}`);
      person = personIn(await refresh(world, person.cookie)); // a token serves one change
    }
    return person;
  }

  async function answered(
    { url, tx, verifier }: { url: string; tx: string; verifier: string },
    location: string,
  ): Promise<{ tx: string; code: string; verifier: string }> {
    const back = new URL(await world.consent(url, SMALL.users.administrator), 'https://localhost');
    back.searchParams.set('location', location);
    const done = await world.ask('GET', back.pathname + back.search);
    return { tx, code: codeIn(done), verifier };
  }

  test('each is asked at its own hosts and shown its own figures', async () => {
    for (const [location, { accessToken: token }] of administrators) {
      const shown = (await world.ask('GET', ASTER, { token })).json() as Customer360;
      if (shown.state !== 'linked') throw new Error(shown.state);
      expect(shown.customers.map(({ name }) => name)).toEqual([`Aster of ${location}`]);
      expect(shown.customers[0]?.href).toContain(`https://books.zoho.${location}/`);
      const hosts = new Set(asked.get(location)?.map(({ host }) => host));
      expect([...hosts].toSorted()).toEqual([`accounts.zoho.${location}`, `www.zohoapis.${location}`]);
    }
    const budgets = await world.database.query<{ organisation: string }>(
      'select organisation from books_budgets order by 1',
    );
    // The same number at both, and a budget each.
    expect(budgets.map(({ organisation }) => organisation)).toEqual(
      ['eu', 'in'].map((location) => `${location}:${SMALL.organisation}`),
    );
  });

  test('what one of them is uninstalled of is ended at its own data centre, and the other goes on', async () => {
    const [eu, other] = [administrators.get('eu'), administrators.get('in')];
    await world.quiet();
    for (const urls of asked.values()) urls.length = 0;
    const { version, crm } = (await world.ask('GET', LIFE, { token: eu?.accessToken })).json() as {
      version: number;
      crm: { organisation: string };
    };
    const gone = await world.ask('POST', `${LIFE}/uninstall`, {
      token: eu?.accessToken,
      body: { basedOn: version, confirm: crm.organisation, erase: 'now' },
    });
    await world.quiet();
    const { certificate } = gone.json() as { certificate: string };
    expect((await world.ask('GET', new URL(certificate).pathname)).json()).toMatchObject({
      state: 'erased',
      certificate: { dataCentre: 'eu', tokens: { revoked: 2, unconfirmed: 0 } },
    });
    expect(asked.get('in')).toEqual([]);
    expect(codeOf(await world.ask('GET', ASTER, { token: eu?.accessToken }))).toBe('session.ended');
    expect((await world.ask('GET', ASTER, { token: other?.accessToken })).json()).toMatchObject({
      state: 'linked',
    });
    const [left, ...none] = await world.database.query('select data_centre from installs');
    expect([left, none]).toEqual([{ data_centre: 'in' }, []]);
  });
});
