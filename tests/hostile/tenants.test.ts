/** Numbers are those of the list of hostile tests: 22 to 25 and 35, what belongs to others and what is nobody's to write. */
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditPage } from '../../server/contract/audit.ts';
import type { LinkPreview, LinkResults } from '../../server/contract/links.ts';
import type { PolicyView } from '../../server/contract/policy.ts';
import { createSealedSecrets } from '../../server/identity/sealed-secret.ts';
import { createSigningKeys } from '../../server/identity/signing-keys.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type Person, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const DOCUMENTS = `/api/v1/records/Accounts/${SMALL.accounts.aster}/documents`;
const LINKS = `/api/v1/deals/${SMALL.deals.expansion}/links`;
/** Aster's, due; Birch's; and one that is not there. */
const [OWN, FOREIGN, ABSENT] = ['460000000000040002', '460000000000040006', '460000000000049999'].map(
  (id) => ({
    type: 'invoice',
    id,
  }),
);

let world: World;
let administrator: Person;
let rep: Person;
let others: Person;
beforeAll(async () => {
  world = await openWorld();
  // Another organisation beside ours, on the same server and database, with people, records and Books of the same ids.
  const { crm } = world.zoho.organisation.org;
  const { zgid } = crm;
  crm.zgid = '60001230000';
  others = await world.install();
  crm.zgid = zgid;
  administrator = await world.install();
  await mayLink(administrator);
  rep = await world.signIn(SMALL.users.rep);
  await ask(ASTER);
  await world.quiet();
});
afterAll(() => world.close());

async function mayLink({ accessToken: token }: Person): Promise<void> {
  const { version, document } = (
    await world.ask('GET', '/api/v1/settings/policy', { token })
  ).json() as PolicyView;
  const rules = document.rules.map((rule) => ({ ...rule, mayLink: true }));
  const body = { basedOn: version, document: { ...document, rules } };
  const saved = await world.ask('PUT', '/api/v1/settings/policy', { token, body });
  if (saved.statusCode !== 200) throw new Error(`Not saved: ${saved.body}`);
}

const ask = (path: string, person = rep) => world.ask('GET', path, { token: person.accessToken });
const post = (path: string, body: unknown, person = rep) =>
  world.ask('POST', path, { token: person.accessToken, body });

describe('what belongs to others', () => {
  test('22: a customer of Books is no address: it is reached by a record that leads to it, or not at all', async () => {
    const plain = await ask(ASTER);
    const { birch } = SMALL.customers;
    for (const query of [`customer_id=${birch}`, `customerId=${birch}`, `contact_id=${birch}`]) {
      expect((await ask(`${ASTER}?${query}`)).body).toBe(plain.body);
      expect(codeOf(await ask(`${DOCUMENTS}?${query}`))).toBe('request.invalid');
    }
    for (const path of [`/api/v1/customers/${birch}`, `/api/v1/books/contacts/${birch}`])
      expect(codeOf(await ask(path))).toBe('request.not_found');
    for (const module of ['Accounts', 'Contacts', 'Deals'])
      expect(codeOf(await ask(figuresOf(module, birch)))).toBe('record.not_found');

    // Books that ignores the filter lists everybody: whom the record does not lead to is still not shown.
    const { contacts } = world.zoho.organisation.books;
    const aster = contacts.find(({ contact_id: id }) => id === SMALL.customers.aster);
    Object.assign(aster ?? {}, { zcrm_account_id: SMALL.accounts.birch });
    await world.quiet();
    await world.database.query('delete from ledger_customers');
    const moved = await ask(ASTER);
    Object.assign(aster ?? {}, { zcrm_account_id: SMALL.accounts.aster });
    expect(moved.json()).toMatchObject({ state: 'not_linked' });
    expect(moved.body).not.toContain('INV-');
  });

  test("23: a token of one organisation opens nothing of another's, and the attempt is written down", async () => {
    const [id = '', key = ''] = (world.environment.SECRET_KEYS ?? '').split(':');
    const secrets = createSealedSecrets([{ id, key: Buffer.from(key, 'base64') }]);
    const keys = createSigningKeys({ database: world.database, secrets, clock: world.now });
    const { kid, key: signingKey } = await keys.current();
    const mine = decodeJwt(rep.accessToken);
    const { iid, sub } = decodeJwt(others.accessToken) as Record<'iid' | 'sub', string>; // safe because our tokens carry both
    for (const mixed of [{ iid }, { sub }, { iid, sub }]) {
      const token = await new SignJWT({ ...mine, ...mixed })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'wsess+jwt', kid })
        .sign(signingKey);
      expect(codeOf(await world.ask('GET', ASTER, { token }))).toBe('session.ended');
    }
    for (const path of [`/api/v1/installs/${iid}/settings`, `/api/v1/${iid}/records`])
      expect(codeOf(await ask(path))).toBe('request.not_found');

    // Each sees its own policy and its own log, in which the other's record is one that was refused.
    const versions = async (person: Person) =>
      ((await ask('/api/v1/settings/policy', person)).json() as PolicyView).version;
    expect(await versions(others)).toBeLessThan(await versions(administrator));
    expect(codeOf(await ask(figuresOf('Accounts', '9999999000000400001')))).toBe('record.not_found');
    const log = async (person: Person) =>
      ((await ask('/api/v1/settings/audit', person)).json() as AuditPage).entries;
    expect((await log(administrator))[0]).toMatchObject({
      action: 'record.refused',
      who: SMALL.users.rep,
      subject: 'Accounts/9999999000000400001',
    });
    expect((await log(others)).filter(({ who }) => who === SMALL.users.rep)).toEqual([]);
  });

  test('24: of many documents, a foreign one is refused like one that is not there, and told nothing of', async () => {
    const preview = (
      await post(`${LINKS}/preview`, { documents: [OWN, FOREIGN, ABSENT] })
    ).json() as LinkPreview;
    expect(preview.obstacles.map(({ obstacles }) => obstacles)).toEqual([
      [],
      [{ code: 'document_gone' }],
      [{ code: 'document_gone' }],
    ]);
    const linked = await post(LINKS, { documents: [FOREIGN, ABSENT, OWN] });
    expect((linked.json() as LinkResults).results.map(({ outcome }) => outcome)).toEqual([
      'refused',
      'refused',
      'linked',
    ]);
    for (const { body } of [linked, await ask(LINKS), await ask(`${LINKS}/suggestions?q=Birch`)])
      expect(body).not.toMatch(/Birch|INV-000006/);
    const foreign = world.zoho.organisation.books.invoices.find(({ invoice_id: id }) => id === FOREIGN?.id);
    expect(foreign?.zcrm_potential_id).toBe('');
    const many = Array.from({ length: 51 }, (_, at) => ({ type: 'invoice', id: String(at + 1) }));
    expect(codeOf(await post(LINKS, { documents: many }))).toBe('request.invalid');
  });

  test("25: what names a place in a list or a change to take back is nobody else's, and nothing but itself", async () => {
    for (const page of ['0', '-1', '1e3', '99999', '١', ' 2', 'abc', '1;2', ''])
      expect([page, codeOf(await ask(`${DOCUMENTS}?page=${encodeURIComponent(page)}`))]).toEqual([
        page,
        'request.invalid',
      ]);
    for (const before of ['0', '-1', '1.5', '1e3', "1' or '1'='1", '9'.repeat(17)]) {
      const path = `/api/v1/settings/audit?before=${encodeURIComponent(before)}`;
      expect([before, codeOf(await ask(path, administrator))]).toEqual([before, 'request.invalid']);
    }
    const unlinked = await world.ask('DELETE', `${LINKS}/invoice/${String(OWN?.id)}`, {
      token: rep.accessToken,
      body: {},
    });
    const { undoId } = unlinked.json() as { undoId: string };
    const elsewhere = `/api/v1/deals/${SMALL.deals.fitOut}/links/undo`;
    for (const answer of [
      await post(`${LINKS}/undo`, { undoId }, others),
      await post(elsewhere, { undoId }),
      await post(`${LINKS}/undo`, { undoId: undoId.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }),
    ])
      expect([400, 404, 409]).toContain(answer.statusCode);
    expect((await post(`${LINKS}/undo`, { undoId })).statusCode).toBe(200);
  });
});

describe('what is nobody’s to write', () => {
  test('35: members that are not offered are refused, and nothing goes to Zoho', async () => {
    const changesOf = () =>
      world.zoho.exchanges.list().filter(({ service, method }) => service !== 'accounts' && method !== 'GET');
    const before = changesOf().length;
    const strange = [
      { documents: [{ ...OWN, total: 1 }] },
      { documents: [{ ...OWN, customer_id: SMALL.customers.birch }] },
      { documents: [{ ...OWN, status: 'paid' }] },
      { documents: [OWN], Stage: 'Closed Won' },
      { documents: [OWN], Owner: SMALL.users.rep },
      { documents: [OWN], Created_By: SMALL.users.rep, id: '1' },
      { documents: [OWN], dealId: SMALL.deals.birch },
    ];
    for (const body of strange) {
      expect([body, codeOf(await post(LINKS, body))]).toEqual([body, 'request.invalid']);
      expect([body, codeOf(await post(`${LINKS}/preview`, body))]).toEqual([body, 'request.invalid']);
    }
    for (const method of ['PUT', 'POST', 'DELETE'] as const)
      for (const path of [ASTER, DOCUMENTS, `/api/v1/records/Deals/${SMALL.deals.fitOut}`])
        expect(
          codeOf(await world.ask(method, path, { token: rep.accessToken, body: { Stage: 'Closed Won' } })),
        ).toBe('request.not_found');
    const settings = { organisationId: SMALL.organisation, currency: 'EUR', books: {} };
    expect(
      codeOf(
        await world.ask('PUT', '/api/v1/settings/books/organisation', {
          token: administrator.accessToken,
          body: settings,
        }),
      ),
    ).toBe('request.invalid');
    expect(changesOf()).toHaveLength(before);
  });
});
