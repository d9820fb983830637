import { expect, test } from 'vitest';
import { openMemoryDatabase } from '../../../tests/support/memory-database.ts';
import { saveBooksOrganisation, saveInstall } from '../installs.ts';
import { migrate } from '../migrate.ts';
import { setupOf } from '../setups.ts';

test('whoever had chosen their books before has finished the set-up; whoever had not begins it', async () => {
  const database = await openMemoryDatabase();
  for (const undo of [
    'drop table setups',
    'alter table pending_books_grants drop column granted_scopes',
    "delete from migrations where name = '0013-setup'",
  ])
    await database.query(undo);
  const installed = (zgid: string): Promise<string> =>
    saveInstall(
      database,
      { dataCentre: 'eu', zgid, crmOrganisationId: '1', crmOrganisationName: 'Org', crmCurrency: 'EUR' },
      new Date(0),
    );
  const [chosen, begun] = [await installed('1'), await installed('2')];
  const at = new Date('2026-11-20T09:00:00Z');
  await database.transaction((on) => saveBooksOrganisation(on, chosen, { organisationId: '7' }, at));

  await migrate(database);

  expect(await setupOf(database, chosen)).toEqual({
    passed: [],
    byId: '0',
    byName: '',
    at,
    finishedAt: at,
  });
  expect(await setupOf(database, begun)).toBeNull();
  await database.close();
});
