/** Uninstalling, keeping after all, and erasing: what is left, of whom, and who can prove it. */
import { compactVerify, importJWK, type JWK } from 'jose';
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErasureAnswer, Lifecycle, Uninstalled } from '../../server/contract/lifecycle.ts';
import type { Database } from '../../server/store/database.ts';
import { codeOf, figuresOf, openWorld, type Person, type World } from '../hostile/world.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { carryOnAtAnother, dump, plantAmounts } from './lifecycle-world.ts';

const LIFE = '/api/v1/settings/lifecycle';
const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const DAY_MS = 86_400_000;
const NEIGHBOUR = '60001230000';

let world: World;
let amounts: readonly string[];
let administrator: Person;
let neighbour: Person;
/** The neighbour's id; ours. */
let ids: readonly [string, string];

beforeAll(async () => {
  const organisation = smallOrganisation();
  amounts = plantAmounts(organisation);
  world = await openWorld(organisation);
  const { crm } = world.zoho.organisation.org;
  const { zgid } = crm;
  crm.zgid = NEIGHBOUR;
  neighbour = await world.install();
  await ask(ASTER, neighbour);
  crm.zgid = zgid;
  administrator = await installed();
  const found = await world.database.query<{ id: string }>('select id from installs order by zgid <> $1', [
    NEIGHBOUR,
  ]);
  ids = [String(found[0]?.id), String(found[1]?.id)];
});
afterAll(() => world.close());

const ask = (path: string, { accessToken: token }: Person) => world.ask('GET', path, { token });
const view = async (): Promise<Lifecycle> => (await ask(LIFE, administrator)).json() as Lifecycle;
const certificateAt = async (address: string): Promise<ErasureAnswer> =>
  (await world.ask('GET', new URL(address).pathname)).json() as ErasureAnswer;

/** With people who have looked at figures, linked a document, and left everything there is behind them. */
async function installed(): Promise<Person> {
  const person = await world.install();
  for (const user of [SMALL.users.rep, SMALL.users.finance]) await ask(ASTER, await world.signIn(user));
  await ask(figuresOf('Deals', SMALL.deals.fitOut), person);
  await ask(`/api/v1/deals/${SMALL.deals.fitOut}/links`, person);
  await world.quiet();
  await ask('/api/v1/settings/audit', person); // has what waits written down
  return person;
}

async function uninstall(erase: 'later' | 'now', by = administrator): Promise<Uninstalled> {
  const { version, crm } = (await ask(LIFE, by)).json() as Lifecycle;
  const body = { basedOn: version, confirm: ` ${crm.organisation}`, erase };
  const answer = await world.ask('POST', `${LIFE}/uninstall`, { token: by.accessToken, body });
  if (answer.statusCode !== 200) throw new Error(`Not uninstalled: ${answer.body}`);
  await world.quiet();
  return answer.json() as Uninstalled;
}

const tokensAtZoho = (): readonly string[] =>
  world.zoho.exchanges
    .list('accounts')
    .flatMap(({ responseBody }) => /"refresh_token":"([^"]+)"/.exec(responseBody)?.[1] ?? []);
const revokedAtZoho = (): readonly string[] =>
  world.zoho.exchanges
    .list('accounts')
    .filter(({ path }) => path.endsWith('/revoke'))
    .map(({ url }) => String(new URL(url).searchParams.get('token')));

/** What must not be left: every name, number and e-mail of Books and CRM, and every id of a person or record. */
function canaries(): readonly string[] {
  const { crm, books } = world.zoho.organisation;
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one);
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) {
        if (/(name|email|number|_id|^id)$/i.test(key) && typeof one !== 'object') {
          const text = String(one);
          // what is shorter is in everything, e.g. a currency's id in a hash
          if (text.length >= 6 && text !== SMALL.organisation) found.add(text);
        }
        collect(one);
      }
  };
  collect([crm.users, crm.Accounts, crm.Contacts, crm.Deals, books]);
  return [...found];
}

/** How many rows speak of an install, by table. */
const rowsOf = async (database: Database, installId: string): Promise<ReadonlyMap<string, number>> => {
  const counted = [...(await dump(database))].map(
    ([table, rows]) => [table, rows.filter((row) => row.includes(installId)).length] as const,
  );
  return new Map(counted.filter(([, rows]) => rows > 0));
};

describe('uninstalling', () => {
  test('wants the name typed, by an administrator who saw how things stand', async () => {
    const { version, crm } = await view();
    const post = (body: object, person = administrator) =>
      world.ask('POST', `${LIFE}/uninstall`, { token: person.accessToken, body });
    const right = { basedOn: version, confirm: crm.organisation, erase: 'now' };
    expect(codeOf(await post({ ...right, confirm: 'Aster' }))).toBe('lifecycle.not_confirmed');
    expect(codeOf(await post({ ...right, basedOn: version + 1 }))).toBe('lifecycle.changed_meanwhile');
    const rep = await world.signIn(SMALL.users.rep);
    expect(codeOf(await post(right, rep))).toBe('settings.not_administrator');
    expect((await view()).state).toBe('active');
  });

  test('ends every session and token at once, here and at Zoho, and keeps the data', async () => {
    const rep = await world.signIn(SMALL.users.rep);
    const documents = (await rowsOf(world.database, ids[1])).get('ledger_documents');
    world.zoho.exchanges.reset();
    const { certificate, eraseAt } = await uninstall('later');
    expect(eraseAt).toBe(new Date(world.now().getTime() + 30 * DAY_MS).toISOString());
    for (const person of [rep, administrator]) expect(codeOf(await ask(ASTER, person))).toBe('session.ended');
    const left = await rowsOf(world.database, ids[1]);
    for (const table of [
      'user_grants',
      'books_grants',
      'access_tokens',
      'sessions',
      'books_hooks',
      'sign_ins',
    ])
      expect([table, left.get(table) ?? 0]).toEqual([table, 0]);
    expect(left.get('ledger_documents')).toBe(documents);
    // Books, and three people.
    expect(new Set(revokedAtZoho()).size).toBe(4);
    expect(await certificateAt(certificate)).toMatchObject({
      state: 'waiting',
      install: ids[1],
      tokens: { revoked: 4, unconfirmed: 0 },
    });
    await expect(world.signIn(SMALL.users.rep)).rejects.toThrow('not set up');
    expect((await ask(ASTER, neighbour)).json()).toMatchObject({ state: 'linked' });
  });

  test('an administrator who comes back changes nothing but whether to keep it', async () => {
    world.later(60_000);
    administrator = await world.signIn(SMALL.users.administrator, 'setup');
    expect(await view()).toMatchObject({ state: 'uninstalling', by: 'Ada Keller' });
    expect((await view()).uninstallHook).toBeUndefined();
    const { accessToken: token } = administrator;
    for (const [method, path, body] of [
      ['PUT', '/api/v1/settings/roles', { roles: [] }],
      ['PUT', `${LIFE}/organisation`, { basedOn: 0, organisationId: SMALL.organisation }],
      ['POST', '/api/v1/settings/books/start', { challenge: 'A'.repeat(43) }],
    ] as const)
      expect([path, codeOf(await world.ask(method, path, { token, body }))]).toEqual([
        path,
        'install.uninstalling',
      ]);
    expect(codeOf(await ask(ASTER, administrator))).toBe('install.disabled');
    // A sweep leaves whoever came back alone.
    await carryOnAtAnother(world);
    expect((await view()).state).toBe('uninstalling');
  });

  test('kept after all, rules and links are there, and Books has to be connected again', async () => {
    const { certificate } = (await view()).erasure ?? { certificate: '' };
    const body = { basedOn: (await view()).version, to: 'active' };
    const kept = await world.ask('PUT', LIFE, { token: administrator.accessToken, body });
    expect(kept.json()).toMatchObject({
      state: 'active',
      books: { organisation: { id: SMALL.organisation }, connection: 'none' },
    });
    expect(codeOf(await world.ask('GET', new URL(certificate).pathname))).toBe('request.not_found');
    await world.connectBooks(administrator.accessToken, SMALL.users.administrator);
    const finance = await world.signIn(SMALL.users.finance);
    expect((await ask(ASTER, finance)).json()).toMatchObject({
      state: 'linked',
      viewer: { template: 'exact' },
    });
    expect((await view()).books).toMatchObject({ connection: 'good', connectedBy: 'Ada Keller' });
  });

  test('a token that Zoho does not answer for is told again, and after an hour erased without its word', async () => {
    let isSilent = true;
    world.answerFirst(
      http.post('*/oauth/v2/token/revoke', () =>
        isSilent ? new HttpResponse(null, { status: 500 }) : undefined,
      ),
    );
    const { certificate } = await uninstall('later');
    expect(await certificateAt(certificate)).toMatchObject({ tokens: { revoked: 0, unconfirmed: 0 } });
    // Only the next server finds that Zoho is back; of three one is refused for good.
    isSilent = false;
    await carryOnAtAnother(world);
    expect(await certificateAt(certificate)).toMatchObject({ tokens: { revoked: 3, unconfirmed: 0 } });
    world.later(60_000);
    administrator = await world.signIn(SMALL.users.administrator, 'setup');
    await world.ask('PUT', LIFE, {
      token: administrator.accessToken,
      body: { basedOn: (await view()).version, to: 'active' },
    });
    await world.connectBooks(administrator.accessToken, SMALL.users.administrator);
    isSilent = true;
    const again = await uninstall('later');
    world.later(3_600_001);
    await carryOnAtAnother(world);
    expect(await certificateAt(again.certificate)).toMatchObject({ tokens: { revoked: 0, unconfirmed: 2 } });
    expect((await dump(world.database)).get('books_grants')?.join()).not.toContain(ids[1]);
    isSilent = false;
  });
});

describe("the Marketplace's word", () => {
  test('ends reading and tokens, erases nothing before its time, and can be taken back', async () => {
    world.later(60_000);
    administrator = await world.signIn(SMALL.users.administrator, 'setup');
    const body = { basedOn: (await view()).version, to: 'active' };
    await world.ask('PUT', LIFE, { token: administrator.accessToken, body });
    const { uninstallHook = '' } = await view();
    const { pathname } = new URL(uninstallHook);
    const guessed = pathname.replace(/.{5}$/, 'AAAAA');
    const books = pathname.replace('/hooks/uninstalled/', '/hooks/books/');
    expect((await world.ask('POST', guessed)).statusCode).toBe(401);
    // One hook's address is not the other's.
    expect((await world.ask('POST', books)).statusCode).toBe(401);
    expect((await view()).state).toBe('active');

    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const told = await world.ask('POST', pathname, { headers: form, payload: 'organizationId=1' });
    expect(told.statusCode).toBe(200);
    await world.quiet();
    expect((await world.ask('POST', pathname)).statusCode).toBe(401); // it has served
    expect(codeOf(await ask(ASTER, administrator))).toBe('session.ended');
    world.later(60_000);
    administrator = await world.signIn(SMALL.users.administrator, 'setup');
    const now = await view();
    expect(now).toMatchObject({ state: 'uninstalling' });
    expect(now.by).toBeUndefined();
    expect(Date.parse(now.erasure?.at ?? '') - world.now().getTime()).toBeGreaterThan(29 * DAY_MS);
    const kept = { basedOn: now.version, to: 'active' };
    expect((await world.ask('PUT', LIFE, { token: administrator.accessToken, body: kept })).statusCode).toBe(
      200,
    );
    // The former address stays dead; the variable in CRM has to be given the new one.
    expect((await world.ask('POST', pathname)).statusCode).toBe(401);
    expect((await view()).uninstallHook).not.toBe(uninstallHook);
    expect((await view()).state).toBe('active');
    await world.connectBooks(administrator.accessToken, SMALL.users.administrator);
  });
});

describe('erasing', () => {
  let certificate: string;

  test('waits for its day, and then happens once, whichever of several servers does it', async () => {
    await installed();
    ({ certificate } = await uninstall('later'));
    world.later(30 * DAY_MS - 1);
    await carryOnAtAnother(world);
    expect((await certificateAt(certificate)).state).toBe('waiting');

    const before = await rowsOf(world.database, ids[1]);
    const neighbours = await rowsOf(world.database, ids[0]);
    expect(before.get('ledger_documents')).toBeGreaterThan(0);
    expect(before.get('audit_entries')).toBeGreaterThan(0);
    world.later(1);
    // One dies at the last moment: nothing of it has happened.
    const dying: Database = {
      ...world.database,
      transaction: (work) =>
        world.database.transaction((on) =>
          work({
            query: (sql, values) =>
              sql.startsWith('delete from installs')
                ? Promise.reject(new Error('killed'))
                : on.query(sql, values),
          }),
        ),
    };
    await carryOnAtAnother(world, { database: dying });
    expect((await certificateAt(certificate)).state).toBe('waiting');
    expect(await rowsOf(world.database, ids[1])).toEqual(before);
    await Promise.all([carryOnAtAnother(world), carryOnAtAnother(world), carryOnAtAnother(world)]);

    const after = await rowsOf(world.database, ids[1]);
    expect([...after]).toEqual([['erasures', 1]]);
    expect(await rowsOf(world.database, ids[0])).toEqual(neighbours);

    const answer = await certificateAt(certificate);
    if (answer.state !== 'erased') throw new Error('not erased');
    const counted = new Map(answer.certificate.tables.map(({ table, rows }) => [table, rows]));
    for (const table of ['installs', 'ledger_documents', 'ledger_customers', 'policies', 'audit_entries'])
      expect([table, counted.get(table)]).toEqual([table, before.get(table)]);
    expect(answer.certificate).toMatchObject({ install: ids[1], uninstalledBy: SMALL.users.administrator });
  });

  test('leaves a certificate that its key proves, that names nobody, and that stays as it is', async () => {
    const answer = await certificateAt(certificate);
    if (answer.state !== 'erased') throw new Error('not erased');
    const { payload } = await compactVerify(answer.signed, await importJWK(answer.key as JWK, 'EdDSA'));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(answer.certificate);
    const forged = answer.signed.replace(/\.(.)/, (_, first: string) => `.${first === 'e' ? 'f' : 'e'}`);
    await expect(compactVerify(forged, await importJWK(answer.key as JWK, 'EdDSA'))).rejects.toThrow();
    const text = JSON.stringify(answer);
    expect(text).not.toMatch(/Ada|Keller|Northwind|Aster/);
    for (const change of [
      "update erasures set certificate = 'x' where erased_at is not null",
      'delete from erasures where erased_at is not null',
    ])
      await expect(world.database.query(change)).rejects.toThrow('never changed');
    for (const id of ['A'.repeat(43), '..', 'a%00', certificate.slice(-42)])
      expect(codeOf(await world.ask('GET', `/certificates/${id}`))).toBe('request.not_found');
  });

  test('the audit log of whoever stays cannot be taken out that way', async () => {
    const [, theirs] = [ids[1], ids[0]];
    await expect(
      world.database.query('delete from audit_entries where install_id = $1', [theirs]),
    ).rejects.toThrow('append-only');
    await expect(
      world.database.query('delete from audit_heads where install_id = $1', [theirs]),
    ).rejects.toThrow('append-only');
  });

  test('at once and of the last one, nothing is left in any table but the certificates: no name, no amount, no token', async () => {
    const marks = [...canaries(), ...amounts, ...tokensAtZoho()];
    const { crm } = world.zoho.organisation.org;
    const { zgid } = crm;
    crm.zgid = NEIGHBOUR;
    neighbour = await installed();
    const full = [...(await dump(world.database)).values()].flat().join('\n');
    // The search can find: customers, people, documents and amounts are there before.
    for (const mark of ['Aster', 'Ada Keller', 'ada.keller', SMALL.deals.fitOut, SMALL.customers.aster])
      expect([mark, full.includes(mark)]).toEqual([mark, true]);
    expect(amounts.filter((mark) => full.includes(mark)).length).toBeGreaterThan(10);
    expect(marks.filter((mark) => full.includes(mark)).length).toBeGreaterThan(40);

    await uninstall('now', neighbour);
    crm.zgid = zgid;
    // Whatever was written a moment late, the next sweep finds.
    world.later(1_000);
    await world.quiet();
    await carryOnAtAnother(world);
    const left = await dump(world.database);
    expect([...left.keys()]).toEqual(['changes', 'erasures', 'migrations', 'signing_keys']);
    const text = [...left.values()].flat().join('\n');
    const allowed = new Set<string>([SMALL.users.administrator]); // the certificate says whose word it was
    expect(marks.filter((mark) => !allowed.has(mark) && text.includes(mark))).toEqual([]);
    expect(codeOf(await ask(ASTER, neighbour))).toBe('session.ended');
  });

  test('an organisation that installs again afterwards begins anew', async () => {
    administrator = await world.install();
    expect(await view()).toMatchObject({ state: 'active', version: 1 }); // the organisation was chosen;
    const [row] = await world.database.query<{ id: string }>('select id from installs');
    expect(ids).not.toContain(row?.id);
  });
});
