import { expect, test } from 'vitest';
import { openMemoryDatabase } from '../../../tests/support/memory-database.ts';
import { PolicyDocument } from '../../contract/policy.ts';
import { saveInstall } from '../installs.ts';
import { migrate } from '../migrate.ts';
import { versionsOf } from '../versions.ts';

test('what was decided about roles becomes the first version, and its table stays for older servers', async () => {
  const database = await openMemoryDatabase();
  for (const undo of [
    'drop table books_users',
    'drop table policies',
    'drop function policies_refuse',
    "delete from migrations where name = '0002-policies'",
  ])
    await database.query(undo);
  const installed = (zgid: string): Promise<string> =>
    saveInstall(
      database,
      { dataCentre: 'eu', zgid, crmOrganisationId: '1', crmOrganisationName: 'Org', crmCurrency: 'EUR' },
      new Date(0),
    );
  const [decided, undecided] = [await installed('1'), await installed('2')];
  await database.query("insert into install_roles values ($1, '20', 'sales'), ($1, '10', 'exact')", [
    decided,
  ]);

  await migrate(database);

  const [first, ...others] = await versionsOf(database, 'policies', decided, 5);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ version: 1, byId: '0', byName: 'Customer 360' });
  expect(PolicyDocument.parse(first?.document)).toEqual({
    rules: [
      { role: '10', template: 'exact', levels: {} },
      { role: '20', template: 'sales', levels: {} },
    ],
    bands: {},
    cascadeFromBooks: true,
  });
  expect(await versionsOf(database, 'policies', undecided, 5)).toEqual([]);
  expect(await database.query('select role_id from install_roles order by 1')).toHaveLength(2);
  await database.close();
});
