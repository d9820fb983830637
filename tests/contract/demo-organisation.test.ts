import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoOrganisation } from '../sandbox/demo/demo-organisation.ts';
import { type Sandbox, startSandbox } from '../sandbox/serve-sandbox.ts';
import { BOOKS_SCOPES, CRM_SCOPES, signedIn } from '../sandbox/zoho-signed-in.ts';
import { text } from '../sandbox/zoho-wire.ts';
import { recordExchanges, validateExchange } from './contract.ts';
import { areDescriptionsHere } from './openapi.ts';

const DETAILS = 25;
const BOOKS = [
  ['contacts', 'contact_id'],
  ['invoices', 'invoice_id'],
  ['customerpayments', 'payment_id'],
  ['creditnotes', 'creditnote_id'],
  ['estimates', 'estimate_id'],
  ['salesorders', 'salesorder_id'],
  ['expenses', 'expense_id'],
] as const;

describe.skipIf(!areDescriptionsHere)('the demo organisation is in the shape of the descriptions', () => {
  let sandbox: Sandbox;
  let headers: Record<string, string>;
  beforeAll(async () => {
    sandbox = await startSandbox({
      organisation: demoOrganisation({ today: '2026-11-20' }),
      limits: { perMinute: 100_000, perDay: 100_000 },
    });
    const userId = sandbox.zoho.organisation.org.demo?.administratorId ?? '';
    const { accessToken } = await signedIn({
      origin: sandbox.origin,
      userId,
      scopes: [...CRM_SCOPES, ...BOOKS_SCOPES],
    });
    headers = { authorization: `Zoho-oauthtoken ${accessToken}` };
  });
  afterAll(() => sandbox.close());

  const faultsOf = async (paths: readonly string[]): Promise<readonly string[]> => {
    const record = recordExchanges(sandbox.exchanges);
    for (const path of paths) await fetch(sandbox.origin + path, { headers });
    record.stop();
    expect(record.all.map(({ status }) => status)).toEqual(paths.map(() => 200));
    return record.all.flatMap(validateExchange);
  };

  it.each(BOOKS)('Books %s: the list and a spread of details', async (resource, idKey) => {
    const { books } = sandbox.zoho.organisation;
    const organisation = `organization_id=${text(books.organizations[0], 'organization_id')}`;
    const all = books[resource];
    const every = Math.max(1, Math.floor(all.length / DETAILS));
    const details = all
      .filter((_, at) => at % every === 0)
      .map((one) => `/books/v3/${resource}/${text(one, idKey)}?${organisation}`);
    expect(await faultsOf([`/books/v3/${resource}?${organisation}`, ...details])).toEqual([]);
  });

  it.each([
    ['invoices', 'invoice_id'],
    ['estimates', 'estimate_id'],
    ['salesorders', 'salesorder_id'],
  ] as const)('Books %s: a change that sends all lines back as they were read', async (resource, idKey) => {
    const { books } = sandbox.zoho.organisation;
    const document = books[resource].find(
      ({ line_items: lines }) => Array.isArray(lines) && lines.length > 2,
    );
    const path = `/books/v3/${resource}/${text(document, idKey)}?organization_id=${text(books.organizations[0], 'organization_id')}`;
    sandbox.scenario.writes.set(resource, 'needs_full');
    const record = recordExchanges(sandbox.exchanges);
    const { customer_id, custom_fields, line_items, total } = structuredClone(document ?? {});
    const answer = await fetch(sandbox.origin + path, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ customer_id, custom_fields, line_items, zcrm_potential_id: '' }),
    });
    record.stop();
    expect(answer.status).toBe(200);
    expect(document).toMatchObject({ line_items, total });
    expect(record.all.flatMap(validateExchange)).toEqual([]);
  });

  it('Books: its users', async () => {
    const [organisation] = sandbox.zoho.organisation.books.organizations;
    const path = `/books/v3/users?organization_id=${text(organisation, 'organization_id')}`;
    expect(await faultsOf([path, `${path}&filter_by=Status.Inactive`])).toEqual([]);
  });

  it('CRM: people, organisation, fields and records', async () => {
    const lists = ['Accounts', 'Contacts', 'Deals', 'Products', 'Vendors'] as const;
    const { crm } = sandbox.zoho.organisation;
    expect(
      await faultsOf([
        '/crm/v8/org',
        '/crm/v8/users?type=AllUsers',
        '/crm/v8/settings/roles',
        '/crm/v8/settings/profiles',
        `/crm/v8/settings/profiles/${text(crm.profiles[0], 'id')}`,
        '/crm/v8/settings/fields?module=Deals',
        ...lists.map((module) => `/crm/v8/${module}/${text(crm[module][0], 'id')}`),
        ...lists.map(
          (module) => `/crm/v8/${module}?fields=Owner,Created_By,Modified_By,Created_Time,Modified_Time`,
        ),
      ]),
    ).toEqual([]);
  });
});
