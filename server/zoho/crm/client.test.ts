import { delay, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DATA_CENTRES, type DataCentre } from '../data-centres.ts';
import { createTransport } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';
import { createCrm } from './client.ts';
import type { Crm, CrmRecordLists } from './crm.ts';

const zoho = setupServer();
beforeAll(() => zoho.listen({ onUnhandledRequest: 'error' }));
afterEach(() => zoho.resetHandlers());
afterAll(() => zoho.close());

const eu = DATA_CENTRES.find(({ location }) => location === 'eu') as DataCentre; // safe because the table has it
const TOKEN = '1000.canary-token';
const crmError =
  (status: number, code: string, details: object = {}) =>
  () =>
    HttpResponse.json({ code, details, message: `${TOKEN} echoed`, status: 'error' }, { status });

interface Stage {
  readonly crm: Crm & CrmRecordLists;
  /** Tokens handed out, in order. */
  readonly tokens: string[];
  readonly waits: number[];
}

function setUp(): Stage {
  const tokens: string[] = [];
  const waits: number[] = [];
  const crm = createCrm({
    transport: createTransport({ allowedOrigins: [eu.api], timeoutMs: 150 }),
    dataCentre: eu,
    accessToken: async (force) => {
      tokens.push(force ?? 'known');
      return force ? `${TOKEN}-new` : TOKEN;
    },
    wait: async (ms) => {
      waits.push(ms);
    },
    random: () => 0.5,
  });
  return { crm, tokens, waits };
}

/** Answers in turn, the last one again and again; tells the addresses that were asked. */
function answering(path: string, ...answers: (() => Response | Promise<Response>)[]): string[] {
  const asked: string[] = [];
  zoho.use(
    http.get(`${eu.api}/crm/v8${path}`, ({ request }) => {
      asked.push(request.url.slice(`${eu.api}/crm/v8`.length));
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      return answer ? answer() : HttpResponse.error();
    }),
  );
  return asked;
}

async function troubleOf(work: Promise<unknown>): Promise<ZohoTrouble> {
  const trouble = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(trouble instanceof ZohoTrouble)) throw new Error(`no trouble but ${String(trouble)}`);
  expect(`${trouble.stack}${JSON.stringify(trouble)}${String(trouble.cause)}`).not.toContain('canary');
  return trouble;
}

const user = {
  id: '3652397000000186017',
  zuid: '694579958',
  full_name: 'Nora Beck',
  email: 'nora@example.test',
  role: { id: '26005', name: 'Sales' },
  profile: { id: '26011', name: 'Standard' },
  status: 'active',
  confirm: true,
  type__s: 'Regular User',
  signature: 'dropped',
};
const userAnswer = (change: object) => () => HttpResponse.json({ users: [{ ...user, ...change }], info: {} });
const deal = {
  id: '77',
  Deal_Name: 'Roof',
  Stage: 'Qualification',
  Amount: 12500.5,
  Closing_Date: '2026-12-24',
  Account_Name: { id: '12', name: 'Acme' },
  Contact_Name: null,
};
const dealAnswer = (change: object) => () => HttpResponse.json({ data: [{ ...deal, ...change }] });

describe('who the person is', () => {
  it('an active, confirmed, regular user is admitted, with role and profile by id', async () => {
    const asked = answering('/users', userAnswer({}));
    expect(await setUp().crm.currentUser()).toEqual({
      id: '3652397000000186017',
      zuid: '694579958',
      name: 'Nora Beck',
      email: 'nora@example.test',
      role: { id: '26005', name: 'Sales' },
      profile: { id: '26011', name: 'Standard' },
      admitted: true,
    });
    expect(asked).toEqual(['/users?type=CurrentUser']);
  });

  it.each([
    [{ type__s: 'Lite User' }, true],
    [{ type__s: undefined }, true],
    [{ status: 'inactive' }, false],
    [{ status: 'deleted' }, false],
    [{ confirm: false, zuid: null }, false],
    [{ type__s: 'Client Portal User' }, false],
    [{ type__s: 'Support User' }, false],
    [{ type__s: 'Sandbox Developer User' }, false],
  ])('a user with %j: admitted is %s', async (change, admitted) => {
    answering('/users', userAnswer(change));
    expect((await setUp().crm.currentUser()).admitted).toBe(admitted);
  });

  it('a user without a role is not taken for anybody', async () => {
    answering('/users', userAnswer({ role: null }));
    expect((await troubleOf(setUp().crm.currentUser())).detail.code).toBe('unexpected_shape:users.role');
  });

  it('administrators are read to the last page', async () => {
    const page = (ids: string[], more_records: boolean) => () =>
      HttpResponse.json({ users: ids.map((id) => ({ ...user, id })), info: { more_records } });
    const asked = answering('/users', page(['1', '2'], true), page(['3'], false));
    expect(await setUp().crm.administrators()).toEqual([
      { id: '1', profileId: '26011' },
      { id: '2', profileId: '26011' },
      { id: '3', profileId: '26011' },
    ]);
    expect(asked).toEqual([
      '/users?type=ActiveConfirmedAdmins&page=1&per_page=200',
      '/users?type=ActiveConfirmedAdmins&page=2&per_page=200',
    ]);
  });

  it('the organisation is known by the id all of Zoho shares, and its currency by code', async () => {
    const org = {
      id: '3652397000000002',
      zgid: 10234695,
      company_name: 'Zylker',
      iso_code: 'EUR',
      currency: 'Euro',
    };
    answering('/org', () => HttpResponse.json({ org: [org] }));
    expect(await setUp().crm.organisation()).toEqual({
      id: '3652397000000002',
      zgid: '10234695',
      name: 'Zylker',
      currency: 'EUR',
    });
  });

  it('roles come with their ids', async () => {
    const roles = [{ id: '26005', name: 'CEO', reporting_to: null }];
    answering('/settings/roles', () => HttpResponse.json({ roles }));
    expect(await setUp().crm.roles()).toEqual([{ id: '26005', name: 'CEO' }]);
  });
});

describe('a record as the person may see it', () => {
  it('a deal brings amount, day and account; asked for by the fields that are shown and no more', async () => {
    const asked = answering('/Deals/77', dealAnswer({ Currency: 'KWD', Secret__c: 'x' }));
    expect(await setUp().crm.deal('77')).toEqual({
      id: '77',
      name: 'Roof',
      stage: 'Qualification',
      amount: '12500.5',
      currency: 'KWD',
      closingDate: '2026-12-24',
      accountId: '12',
      contactId: null,
    });
    expect(asked).toEqual([
      '/Deals/77?fields=Deal_Name%2CStage%2CAmount%2CCurrency%2CClosing_Date%2CAccount_Name%2CContact_Name',
    ]);
  });

  it('an organisation with one currency has no currency on the deal, and an empty amount is not zero', async () => {
    answering('/Deals/77', dealAnswer({ Amount: null, Closing_Date: null, Account_Name: null }));
    expect(await setUp().crm.deal('77')).toMatchObject({
      amount: null,
      currency: null,
      closingDate: null,
      accountId: null,
    });
  });

  it.each<[string, () => Response]>([
    ['204, absent or invisible', () => new HttpResponse(null, { status: 204 })],
    ['403, the profile shuts the module', crmError(403, 'NO_PERMISSION')],
    ['400, an id of another organisation', crmError(400, 'INVALID_DATA', { resource_path_index: 1 })],
    ['404, no such resource', crmError(404, 'RESOURCE_NOT_FOUND')],
  ])('%s: from outside it is not there', async (_, answer) => {
    answering('/Accounts/12', answer);
    expect(await setUp().crm.account('12')).toBeNull();
  });

  it('a complaint about our own question is not "no such record"', async () => {
    answering('/Accounts/12', crmError(400, 'INVALID_DATA', { param_name: 'fields' }));
    expect((await troubleOf(setUp().crm.account('12'))).kind).toBe('refused');
  });

  it('another record than the one asked for is not shown', async () => {
    answering('/Deals/77', dealAnswer({ id: '78' }));
    expect((await troubleOf(setUp().crm.deal('77'))).detail.code).toBe('wrong_record');
  });

  it('a contact knows its account', async () => {
    answering('/Contacts/31', () =>
      HttpResponse.json({
        data: [{ id: '31', Full_Name: 'Ada Roth', Account_Name: { id: '12', name: 'Acme' } }],
      }),
    );
    expect(await setUp().crm.contact('31')).toEqual({ id: '31', name: 'Ada Roth', accountId: '12' });
  });

  it('the contacts of an account are read to the last page; none is an empty list', async () => {
    const page = (ids: string[], more_records: boolean) => () =>
      HttpResponse.json({ data: ids.map((id) => ({ id })), info: { more_records } });
    answering('/Accounts/12/Contacts', page(['1', '2'], true), page(['3'], false));
    expect(await setUp().crm.contactsOfAccount('12')).toEqual(['1', '2', '3']);
    answering('/Accounts/13/Contacts', () => new HttpResponse(null, { status: 204 }));
    expect(await setUp().crm.contactsOfAccount('13')).toEqual([]);
  });

  it('deals are asked for 48 at once, and only those asked for are seen', async () => {
    const ids = Array.from({ length: 50 }, (_, at) => String(100 + at));
    const row = (id: string) => ({ id });
    const asked = answering(
      '/Deals',
      () => HttpResponse.json({ data: [row('101'), row('999')], info: { more_records: false } }),
      () => new HttpResponse(null, { status: 204 }),
    );
    expect(await setUp().crm.dealsSeen(ids)).toEqual(new Set(['101']));
    expect(asked.map((url) => new URL(url, eu.api).searchParams.get('ids'))).toEqual([
      ids.slice(0, 48).join(','),
      ids.slice(48).join(','),
    ]);
    expect(await setUp().crm.dealsSeen([])).toEqual(new Set());
    expect(asked).toHaveLength(2);
  });

  it('a profile that shuts deals sees none, and trouble is no answer', async () => {
    answering('/Deals', crmError(403, 'NO_PERMISSION'), crmError(500, 'INTERNAL_ERROR'));
    const { crm } = setUp();
    expect(await crm.dealsSeen(['1'])).toEqual(new Set());
    expect((await troubleOf(crm.dealsSeen(['1']))).kind).toBe('unreachable');
  });
});

describe('whole modules', () => {
  it('are read in the order of ids, page by page, the next one by the token CRM gave', async () => {
    const info = { more_records: true, next_page_token: 'tok', page: 1 };
    const asked = answering(
      '/Accounts',
      () =>
        HttpResponse.json({ data: [{ id: '12', Account_Name: 'Acme', Website: null, VAT: 'DE1' }], info }),
      () => HttpResponse.json({ data: [{ id: '13', Account_Name: 'Birch', VAT: { nested: 1 } }] }),
    );
    const { crm } = setUp();
    const plain = { website: null, email: null, accountId: null };
    expect(await crm.accountsPage(null, 'VAT')).toEqual({
      rows: [{ ...plain, id: '12', name: 'Acme', taxNumber: 'DE1' }],
      next: 'tok',
    });
    // Whatever somebody keeps in a field of their own harms nothing else.
    expect(await crm.accountsPage('tok', 'VAT')).toEqual({
      rows: [{ ...plain, id: '13', name: 'Birch', taxNumber: null }],
      next: null,
    });
    const list = '/Accounts?fields=Account_Name%2CWebsite%2CVAT&per_page=200&sort_by=id&sort_order=asc';
    expect(asked).toEqual([`${list}&page=1`, `${list}&page_token=tok`]);
  });

  it('that are empty, or shut to the person, are read to their end at once; trouble is none', async () => {
    answering('/Contacts', () => new HttpResponse(null, { status: 204 }));
    expect(await setUp().crm.contactsPage(null)).toEqual({ rows: [], next: null });
    answering('/Contacts', crmError(403, 'NO_PERMISSION'));
    expect(await setUp().crm.contactsPage(null)).toEqual({ rows: [], next: null });
    answering('/Contacts', crmError(500, 'INTERNAL_ERROR'));
    expect((await troubleOf(setUp().crm.contactsPage(null))).kind).toBe('unreachable');
  });

  it('are asked for single records by 48 ids at once, and tell the names of those there are', async () => {
    const ids = Array.from({ length: 50 }, (_, at) => String(100 + at));
    const asked = answering(
      '/Contacts',
      () =>
        HttpResponse.json({
          data: [
            { id: '101', Full_Name: 'Ada' },
            { id: '999', Full_Name: 'Foreign' },
          ],
        }),
      () => new HttpResponse(null, { status: 204 }),
    );
    expect(await setUp().crm.recordsSeen('Contacts', ids)).toEqual(new Map([['101', 'Ada']]));
    expect(asked).toHaveLength(2);
  });
});

describe('when CRM does not answer as hoped', () => {
  it('a token CRM no longer knows is renewed once, and the person notices nothing', async () => {
    answering('/Deals/77', crmError(401, 'INVALID_TOKEN'), dealAnswer({}));
    const { crm, tokens } = setUp();
    expect((await crm.deal('77'))?.name).toBe('Roof');
    expect(tokens).toEqual(['known', 'renew']);
  });

  it('a renewed token that is refused too means the grant is gone', async () => {
    const asked = answering('/Deals/77', crmError(401, 'INVALID_TOKEN'));
    const { crm, tokens } = setUp();
    expect((await troubleOf(crm.deal('77'))).kind).toBe('revoked');
    expect([asked.length, tokens]).toEqual([2, ['known', 'renew']]);
  });

  it.each([401, 403])('a missing scope (%i) is a refusal; a new token would not cure it', async (status) => {
    answering('/Deals/77', crmError(status, 'OAUTH_SCOPE_MISMATCH'));
    const { crm, tokens } = setUp();
    expect((await troubleOf(crm.deal('77'))).kind).toBe('refused');
    expect(tokens).toEqual(['known']);
  });

  it('too many calls at once are waited for, less than two seconds in all', async () => {
    const busy = crmError(429, 'TOO_MANY_REQUESTS');
    answering('/Deals/77', busy, busy, dealAnswer({}));
    const { crm, waits } = setUp();
    expect((await crm.deal('77'))?.id).toBe('77');
    expect(waits).toEqual([400, 1000]);
    answering('/Deals/77', busy);
    const trouble = await troubleOf(setUp().crm.deal('77'));
    expect([trouble.kind, trouble.detail.retryAfterSeconds]).toEqual(['rate_limited', 10]);
  });

  it('a failing server is asked once more', async () => {
    const asked = answering('/Deals/77', crmError(500, 'INTERNAL_ERROR'), dealAnswer({}));
    expect((await setUp().crm.deal('77'))?.id).toBe('77');
    expect(asked.length).toBe(2);
  });

  it.each<[string, () => Response | Promise<Response>, string, RegExp]>([
    ['500 twice', crmError(500, 'INTERNAL_ERROR'), 'unreachable', /^INTERNAL_ERROR$/],
    [
      '502 with a page',
      () => HttpResponse.html('<h1>canary</h1>', { status: 502 }),
      'unreachable',
      /^http_502$/,
    ],
    ['an error with status 200', crmError(200, 'INTERNAL_ERROR'), 'unreachable', /^INTERNAL_ERROR$/],
    ['a page with status 200', () => HttpResponse.html('<h1>canary</h1>'), 'unreachable', /^not_json$/],
    ['half an answer', () => new HttpResponse('{"data":[{"id":"77","canary'), 'unreachable', /^not_json$/],
    ['wrong types', dealAnswer({ Amount: { canary: 1 } }), 'unreachable', /^unexpected_shape:data\.Amount$/],
    ['a list instead', () => HttpResponse.json(['canary']), 'unreachable', /^unexpected_shape:/],
    ['a redirect', () => HttpResponse.redirect('https://canary.example/'), 'unreachable', /^redirected$/],
    ['a cut connection', () => HttpResponse.error(), 'unreachable', /./],
    ['silence', () => delay('infinite').then(() => HttpResponse.error()), 'unreachable', /^timeout$/],
    ['a wrong module', crmError(400, 'INVALID_MODULE'), 'refused', /^INVALID_MODULE$/],
  ])('%s', async (_, answer, kind, code) => {
    answering('/Deals/77', answer);
    const trouble = await troubleOf(setUp().crm.deal('77'));
    expect([trouble.service, trouble.kind]).toEqual(['crm', kind]);
    expect(trouble.detail.code).toMatch(code);
  });
});
