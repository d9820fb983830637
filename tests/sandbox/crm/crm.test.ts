import { describe, expect, it } from 'vitest';
import { SMALL, smallOrganisation } from '../small-organisation.ts';
import { zohoUnderTest } from '../zoho-under-test.ts';

const { users, accounts, deals } = SMALL;
const at = zohoUnderTest();

describe('CRM', () => {
  it('the owner, those above and administrators see a record; for others it is not there', async () => {
    const [admin, rep, finance] = await Promise.all([
      at.signIn(users.administrator),
      at.signIn(users.rep),
      at.signIn(users.finance),
    ]);
    const seen = async (id: string) =>
      Promise.all(
        [admin, rep, finance].map(
          async ({ accessToken }) => (await at.get(`/crm/v8/Accounts/${id}`, accessToken)).status,
        ),
      );
    expect(await seen(accounts.aster)).toEqual([200, 200, 200]);
    expect(await seen(accounts.birch)).toEqual([200, 204, 204]);
    expect((await at.get('/crm/v8/Accounts/3652397000000999999', rep.accessToken)).body).toBeNull();
  });

  it('a role taken away closes the records at once; a deactivated user is out', async () => {
    const { accessToken } = await at.signIn(users.finance);
    at.zoho.scenario.changeRole(users.finance, SMALL.roles.sales);
    expect((await at.get(`/crm/v8/Accounts/${accounts.aster}`, accessToken)).status).toBe(204);
    at.zoho.scenario.deactivateUser(users.finance);
    expect((await at.get('/crm/v8/users?type=CurrentUser', accessToken)).status).toBe(401);
  });

  it('an organisation may share a module with everyone', async () => {
    const shared = smallOrganisation();
    await at.restart({
      organisation: { ...shared, org: { ...shared.org, sharing: { Accounts: 'public_read_only' } } },
    });
    const { accessToken } = await at.signIn(users.rep);
    expect((await at.get(`/crm/v8/Accounts/${accounts.birch}`, accessToken)).status).toBe(200);
    expect((await at.get(`/crm/v8/Deals/${deals.birch}`, accessToken)).status).toBe(204);
  });

  it('related lists, search and COQL show nothing the person may not see', async () => {
    const { accessToken } = await at.signIn(users.rep);
    expect(
      (await at.get(`/crm/v8/Accounts/${accounts.birch}/Deals?fields=Deal_Name`, accessToken)).status,
    ).toBe(204);
    expect((await at.get('/crm/v8/Accounts/search?word=birch', accessToken)).status).toBe(204);
    const answer = await fetch(`${at.zoho.origin}/crm/v8/coql`, {
      method: 'POST',
      headers: { authorization: `Zoho-oauthtoken ${accessToken}` },
      body: JSON.stringify({
        select_query:
          'select Deal_Name, Account_Name.Account_Name from Deals where Amount > 100 order by Amount desc',
      }),
    });
    expect((await answer.json()).data).toEqual([
      { Deal_Name: 'Aster expansion', 'Account_Name.Account_Name': 'Aster Foods', id: deals.expansion },
      { Deal_Name: 'Aster fit-out', 'Account_Name.Account_Name': 'Aster Foods', id: deals.fitOut },
    ]);
  });

  it('lists want their fields named, and page tokens belong to one person and query', async () => {
    const [admin, rep] = await Promise.all([at.signIn(users.administrator), at.signIn(users.rep)]);
    expect((await at.get('/crm/v8/Deals', admin.accessToken)).body).toMatchObject({
      code: 'REQUIRED_PARAM_MISSING',
    });
    const first = await at.get('/crm/v8/Deals?fields=Deal_Name&per_page=2', admin.accessToken);
    expect(first.body.info).toMatchObject({ count: 2, more_records: true });
    const next = `/crm/v8/Deals?fields=Deal_Name&per_page=2&page_token=${first.body.info.next_page_token}`;
    expect((await at.get(next, admin.accessToken)).body.data).toHaveLength(1);
    expect((await at.get(next, rep.accessToken)).body).toMatchObject({ code: 'TOKEN_BOUND_DATA_MISMATCH' });
  });

  it('search finds a changed record only when the index has caught up', async () => {
    const { accessToken } = await at.signIn(users.rep);
    const deal = at.zoho.zoho.organisation.crm.Deals[0];
    if (deal) deal.Modified_Time = at.now.toISOString();
    at.zoho.scenario.searchLagSeconds = 60;
    const found = () => at.get('/crm/v8/Deals/search?criteria=(Deal_Name:equals:Aster fit-out)', accessToken);
    expect((await found()).status).toBe(204);
    at.later(61);
    expect((await found()).status).toBe(200);
  });
});
