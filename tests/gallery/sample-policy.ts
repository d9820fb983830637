import {
  FigureId,
  type PolicyDocument,
  type PolicyHistory,
  type PolicyView,
} from '../../server/contract/policy.ts';

/** Built-in sets and derivations as the server tells them. */
const SALES: PolicyView['templates']['sales'] = {
  verdict: 'status',
  overdue: 'status',
  overdueCount: 'exact',
  oldestOverdueDays: 'exact',
  open: 'band',
  openCount: 'exact',
  collected: 'band',
  invoicedNet: 'band',
  unusedCredits: 'band',
  unusedRetainers: 'band',
  netExposure: 'band',
  writtenOff: 'band',
  lastPaymentDate: 'exact',
  lastPaymentAmount: 'band',
  ageing: 'band',
  ageingCounts: 'exact',
  paymentSpeed: 'band',
  reconciliation: 'status',
  documents: 'exact',
  documentTotal: 'band',
  documentBalance: 'status',
  suggestions: 'status',
  dealAmount: 'band',
  quoted: 'band',
  invoiced: 'band',
  dealCollected: 'band',
  leftToInvoice: 'band',
  overInvoiced: 'status',
};

const DERIVED: Partial<PolicyView['inputs']> = {
  netExposure: ['open', 'unusedCredits', 'unusedRetainers'],
  lastPaymentAmount: ['collected'],
  ageing: ['open', 'overdue'],
  ageingCounts: ['openCount', 'overdueCount'],
  reconciliationDifference: ['reconciliation', 'open'],
  documentTotal: ['documents'],
  documentBalance: ['documents', 'open', 'overdue'],
  suggestions: ['documents'],
  dealCollected: ['invoiced'],
  leftToInvoice: ['dealAmount', 'invoiced'],
  overInvoiced: ['leftToInvoice'],
};

const every = <Value>(of: (figure: FigureId) => Value): Record<FigureId, Value> =>
  Object.fromEntries(FigureId.options.map((figure) => [figure, of(figure)])) as Record<FigureId, Value>; // safe because every id was mapped

export const ROLE = { ceo: '1', finance: '2', rep: '3', support: '4', intern: '5' } as const;
export const PROFILE = { administrator: '11', standard: '12', support: '13' } as const;

/** Three roles decided about, one profile, and one profile within a role. */
export const aDocument = (over: Partial<PolicyDocument> = {}): PolicyDocument => ({
  rules: [
    { role: ROLE.ceo, template: 'exact', levels: {} },
    { role: ROLE.finance, template: 'exact', levels: {} },
    { role: ROLE.rep, template: 'sales', levels: {} },
    { profile: PROFILE.support, template: 'least', levels: { overdueCount: 'exact' } },
    {
      role: ROLE.rep,
      profile: PROFILE.support,
      template: null,
      levels: { open: 'status' },
      documentTypes: ['invoice', 'payment'],
    },
  ],
  bands: { EUR: ['1000', '5000', '25000', '100000'] },
  cascadeFromBooks: true,
  ...over,
});

export const aPolicyView = (over: Partial<PolicyView> = {}): PolicyView => ({
  version: 7,
  document: aDocument(),
  roles: [
    { id: ROLE.ceo, name: 'CEO' },
    { id: ROLE.finance, name: 'Finance Manager', suggested: 'exact' },
    { id: ROLE.rep, name: 'Sales Representative', suggested: 'sales' },
    { id: ROLE.support, name: 'Support Agent' },
    { id: ROLE.intern, name: 'Intern' },
  ],
  profiles: [
    { id: PROFILE.administrator, name: 'Administrator' },
    { id: PROFILE.standard, name: 'Standard' },
    { id: PROFILE.support, name: 'Support' },
  ],
  templates: { exact: every(() => 'exact'), sales: SALES, least: { verdict: 'status' } },
  inputs: every((figure) => DERIVED[figure] ?? []),
  madeOf: { open: ['invoice'], overdue: ['invoice'], quoted: ['estimate', 'sales_order'] },
  ofAllDeals: ['unusedCredits', 'unusedRetainers', 'netExposure', 'reconciliation'],
  ...over,
});

/** The document of `aDocument`, with other cells for the sales representatives. */
export const withRepLevels = (levels: PolicyDocument['rules'][number]['levels']): PolicyDocument => {
  const document = aDocument();
  return {
    ...document,
    rules: document.rules.map((rule) =>
      rule.role === ROLE.rep && rule.profile === undefined ? { ...rule, levels } : rule,
    ),
  };
};

export const aHistory = (): PolicyHistory => ({
  versions: [
    {
      version: 7,
      at: '2026-11-20T16:12:00Z',
      by: { id: '901', name: 'Ada Admin' },
      document: aDocument(),
    },
    {
      version: 6,
      at: '2026-11-18T08:40:00Z',
      by: { id: '902', name: 'Omar Operations' },
      document: { ...withRepLevels({ open: 'exact', collected: 'hidden' }), cascadeFromBooks: false },
    },
    {
      version: 5,
      at: '2026-11-02T10:05:00Z',
      by: { id: '901', name: 'Ada Admin' },
      document: aDocument({ rules: aDocument().rules.slice(0, 3), bands: {}, cascadeFromBooks: false }),
    },
  ],
});
