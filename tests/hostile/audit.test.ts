/** What is written down of everything people do, and who may read it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../server/audit/verify.ts';
import { type AuditEntry, AuditPage } from '../../server/contract/audit.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, fromOurPage, openWorld, type Person, type World } from './world.ts';

const LOG = '/api/v1/settings/audit';

let world: World;
let administrator: Person;
beforeAll(async () => {
  world = await openWorld();
  administrator = await world.install();
});
afterAll(() => world.close());

const administratorName = String(
  smallOrganisation().crm.users.find(({ id }) => id === SMALL.users.administrator)?.full_name,
);
const page = async (query = ''): Promise<AuditPage> =>
  AuditPage.parse((await world.ask('GET', LOG + query, { token: administrator.accessToken })).json());

/** What was written since, oldest first. */
async function writtenBy(work: () => Promise<unknown>): Promise<readonly AuditEntry[]> {
  const before = (await page()).entries[0]?.sequence ?? 0;
  await work();
  return (await page()).entries.filter(({ sequence }) => sequence > before).toReversed();
}
const inShort = ({ action, who, subject, outcome }: AuditEntry) => [action, who, subject, outcome];

describe('the audit log', () => {
  test('tells how the organisation was set up', async () => {
    const { entries, people } = await page();
    const actions = entries.map(({ action }) => action).toReversed();
    expect(people).toEqual({ [SMALL.users.administrator]: administratorName });
    expect(actions.slice(0, 3)).toEqual(['session.started', 'books.connected', 'books.organisation_chosen']);
    expect(entries.at(-1)).toMatchObject({
      sequence: 1,
      who: SMALL.users.administrator,
      amr: 'zoho-oauth',
      at: world.now().toISOString(),
    });
  });

  test('tells who was shown which record, who was not, and what it cost', async () => {
    const rep = await world.signIn(SMALL.users.rep);
    const entries = await writtenBy(async () => {
      await world.ask('GET', figuresOf('Accounts', SMALL.accounts.aster), { token: rep.accessToken });
      await world.ask('GET', `/api/v1/records/Accounts/${SMALL.accounts.aster}/documents?page=1`, {
        token: rep.accessToken,
      });
      await world.ask('GET', figuresOf('Accounts', '999'), { token: rep.accessToken });
      await world.ask('GET', figuresOf('Accounts', '1%20OR%201'), { token: rep.accessToken });
    });
    expect(entries.map(inShort)).toEqual([
      ['record.read', SMALL.users.rep, `Accounts/${SMALL.accounts.aster}`, 'shown'],
      ['documents.read', SMALL.users.rep, `Accounts/${SMALL.accounts.aster}`, 'shown'],
      ['record.refused', SMALL.users.rep, 'Accounts/999', 'record.not_found'],
    ]);
    expect(entries[0]?.zohoCalls).toBeGreaterThan(0);
    expect(entries[1]?.zohoCalls).toBe(0);
    expect(entries[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('tells who signed in, who was refused, and how sessions ended', async () => {
    const entries = await writtenBy(async () => {
      const rep = await world.signIn(SMALL.users.rep);
      await world.ask('POST', '/auth/logout', { body: {}, headers: fromOurPage(rep.cookie) });
      const spent = await world.signIn(SMALL.users.rep);
      await world.ask('POST', '/auth/refresh', { body: {}, headers: fromOurPage(spent.cookie) });
      world.later(4_000);
      await world.ask('POST', '/auth/refresh', { body: {}, headers: fromOurPage(spent.cookie) });
      const setup = await world.begin('setup');
      await world.ask('GET', await world.consent(setup.url, SMALL.users.rep));
    });
    expect(entries.map(({ action, who, outcome }) => [action, who, outcome])).toEqual([
      ['session.started', SMALL.users.rep, 'started'],
      ['session.ended', SMALL.users.rep, 'signed_out'],
      ['session.started', SMALL.users.rep, 'started'],
      ['session.ended', SMALL.users.rep, 'handle_reused'],
      ['session.refused', SMALL.users.rep, 'sign_in.not_administrator'],
    ]);
  });

  test('is for administrators, who see each other read it; a refusal is written down', async () => {
    const rep = await world.signIn(SMALL.users.rep);
    const entries = await writtenBy(async () => {
      for (const path of [LOG, `${LOG}/export`])
        expect(codeOf(await world.ask('GET', path, { token: rep.accessToken }))).toBe(
          'settings.not_administrator',
        );
      const again = await world.signIn(SMALL.users.administrator, 'setup');
      expect((await world.ask('GET', `${LOG}/export`, { token: again.accessToken })).statusCode).toBe(200);
    });
    const told = entries.map(({ action, who }) => `${action} ${who}`);
    expect(told.sort()).toEqual([
      `audit.exported ${SMALL.users.administrator}`,
      `session.started ${SMALL.users.administrator}`,
      `settings.refused ${SMALL.users.rep}`,
      `settings.refused ${SMALL.users.rep}`,
    ]);
  });

  test('is exported whole, a line an entry, with a token that serves once', async () => {
    const { accessToken: token } = await world.signIn(SMALL.users.administrator, 'setup');
    const exported = await world.ask('GET', `${LOG}/export`, { token });
    expect(String(exported.headers['content-type'])).toContain('application/x-ndjson');
    expect(String(exported.headers['content-disposition'])).toContain('attachment');
    const lines = exported.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditEntry);
    expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_, at) => at + 1));
    expect(lines.at(-1)?.action).toBe('audit.exported');
    expect(codeOf(await world.ask('GET', `${LOG}/export`, { token }))).toBe('session.not_fresh');
  });

  test('holds no amount, no name, no token and no code, and is a chain', async () => {
    const { accessToken, cookie } = await world.signIn(SMALL.users.finance);
    const shown = await world.ask('GET', figuresOf('Accounts', SMALL.accounts.aster), { token: accessToken });
    const amounts = [...shown.body.matchAll(/"amount":"([^"]+)"/g)].map(([, amount]) => amount ?? '');
    expect(amounts.length).toBeGreaterThan(3);
    await page();
    const log = JSON.stringify(await world.database.query('select entry from audit_entries'));
    for (const secret of [...amounts.filter((amount) => amount.length > 4), 'Aster', accessToken, cookie])
      expect([secret, log.includes(secret)]).toEqual([secret, false]);
    expect((await verifyAudit(world.database)).map(({ broken }) => broken)).toEqual([null]);
  });

  test('goes back page by page', async () => {
    const newest = (await page()).entries[0]?.sequence ?? 0;
    expect((await page(`?before=${newest}`)).entries[0]?.sequence).toBe(newest - 1);
    for (const wrong of ['?before=0', '?before=1e3', '?before=-1', '?after=1', '?before=1&before=2'])
      expect(codeOf(await world.ask('GET', LOG + wrong, { token: administrator.accessToken }))).toBe(
        'request.invalid',
      );
  });
});
