import { expect, test } from 'vitest';
import { codeOf, openWorld } from '../../../tests/hostile/world.ts';
import { SMALL, smallOrganisation } from '../../../tests/sandbox/small-organisation.ts';
import { Settings } from '../../contract/settings.ts';

test('a Books organisation whose time zone nobody knows is refused, for its days could not be counted', async () => {
  const organisation = smallOrganisation();
  for (const one of organisation.books.organizations) one.time_zone = 'Mars/Olympus';
  const world = await openWorld(organisation);
  try {
    const { accessToken: token } = await world.signIn(SMALL.users.administrator, 'setup');
    await world.connectBooks(token, SMALL.users.administrator);
    const refused = await world.ask('PUT', '/api/v1/settings/books/organisation', {
      token,
      body: { organisationId: SMALL.organisation },
    });
    expect(codeOf(refused)).toBe('settings.unknown_time_zone');
    const now = Settings.parse((await world.ask('GET', '/api/v1/settings', { token })).json());
    expect(now.books).toMatchObject({ state: 'choose_organisation' });
  } finally {
    await world.close();
  }
});
