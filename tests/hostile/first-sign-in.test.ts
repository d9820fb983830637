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
});
