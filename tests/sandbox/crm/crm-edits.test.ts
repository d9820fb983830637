import { describe, expect, it } from 'vitest';
import { SMALL } from '../small-organisation.ts';
import { zohoUnderTest } from '../zoho-under-test.ts';

const { users, accounts, deals } = SMALL;
const at = zohoUnderTest();

describe('an edit made in CRM itself', () => {
  const edits = () => at.zoho.zoho.crmEdits;
  const rep = async () => (await at.signIn(users.rep)).accessToken;
  const administrator = async () => (await at.signIn(users.administrator)).accessToken;

  it('a deleted deal is nowhere but in the list of deleted ones, and comes back under its id', async () => {
    const token = await rep();
    const statuses = async () =>
      Promise.all(
        [
          `/Deals/${deals.expansion}`,
          `/Deals?ids=${deals.expansion}&fields=Deal_Name`,
          '/Deals/search?word=expansion',
        ].map(async (path) => (await at.get(`/crm/v8${path}`, token)).status),
      );
    edits().delete('Deals', deals.expansion);
    expect(await statuses()).toEqual([204, 204, 204]);
    expect((await at.get('/crm/v8/Deals/deleted', token)).body.data).toEqual([
      {
        id: deals.expansion,
        display_name: 'Aster expansion',
        type: 'recycle',
        created_by: { id: users.rep, name: 'Ravi Menon' },
        deleted_by: { id: users.rep, name: 'Ravi Menon' },
        deleted_time: '2026-11-20T13:00:00+01:00',
      },
    ]);
    edits().restore('Deals', deals.expansion);
    expect(await statuses()).toEqual([200, 200, 200]);
    expect((await at.get('/crm/v8/Deals/deleted', token)).status).toBe(204);
  });

  it('of deleted records, only those the person saw are told, and only since when they ask', async () => {
    edits().delete('Deals', deals.birch);
    expect((await at.get('/crm/v8/Deals/deleted', await rep())).status).toBe(204);
    const token = await administrator();
    const since = (moment: string) =>
      at.get('/crm/v8/Deals/deleted?type=all', token, { 'if-modified-since': moment });
    expect((await since('2026-11-20T11:59:59+00:00')).body.data).toHaveLength(1);
    expect((await since('2026-11-20T12:00:00+00:00')).status).toBe(304);
  });

  it('a merged deal’s id is gone for good, though Books still names it', async () => {
    const [linked] = at.zoho.zoho.organisation.books.invoices;
    at.zoho.zoho.booksEdits.changeDeal('invoices', String(linked?.invoice_id), deals.expansion);
    edits().merge('Deals', deals.fitOut, [deals.expansion]);
    const token = await rep();
    expect((await at.get(`/crm/v8/Deals/${deals.expansion}`, token)).status).toBe(204);
    expect((await at.get('/crm/v8/Deals/deleted?type=permanent', token)).body.data).toMatchObject([
      { id: deals.expansion, display_name: null, type: 'permanent', deleted_by: null },
    ]);
    expect(
      (await at.get(`/crm/v8/Deals/${deals.fitOut}?fields=Modified_Time`, token)).body.data,
    ).toMatchObject([{ Modified_Time: '2026-11-20T13:00:00+01:00' }]);
    expect(() => edits().restore('Deals', deals.expansion)).toThrow(/recycle bin has no/);
    expect(linked?.zcrm_potential_id).toBe(deals.expansion);
  });

  it('the deals of a merged account are the winner’s; Books still names the loser', async () => {
    edits().merge('Accounts', accounts.aster, [accounts.birch]);
    const token = await administrator();
    const { body } = await at.get(
      `/crm/v8/Accounts/${accounts.aster}/Deals?fields=Deal_Name,Account_Name`,
      token,
    );
    expect(body.data.map(({ Deal_Name }: { Deal_Name: string }) => Deal_Name)).toEqual([
      'Aster fit-out',
      'Aster expansion',
      'Birch renewal',
    ]);
    const [, birch] = at.zoho.zoho.organisation.books.contacts;
    expect(birch?.zcrm_account_id).toBe(accounts.birch);
  });

  it('the deals of a deleted account are without one, until it is restored', async () => {
    const account = async () =>
      (await at.get(`/crm/v8/Deals/${deals.fitOut}`, await administrator())).body.data[0].Account_Name;
    edits().delete('Accounts', accounts.aster);
    expect(await account()).toBeNull();
    edits().restore('Accounts', accounts.aster);
    expect(await account()).toEqual({ id: accounts.aster, name: 'Aster Foods' });
  });

  it('a deal that changes hands is no longer its former owner’s to see', async () => {
    const token = await rep();
    edits().change('Deals', deals.expansion, { Owner: { id: users.administrator, name: 'Ada Keller' } });
    expect((await at.get(`/crm/v8/Deals/${deals.expansion}`, token)).status).toBe(204);
  });

  it('is made from outside too, and unclear wishes are refused', async () => {
    const control = async (body: object) =>
      (await fetch(`${at.zoho.origin}/__sandbox/crm`, { method: 'POST', body: JSON.stringify(body) })).status;
    const deal = { module: 'Deals', id: deals.birch };
    expect(await control({ ...deal, fields: { Stage: 'Closed Won' } })).toBe(200);
    expect(await control({ ...deal, mergeInto: deals.fitOut })).toBe(200);
    expect(await control({ ...deal, delete: true })).toBe(400);
    expect(await control({ ...deal, module: 'Leads' })).toBe(400);
    expect(await control(deal)).toBe(400);
  });
});

describe('deals of an account', () => {
  it('are found by id in batches, of which only the visible ones answer', async () => {
    const token = (await at.signIn(users.rep)).accessToken;
    const answer = (ids: readonly string[]) =>
      at.get(`/crm/v8/Deals?fields=Deal_Name&ids=${ids.join(',')}`, token);
    expect((await answer(Object.values(deals))).body.data).toHaveLength(2);
    expect((await answer(['1; drop'])).body).toMatchObject({ code: 'INVALID_DATA' });
    expect((await answer(Array.from({ length: 101 }, (_, at) => String(at + 1)))).body).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  it('are searched by a part of their name, within what the person sees', async () => {
    const found = async (userId: string, accountId: string, part: string) => {
      const { accessToken } = await at.signIn(userId);
      const answer = await fetch(`${at.zoho.origin}/crm/v8/coql`, {
        method: 'POST',
        headers: { authorization: `Zoho-oauthtoken ${accessToken}` },
        body: JSON.stringify({
          select_query: `select Deal_Name from Deals where ((Account_Name.id = ${accountId}) and (Deal_Name like '%${part}%')) limit 0,20`,
        }),
      });
      return answer.status === 204 ? [] : (await answer.json()).data.map((row: { id: string }) => row.id);
    };
    expect(await found(users.rep, accounts.aster, 'PANS')).toEqual([deals.expansion]);
    expect(await found(users.rep, accounts.birch, 'renew')).toEqual([]);
    expect(await found(users.administrator, accounts.birch, 'renew')).toEqual([deals.birch]);
    const { accessToken } = await at.signIn(users.rep);
    const criteria = `((Account_Name.id:equals:${accounts.aster})and(Deal_Name:starts_with:aster f))`;
    const { body } = await at.get(
      `/crm/v8/Deals/search?criteria=${encodeURIComponent(criteria)}`,
      accessToken,
    );
    expect(body.data).toMatchObject([{ id: deals.fitOut }]);
  });
});
