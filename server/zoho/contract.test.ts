import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordExchanges, validateExchange } from '../../tests/contract/contract.ts';
import { areDescriptionsHere } from '../../tests/contract/openapi.ts';
import { type Sandbox, startSandbox } from '../../tests/sandbox/serve-sandbox.ts';
import { SMALL, smallOrganisation } from '../../tests/sandbox/small-organisation.ts';
import { BOOKS_SCOPES, CRM_SCOPES, signedIn } from '../../tests/sandbox/zoho-signed-in.ts';
import type { CustomerId, DealId } from '../domain/documents.ts';
import { createBooks, listBooksOrganisations } from './books/client.ts';
import { createCrm } from './crm/client.ts';
import { localDataCentre } from './data-centres.ts';
import { createGovernor } from './governor.ts';
import { createTransport } from './transport.ts';

describe.skipIf(!areDescriptionsHere)("what our clients send, held against Zoho's API descriptions", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ organisation: smallOrganisation() });
  });
  afterAll(() => sandbox.close());

  it('every path and every parameter is described', async () => {
    const { accessToken } = await signedIn({
      origin: sandbox.origin,
      userId: SMALL.users.administrator,
      scopes: [...CRM_SCOPES, ...BOOKS_SCOPES],
    });
    const needs = {
      transport: createTransport({ allowedOrigins: [sandbox.origin] }),
      dataCentre: localDataCentre(sandbox.origin),
      accessToken: async () => accessToken,
    };
    const recorded = recordExchanges(sandbox.exchanges);
    const crm = createCrm(needs);
    await crm.currentUser();
    await crm.organisation();
    await crm.administrators();
    await crm.roles();
    await crm.account(SMALL.accounts.aster);
    await crm.deal(SMALL.deals.fitOut);
    await crm.contact(SMALL.contacts.aster);
    await crm.contactsOfAccount(SMALL.accounts.aster);
    await crm.accountsPage(null, 'VAT_Number');
    await crm.contactsPage(null);
    await crm.recordsSeen('Accounts', [SMALL.accounts.aster]);

    await listBooksOrganisations(needs);
    const books = createBooks({
      ...needs,
      governor: createGovernor({ timeZone: 'Europe/Berlin' }),
      organisationId: SMALL.organisation,
      baseCurrency: 'USD',
    });
    await books.customersLinkedTo({ accountId: SMALL.accounts.aster }, 'interactive');
    await books.customersLinkedTo({ contactId: SMALL.contacts.aster }, 'interactive');
    await books.customersNamed('Aster', 'interactive');
    const { customer } = await books.customer(SMALL.customers.aster as CustomerId, 'interactive');
    const invoices = await books.invoices(customer, 'interactive');
    const payments = await books.payments(customer, 'interactive');
    await books.creditNotes(customer, 'interactive');
    await books.creditNoteRefunds(customer, 'background');
    const estimates = await books.estimates(customer, 'background');
    const orders = await books.salesOrders(customer, 'background');
    await books.expenses(customer, 'background');
    const deal = SMALL.deals.fitOut as DealId;
    for (const [type, { rows }] of [
      ['invoice', invoices],
      ['estimate', estimates],
      ['sales_order', orders],
    ] as const) {
      await books.documentsOfDeal(type, deal, 'background');
      if (rows[0]) await books.details(type, rows[0].id, 'background');
    }
    if (payments.rows[0]) await books.applications(payments.rows[0].id, 'background');
    recorded.stop();

    expect(recorded.all.length).toBeGreaterThanOrEqual(30);
    // what the local Zoho answers has a test of its own
    expect(
      recorded.all.flatMap(validateExchange).filter((fault) => /parameter|operation/.test(fault)),
    ).toEqual([]);
  });
});
