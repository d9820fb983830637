import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LinkableDocument } from '../../domain/deal-shares.ts';
import type { DealId, DocumentId } from '../../domain/documents.ts';
import { DATA_CENTRES, type DataCentre } from '../data-centres.ts';
import { createGovernor } from '../governor.ts';
import { createTransport } from '../transport.ts';
import { createBooks } from './client.ts';

const zoho = setupServer();
beforeAll(() => zoho.listen({ onUnhandledRequest: 'error' }));
afterEach(() => zoho.resetHandlers());
afterAll(() => zoho.close());

const eu = DATA_CENTRES.find(({ location }) => location === 'eu') as DataCentre; // safe because the table has it
const books = createBooks({
  transport: createTransport({ allowedOrigins: [eu.api], timeoutMs: 150 }),
  governor: createGovernor({ timeZone: 'UTC' }),
  dataCentre: eu,
  organisationId: '10234695',
  accessToken: async () => 'token',
  baseCurrency: 'EUR',
});
const ID = '1' as DocumentId;
const A = '77' as DealId;
const B = '78' as DealId;

const PATHS: Record<LinkableDocument, string> = {
  invoice: 'invoices',
  estimate: 'estimates',
  sales_order: 'salesorders',
  expense: 'expenses',
};
const KEYS: Record<LinkableDocument, string> = {
  invoice: 'invoice',
  estimate: 'estimate',
  sales_order: 'salesorder',
  expense: 'expense',
};
const LINES = [
  { line_item_id: '11', item_id: '5', name: 'Desk', rate: 50, quantity: 2, item_total: 100, tax_id: '' },
  { line_item_id: '12', item_id: '6', name: 'Lamp', rate: 9.5, quantity: 1, item_total: 9.5 },
];
const pageOf = (type: LinkableDocument, more: object = {}) => ({
  [`${KEYS[type]}_id`]: ID,
  customer_id: '900',
  status: 'sent',
  total: 119,
  balance: 20,
  sub_total: 100,
  tax_total: 19,
  currency_code: 'EUR',
  date: '2026-10-01',
  account_id: '3',
  paid_through_account_id: '4',
  line_items: LINES,
  zcrm_potential_id: A,
  last_modified_time: '2026-10-01T10:00:00+0200',
  reference_number: 'never sent back',
  ...more,
});

type Put = readonly [status: number, code: number, message: string];

/** A document's page, and what Books says to updates one after the other. Tells the bodies it was sent. */
function document(type: LinkableDocument, puts: readonly Put[], more: object = {}): unknown[] {
  const sent: unknown[] = [];
  const path = `${eu.api}/books/v3/${PATHS[type]}/${ID}`;
  zoho.use(
    http.get(path, () =>
      HttpResponse.json({ code: 0, message: 'success', [KEYS[type]]: pageOf(type, more) }),
    ),
    http.put(path, async ({ request }) => {
      sent.push(await request.json());
      const [status, code, message] = puts[sent.length - 1] ?? [500, 1000, 'once too often'];
      return HttpResponse.json({ code, message }, { status });
    }),
  );
  return sent;
}
const set = (type: LinkableDocument, from: DealId | null, to: DealId | null) =>
  books.setDeal({ type, id: ID }, { from, to });
const OK: Put = [200, 0, 'Updated'];
const NEEDS_MORE: Put = [400, 4, 'Invalid value passed for line_items'];

describe("a document's page", () => {
  it.each(['invoice', 'estimate', 'sales_order', 'expense'] as const)(
    'of an %s tells its deal, its net amount and its lines',
    async (type) => {
      document(type, []);
      expect(await books.document(type, ID, 'interactive')).toEqual({
        type,
        id: ID,
        customerId: '900',
        status: type === 'invoice' || type === 'estimate' ? 'sent' : 'unknown:sent',
        dealId: A,
        total: { currency: 'EUR', amount: '119' },
        balance: { currency: 'EUR', amount: '20' },
        net: { currency: 'EUR', amount: '100' },
        lineCount: 2,
        contents: { itemNames: ['desk', 'lamp'] },
        version: '2026-10-01T10:00:00+0200',
      });
    },
  );

  it('that does not exist is nothing, and one of another document is trouble', async () => {
    zoho.use(
      http.get(`${eu.api}/books/v3/invoices/${ID}`, () =>
        HttpResponse.json({ code: 1002, message: 'Invoice does not exist.' }, { status: 404 }),
      ),
    );
    expect(await books.document('invoice', ID, 'interactive')).toBeNull();
    document('invoice', [], { invoice_id: '2' });
    await expect(books.document('invoice', ID, 'interactive')).rejects.toThrow('wrong_record');
  });

  it('without a tax split has no net amount', async () => {
    document('invoice', [], { tax_total: '', taxes: undefined });
    expect((await books.document('invoice', ID, 'interactive'))?.net).toBeNull();
  });
});

describe('a new deal', () => {
  it('is all that is sent, and taking it off sends an empty one', async () => {
    const sent = document('invoice', [OK, OK]);
    expect([await set('invoice', A, B), await set('invoice', B, null)]).toEqual(['answered', 'answered']);
    expect(sent).toEqual([{ zcrm_potential_id: B }, { zcrm_potential_id: '' }]);
  });

  const complete = [
    { line_item_id: '11', item_id: '5', name: 'Desk', rate: 50, quantity: 2 },
    { line_item_id: '12', item_id: '6', name: 'Lamp', rate: 9.5, quantity: 1 },
  ];
  it.each([
    ['invoice', { customer_id: '900', line_items: complete }],
    ['estimate', { customer_id: '900', custom_fields: [], line_items: complete }],
    ['sales_order', { customer_id: '900', line_items: complete }],
    ['expense', { date: '2026-10-01', account_id: '3', paid_through_account_id: '4', amount: 100 }],
  ] as const)('goes with what the documentation requires where an %s needs it', async (type, full) => {
    const sent = document(type, [NEEDS_MORE, OK]);
    expect(await set(type, A, B)).toBe('answered');
    expect(sent).toEqual([{ zcrm_potential_id: B }, { ...full, zcrm_potential_id: B }]);
  });

  it.each([
    ['locked', [400, 1072, 'Transactions dated on or before 2026-09-30 have been locked.']],
    ['void', [400, 1040, 'Invoices that have been voided cannot be edited.']],
    ['approved', [400, 1041, 'You cannot edit this invoice as it has been approved.']],
    ['refused', [401, 57, 'You are not authorized to perform this operation']],
    ['gone', [404, 1002, 'Invoice does not exist.']],
  ] as const)('that Books refuses is %s, and asked for once', async (answer, put) => {
    // With 57 a renewed token is tried first.
    const sent = document('invoice', [put, put]);
    expect(await set('invoice', A, B)).toBe(answer);
    expect(sent.every((body) => JSON.stringify(body) === JSON.stringify({ zcrm_potential_id: B }))).toBe(
      true,
    );
  });

  it('is not sent again over a deal somebody else has just written', async () => {
    const sent = document('invoice', [NEEDS_MORE], { zcrm_potential_id: '99' });
    expect(await set('invoice', A, B)).toBe('changed');
    expect(sent).toHaveLength(1);
  });

  it('is never sent with half of a document', async () => {
    const sent = document('invoice', [NEEDS_MORE], { line_items: [{ name: 'A line without an id' }] });
    expect(await set('invoice', A, B)).toBe('refused');
    expect(sent).toHaveLength(1);
  });

  it('that got no answer is trouble, and not sent twice', async () => {
    const sent = document('invoice', [[500, 1000, 'Internal error']]);
    await expect(set('invoice', A, B)).rejects.toThrow('books unreachable');
    expect(sent).toHaveLength(1);
  });
});
