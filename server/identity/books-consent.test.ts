import { expect, it } from 'vitest';
import { DATA_CENTRES } from '../zoho/data-centres.ts';
import { createBooksConsents } from './books-consent.ts';

it('a consent for Books in another data centre than CRM’s is not kept, and is ended where it was given', async () => {
  const [us] = DATA_CENTRES;
  if (!us) throw new Error('The table of data centres is empty');
  const asked: string[] = [];
  const ended: string[] = [];
  const consents = createBooksConsents({
    database: {
      query: async (sql: string) => {
        asked.push(sql);
        return [{ id: '1', dataCentre: 'eu', books: null, administratorProfiles: [] }];
      },
    },
    accounts: {
      revoke: async (grant: { dataCentre: { location: string }; refreshToken: string }) =>
        void ended.push(`${grant.dataCentre.location} ${grant.refreshToken}`),
    },
    clock: () => new Date(0),
  } as unknown as Parameters<typeof createBooksConsents>[0]); // safe because a refused consent reaches nothing else
  const waiting = { tx: 't', installId: '1', crmUserId: '9', challenge: 'c' };
  const grant = { accessToken: 'a', expiresAt: new Date(0), refreshToken: 'r', apiOrigin: us.api };
  await expect(
    consents.hold(waiting as Parameters<typeof consents.hold>[0], us, grant), // safe because no more of it is read
  ).rejects.toMatchObject({ code: 'sign_in.other_data_centre' });
  expect(ended).toEqual(['us r']);
  expect(asked.filter((sql) => sql.includes('pending_books_grants'))).toEqual([]);
});
