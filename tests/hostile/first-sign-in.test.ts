/** Numbers 12 and 13 of the list of hostile tests the server must survive: before anything is installed. */
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('the first sign-in', () => {
  test('12: a token that comes with a foreign API address is thrown away', async () => {
    const back = await world.consent((await world.begin('setup')).url, SMALL.users.administrator);
    world.answerFirst(
      http.post(
        '*/oauth/v2/token',
        () =>
          HttpResponse.json({
            access_token: 'x',
            refresh_token: 'y',
            api_domain: 'http://169.254.169.254',
            token_type: 'Bearer',
            expires_in: 3600,
          }),
        { once: true },
      ),
    );
    const answer = await world.ask('GET', back);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('data-code');
    expect(world.strayRequests).toEqual([]);
    expect(await world.database.query('select * from user_grants')).toEqual([]);
  });

  test('13: people of an organisation without install, inactive or portal users are refused and leave nothing', async () => {
    const refused = async (userId: string, purpose: 'panel' | 'setup') => {
      const answer = await world.ask('GET', await world.consent((await world.begin(purpose)).url, userId));
      return [answer.statusCode, /data-problem="([^"]+)"/.exec(answer.body)?.[1]];
    };
    expect(await refused(SMALL.users.rep, 'panel')).toEqual([403, 'sign_in.not_installed']);
    expect(await refused(SMALL.users.rep, 'setup')).toEqual([403, 'sign_in.not_administrator']);
    expect(await world.database.query('select id from installs')).toEqual([]);
    await world.install();
    for (const wrong of [{ type__s: 'Client Portal User' }, { type__s: 'System User' }]) {
      Object.assign(world.zoho.organisation.crm.users.find(({ id }) => id === SMALL.users.rep) ?? {}, wrong);
      expect(await refused(SMALL.users.rep, 'panel')).toEqual([403, 'sign_in.user_not_admitted']);
    }
    expect(await world.database.query('select crm_user_id from user_grants')).toEqual([
      { crm_user_id: SMALL.users.administrator },
    ]);
  });

  test("13: a user of another organisation than the page's is refused before anything is kept, and the token ended", async () => {
    const { zgid, id } = world.zoho.organisation.org.crm;
    const entered = async (purpose: 'panel' | 'setup', userId: string, orgHint?: string) => {
      const { url } = await world.begin(purpose, orgHint);
      const answer = await world.ask('GET', await world.consent(url, userId));
      return [answer.statusCode, /data-problem="([^"]+)"/.exec(answer.body)?.[1]];
    };
    const everything = async () => [
      await world.database.query('select * from installs'),
      await world.database.query('select * from user_grants'),
      await world.database.query('select count(*) from sessions'),
    ];
    const before = await everything();
    world.later(60_000);
    const revoked = () =>
      world.zoho.exchanges.list('accounts').filter(({ path }) => path.endsWith('/token/revoke')).length;
    const ended = revoked();
    for (const purpose of ['panel', 'setup'] as const)
      expect(await entered(purpose, SMALL.users.administrator, '60009999999')).toEqual([
        403,
        'sign_in.other_organisation',
      ]);
    await world.quiet();
    expect(await everything()).toEqual(before);
    expect(revoked()).toBeGreaterThan(ended);
    for (const right of [zgid, id, undefined])
      expect(await entered('panel', SMALL.users.finance, right as string)).toEqual([200, undefined]);
    for (const senseless of ['x', '1; drop', '', '9'.repeat(40)])
      await expect(world.begin('panel', senseless)).resolves.toMatchObject({ code: 'request.invalid' });
  });
});
