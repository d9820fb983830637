import { USUAL_DEFINITIONS } from '../../server/domain/definitions.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { CEDAR, type DocumentPlan, documentId, SECRET_DEAL, STRANGE_INVOICE } from './books-plan.ts';
import type { Round } from './rounds.ts';

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const { accounts, deals, contacts, roles, profiles } = SMALL;
const ABSENT = '3652397000000699999';
const RECORDS = [
  `Accounts/${accounts.aster}`,
  `Accounts/${accounts.birch}`,
  `Accounts/${CEDAR}`,
  `Accounts/${ABSENT}`,
  `Deals/${deals.fitOut}`,
  `Deals/${deals.expansion}`,
  `Deals/${SECRET_DEAL}`,
  `Deals/${deals.birch}`,
  `Contacts/${contacts.aster}`,
];
const LISTS = [
  '',
  '?type=invoice',
  '?type=estimate',
  '?type=sales_order',
  '?type=credit_note',
  '?type=expense',
  '?type=payment',
  '?status=overdue',
  '?status=draft',
  '?type=invoice&status=paid',
  '?page=2',
  // refused, and like nonsense
  '?sort=balance',
  '?total=1000.00',
];

const get = (path: string): Ask => ({ method: 'GET', path });
const put = (path: string, body: unknown): Ask => ({ method: 'PUT', path, body });
const post = (path: string, body: unknown): Ask => ({ method: 'POST', path, body });
const ANY43 = 'a'.repeat(43);
const ANY_UUID = '7b8f5a86-6b0e-4d0f-9f0b-0d5f9d0e8a11';
const AS_FINANCE = `role=${roles.finance}&profile=${profiles.standard}`;

const READING: readonly Ask[] = [
  ...RECORDS.map((record) => get(`/api/v1/records/${record}/customer-360`)),
  { ...get(`/api/v1/records/Accounts/${accounts.aster}/customer-360`), headers: { 'if-none-match': '*' } },
  ...LISTS.map((query) => get(`/api/v1/records/Accounts/${accounts.aster}/documents${query}`)),
  ...RECORDS.slice(1).map((record) => get(`/api/v1/records/${record}/documents`)),
];

/** Only for administrators: for everybody else a refusal, whatever there is. */
const ADMINISTERING: readonly Ask[] = [
  get('/api/v1/settings'),
  post('/api/v1/settings/books/start', { challenge: ANY43 }),
  post('/api/v1/settings/books/redeem', { tx: ANY43, code: ANY43, verifier: ANY43 }),
  put('/api/v1/settings/books/organisation', { organisationId: SMALL.organisation }),
  put('/api/v1/settings/roles', { roles: [] }),
  get('/api/v1/settings/policy'),
  put('/api/v1/settings/policy', { basedOn: 1, document: { rules: [], bands: {}, cascadeFromBooks: true } }),
  get('/api/v1/settings/policy/history'),
  get('/api/v1/settings/definitions'),
  put('/api/v1/settings/definitions', { basedOn: 0, document: USUAL_DEFINITIONS }),
  get('/api/v1/settings/definitions/history'),
  get('/api/v1/settings/mapping?group=linked'),
  get('/api/v1/settings/mapping/customers?search=a'),
  put('/api/v1/settings/mapping', { basedOn: 0, mode: 'both', taxField: null }),
  post('/api/v1/settings/mapping/decisions', {
    changes: [{ customerId: SMALL.customers.aster, version: 0, to: { says: 'books' } }],
  }),
  get('/api/v1/settings/setup'),
  get('/api/v1/settings/setup/pre-flight'),
  put('/api/v1/settings/setup/step', { step: 'pre_flight' }),
  get('/api/v1/settings/lifecycle'),
  put('/api/v1/settings/lifecycle', { basedOn: 0, to: 'paused' }),
  post('/api/v1/settings/lifecycle/uninstall', { basedOn: 0, confirm: 'Small', erase: 'now' }),
  get('/api/v1/settings/lifecycle/organisations'),
  put('/api/v1/settings/lifecycle/organisation', { basedOn: 0, organisationId: SMALL.organisation }),
  get(`/api/v1/settings/preview/Accounts/${accounts.aster}/customer-360?${AS_FINANCE}`),
  get(`/api/v1/settings/preview/Accounts/${accounts.aster}/documents?${AS_FINANCE}`),
  get('/api/v1/settings/health'),
  post('/api/v1/settings/health/retry', {}),
  get('/api/v1/settings/health/alerts'),
  put('/api/v1/settings/health/alerts', { basedOn: 0, channel: null }),
  post('/api/v1/settings/health/alerts/test', {}),
  get('/api/v1/settings/health/diagnosis'),
  get('/api/v1/settings/audit'),
  get('/api/v1/settings/audit?before=5'),
  get('/api/v1/settings/audit/export'),
  // for whoever runs the server: for everybody of an organisation a refusal
  get('/metrics'),
];

/** Links and what could become one; nothing that is asked here can be done, so that nothing changes. */
function linking({ plan, twin, rule }: Round): readonly Ask[] {
  const ofDeal = (dealId: string, more = ''): string => `/api/v1/deals/${dealId}/links${more}`;
  const named = ({ type, key }: DocumentPlan) => ({ type, id: documentId(key) });
  const linkable = plan.documents.filter(({ type }) => type !== 'payment' && type !== 'credit_note');
  const invoices = linkable.filter(({ type, state }) => type === 'invoice' && state !== 0 && state !== 4);
  // Somebody who may name a share learns from the answer whether the document has as much.
  const shares = invoices.slice(0, 3).map((one) => {
    const other = twin.documents.find(({ key }) => key === one.key) ?? one;
    return { ...named(one), share: ((netOf(one) + netOf(other)) / 200).toFixed(2) };
  });
  const strange = { type: 'invoice', id: STRANGE_INVOICE };
  const mayLink = rule?.mayLink === true;
  return [
    ...[deals.fitOut, deals.expansion, SECRET_DEAL, deals.birch, ABSENT].map((id) => get(ofDeal(id))),
    ...['', '?q=INV', '?q=100', '?q=Cedar', '?type=expense', '?status=overdue', '?page=2', '?sort=total'].map(
      (query) => get(ofDeal(deals.fitOut, `/suggestions${query}`)),
    ),
    get(ofDeal(deals.expansion, '/suggestions')),
    get(ofDeal(SECRET_DEAL, '/suggestions')),
    post(ofDeal(deals.expansion, '/preview'), { documents: linkable.slice(0, 4).map(named) }),
    post(ofDeal(deals.fitOut, '/preview'), {
      documents: [{ type: 'invoice', id: documentId(51) }, { type: 'expense', id: documentId(52) }, strange],
    }),
    ...shares.map((share) => post(ofDeal(deals.expansion, '/preview'), { documents: [share] })),
    post(ofDeal(deals.birch, '/preview'), { documents: [strange] }),
    post(ofDeal(deals.fitOut), { documents: [strange] }),
    ...(mayLink ? [] : [post(ofDeal(deals.expansion), { documents: linkable.slice(0, 2).map(named) })]),
    { method: 'DELETE', path: ofDeal(deals.expansion, `/invoice/${STRANGE_INVOICE}`), body: {} },
    post(ofDeal(deals.fitOut, '/undo'), { undoId: ANY_UUID }),
    post(ofDeal(deals.fitOut, `/invoice/${STRANGE_INVOICE}/retry`), undefined),
    post(ofDeal(deals.fitOut, `/invoice/${STRANGE_INVOICE}/resolve`), { keep: 'ours' }),
    get(`/api/v1/accounts/${accounts.aster}/deals`),
    get(`/api/v1/accounts/${accounts.aster}/deals?q=told`),
    get(`/api/v1/accounts/${accounts.birch}/deals`),
    get(`/api/v1/accounts/${accounts.aster}/links`),
    get(`/api/v1/accounts/${accounts.birch}/links`),
    {
      method: 'DELETE',
      path: `/api/v1/accounts/${accounts.aster}/links/invoice/${STRANGE_INVOICE}`,
      body: { dealId: ABSENT },
    },
  ];
}

const netOf = ({ cents, tax }: DocumentPlan): number => cents - Math.round((cents * tax) / 100);

/** Refusals to who is no administrator, whose asking CRM takes long, are asked for in every third round. */
export const asksOf = (round: Round): readonly Ask[] => [
  ...READING,
  ...linking(round),
  ...(round.number % 3 === 0 ? ADMINISTERING : []),
];

/** Asked once more while Books fails, and once while its errors quote amounts. */
export const IN_TROUBLE: readonly Ask[] = [
  get(`/api/v1/records/Accounts/${accounts.aster}/customer-360`),
  get(`/api/v1/records/Accounts/${accounts.aster}/documents`),
  get(`/api/v1/records/Deals/${deals.fitOut}/customer-360`),
  get(`/api/v1/deals/${deals.fitOut}/links`),
  get(`/api/v1/deals/${deals.fitOut}/links/suggestions`),
];

/** Whether an ask is one of a route, e.g. of `GET /api/v1/deals/:dealId/links`. */
export const isOf = ({ method, path }: Ask, route: { method: string; url: string }): boolean =>
  method === route.method &&
  new RegExp(`^${route.url.replaceAll(/:\w+/g, '[^/?]+')}$`).test(path.split('?')[0] ?? '');
