import { getResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Organisation, Wire } from '../organisation.ts';
import { crmPageHandlers } from './crm-page.ts';

const PAGE = 'http://127.0.0.1:3601';
const role = { id: '91', name: 'Sales' };
const profile = { id: '81', name: 'Standard' };
const user = (id: string, full_name: string, more: Wire = {}): Wire => ({
  id,
  full_name,
  status: 'active',
  role,
  profile,
  ...more,
});
const ownedBy = (id: string): Wire => ({ Owner: { id, name: 'somebody' } });

const organisation: Organisation = {
  org: { crm: { company_name: 'Acme', iso_code: 'EUR' }, demo: { repId: '12' } },
  crm: {
    Accounts: [
      { id: '101', Account_Name: 'Ann’s account', ...ownedBy('11') },
      { id: '102', Account_Name: '"><script>alert(1)</script>', ...ownedBy('12') },
      ...Array.from({ length: 30 }, (_, n) => ({ id: `2${n}`, Account_Name: `Shop ${n}`, ...ownedBy('12') })),
    ],
    Contacts: [],
    Deals: [
      {
        id: '301',
        Deal_Name: 'Chairs',
        Stage: 'Closed Won',
        Amount: 1250.5,
        Closing_Date: '2026-02-28',
        Account_Name: { id: '102', name: 'x' },
        ...ownedBy('12'),
      },
    ],
    Products: [],
    Vendors: [],
    users: [
      user('11', 'Ann Admin', { profile: { id: '82', name: 'Administrator' } }),
      user('12', 'Rob Rep'),
      user('13', 'Len Left', { status: 'inactive' }),
    ],
    roles: [{ id: '91', name: 'Sales', reporting_to: null }],
    profiles: [{ id: '81', name: 'Standard' }],
  },
  books: {
    organizations: [],
    contacts: [],
    invoices: [],
    customerpayments: [],
    creditnotes: [],
    estimates: [],
    salesorders: [],
    expenses: [],
    items: [],
    users: [],
  },
};
const handlers = crmPageHandlers({ organisation, widgetsOrigin: 'http://localhost:3600' });

const ask = (path: string, init?: RequestInit): Promise<Response | undefined> =>
  getResponse(handlers, new Request(`${PAGE}${path}`, init));
async function shown(path: string, userId?: string): Promise<{ status: number | undefined; text: string }> {
  const answer = await ask(path, userId ? { headers: { cookie: `crm_theme=day; crm_user=${userId}` } } : {});
  return { status: answer?.status, text: (await answer?.text()) ?? '' };
}

describe('who sees what', () => {
  it('the demo’s rep is logged in first and sees only records of their own', async () => {
    const { text } = await shown('/accounts');
    expect(text).toContain('Logged in as Rob Rep, Sales');
    expect(text).toContain('31 accounts');
    expect(text).not.toContain('Ann’s account');
  });

  it('an administrator sees every record', async () => {
    expect((await shown('/accounts', '11')).text).toContain('32 accounts');
  });

  it('a record of somebody else looks like one that does not exist', async () => {
    const hidden = await shown('/accounts/101', '12');
    const absent = await shown('/accounts/999', '12');
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.text.replaceAll('101', '999')).toBe(absent.text);
  });

  it('the widget’s host reads no record the user may not see', async () => {
    const read = async (id: string) => (await shown(`/crm-page/record?module=Accounts&id=${id}`, '12')).text;
    expect(JSON.parse(await read('101'))).toEqual({ data: [] });
    expect(JSON.parse(await read('20'))).toMatchObject({ data: [{ Account_Name: 'Shop 0' }] });
  });

  it('somebody who left cannot be chosen', async () => {
    expect((await shown('/accounts', '13')).text).toContain('Logged in as Rob Rep');
    expect((await shown('/accounts')).text).not.toContain('Len Left');
  });
});

describe('switching the user', () => {
  const choose = (form: Record<string, string>) =>
    ask('/crm-page/user', { method: 'POST', body: new URLSearchParams(form) });

  it('names the chosen one in a cookie and goes back to the page', async () => {
    const answer = await choose({ user: '11', to: '/deals/301' });
    expect(answer?.status).toBe(303);
    expect(answer?.headers.get('location')).toBe('/deals/301');
    expect(answer?.headers.get('set-cookie')).toBe('crm_user=11; Path=/; SameSite=Lax');
  });

  it('leads to no other site and takes no stranger', async () => {
    const answer = await choose({ user: '13', to: '//evil.example' });
    expect(answer?.headers.get('location')).toBe('/');
    expect(answer?.headers.get('set-cookie')).toBeNull();
  });
});

describe('the lists', () => {
  it('show 25 records a page, found by a part of the name in any case', async () => {
    const first = await shown('/accounts');
    expect(first.text.match(/<tr data-id/g)).toHaveLength(25);
    expect(first.text).toContain('Page 1 of 2');
    expect((await shown('/accounts?page=2')).text.match(/<tr data-id/g)).toHaveLength(6);
    expect((await shown('/accounts?q=SHOP%2029')).text).toContain('1 account ');
    expect((await shown('/accounts?q=nowhere')).text).toContain('No accounts match.');
  });

  it('print amounts in their currency and dates as they are', async () => {
    const { text } = await shown('/deals');
    expect(text).toContain('EUR\u00a01,250.50');
    expect(text).toContain('<time datetime="2026-02-28">Feb 28, 2026</time>');
    expect(text).toContain('data-kind="won"');
  });

  it('a name that is markup stays a name', async () => {
    for (const path of ['/accounts', '/accounts/102', '/accounts?q=%22%3E%3Cscript%3E']) {
      expect((await shown(path)).text).not.toContain('<script>alert');
    }
  });
});

describe('a record page', () => {
  it('hosts the panel, with what the host tells it', async () => {
    const { text } = await shown('/accounts/102');
    const [, json = ''] = /id="hosted">(.*?)<\/script>/.exec(text) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      src: 'http://localhost:3600/widgets/panel.html',
      record: { module: 'Accounts', id: '102' },
      user: { id: '12', full_name: 'Rob Rep' },
    });
    expect(text).toContain('Deals <span class="count">1</span>');
  });
});

describe('the addresses', () => {
  it.each([
    '/books/v3/contacts',
    '/crm/v8/Deals',
    '/crm/v8/Accounts/102',
    '/books/v3/settings',
    '/oauth/v2/user/info',
  ])('%s stays Zoho’s', async (path) => {
    expect(await ask(path)).toBeUndefined();
  });

  it('the SDK is the stand-in unless a file is named, and other sites may load it', async () => {
    const answer = await ask('/sdk/ZohoEmbededAppSDK.min.js');
    expect(answer?.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(await answer?.text()).toContain('window.ZOHO');
    const real = crmPageHandlers({
      organisation,
      widgetsOrigin: 'http://localhost:3600',
      sdkFile: new URL(import.meta.url).pathname,
    });
    const served = await getResponse(real, new Request(`${PAGE}/sdk/ZohoEmbededAppSDK.min.js`));
    expect(await served?.text()).toContain('the SDK is the stand-in unless a file is named');
  });
});
