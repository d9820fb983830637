/** Numbers 17 and 18 of the list of hostile tests the server must survive. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PolicyView } from '../../server/contract/policy.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, refresh, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.install();
});
afterAll(() => world.close());

const seen = async (token: string | undefined): Promise<string | number> =>
  codeOf(await world.ask('GET', ASTER, { token }));

describe('people who change', () => {
  test('17: a deactivated user is out within a minute, a demoted administrator at once', async () => {
    const finance = await world.signIn(SMALL.users.finance);
    const admin = await world.signIn(SMALL.users.administrator, 'setup');
    const asks = (): Promise<string | number> => seen(finance.accessToken);
    expect(await asks()).toBe(200);
    expect((await world.ask('GET', '/api/v1/settings', { token: admin.accessToken })).statusCode).toBe(200);

    world.zoho.scenario.changeProfile(SMALL.users.administrator, SMALL.profiles.standard);
    expect(codeOf(await world.ask('GET', '/api/v1/settings', { token: admin.accessToken }))).toBe(
      'settings.not_administrator',
    );
    world.zoho.scenario.changeProfile(SMALL.users.administrator, SMALL.profiles.administrator);

    world.zoho.scenario.deactivateUser(SMALL.users.finance);
    world.later(60_000);
    expect(await asks()).toBe('session.ended');
    expect(codeOf(await refresh(world, finance.cookie))).toBe('session.ended');
  });

  test('a new role counts within a minute, and a role nobody has decided about sees the least', async () => {
    const person = await world.signIn(SMALL.users.rep);
    const template = async () =>
      (
        (await world.ask('GET', ASTER, { token: person.accessToken })).json() as {
          viewer: { template: string };
        }
      ).viewer.template;
    expect(await template()).toBe('sales');
    world.zoho.scenario.changeRole(SMALL.users.rep, SMALL.roles.ceo);
    world.later(60_000);
    expect(await template()).toBe('least');
    world.zoho.scenario.changeRole(SMALL.users.rep, SMALL.roles.sales);
    world.later(60_000);
    expect(await template()).toBe('sales');
  });

  test('18: when CRM is down nobody keeps the rights they had', async () => {
    const person = await world.signIn(SMALL.users.rep);
    expect(await seen(person.accessToken)).toBe(200);
    world.zoho.scenario.add({ match: { service: 'crm' }, answer: 'http_500' });
    expect(await seen(person.accessToken)).toBe(200);
    world.later(60_000);
    const down = await world.ask('GET', ASTER, { token: person.accessToken });
    expect([down.statusCode, codeOf(down)]).toEqual([503, 'crm.unreachable']);
    world.zoho.scenario.clear();
    expect(await seen(person.accessToken)).toBe(200);
  });

  test('a consent withdrawn at Zoho ends the session', async () => {
    const person = await world.signIn(SMALL.users.rep);
    expect(await seen(person.accessToken)).toBe(200);
    world.zoho.scenario.revoke(SMALL.users.rep);
    world.later(60_000);
    expect(await seen(person.accessToken)).toBe('session.ended');
    const again = await world.signIn(SMALL.users.rep);
    expect(await seen(again.accessToken)).toBe(200);
  });

  test('17: what somebody may change is asked about at that moment: role, deal and consent', async () => {
    const { accessToken: admin } = await world.signIn(SMALL.users.administrator, 'setup');
    const { version, document } = (
      await world.ask('GET', '/api/v1/settings/policy', { token: admin })
    ).json() as PolicyView;
    const rules = document.rules.map((rule) => ({ ...rule, mayLink: true }));
    const body = { basedOn: version, document: { ...document, rules } };
    expect((await world.ask('PUT', '/api/v1/settings/policy', { token: admin, body })).statusCode).toBe(200);

    const { accessToken: token } = await world.signIn(SMALL.users.rep);
    const links = `/api/v1/deals/${SMALL.deals.expansion}/links`;
    const due = { documents: [{ type: 'invoice', id: '460000000000040002' }] };
    const change = () => world.ask('POST', links, { token, body: due });
    const writes = () => world.zoho.exchanges.list('books').filter(({ method }) => method === 'PUT').length;
    expect([await seen(token), codeOf(await world.ask('GET', links, { token }))]).toEqual([200, 200]);

    world.zoho.scenario.changeRole(SMALL.users.rep, SMALL.roles.ceo); // nobody decided about it
    expect(codeOf(await change())).toBe('link.no_right');
    world.zoho.scenario.changeRole(SMALL.users.rep, SMALL.roles.sales);

    const deal = world.zoho.organisation.crm.Deals.find(({ id }) => id === SMALL.deals.expansion) ?? {};
    const owner = deal.Owner;
    deal.Owner = { id: SMALL.users.administrator, name: 'Ada Keller' };
    // to somebody who may no longer open it, a deal is gone
    expect((await change()).json()).toMatchObject({
      results: [{ outcome: 'refused', obstacles: [{ code: 'deal_gone' }] }],
    });
    deal.Owner = owner;

    world.zoho.scenario.revoke(SMALL.users.rep);
    expect(codeOf(await change())).toBe('session.ended');
    expect(writes()).toBe(0);

    const again = await world.signIn(SMALL.users.rep);
    expect((await world.ask('POST', links, { token: again.accessToken, body: due })).statusCode).toBe(200);
    expect(writes()).toBeGreaterThan(0);
  });
});
