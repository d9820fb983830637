import type { ReactNode } from 'react';
import type { MappingReport, MappingRow } from '../../server/contract/mapping.ts';
import { Waiting } from '../../widgets/settings/Asked.tsx';
import { CustomerChoice } from '../../widgets/settings/mapping/CustomerPicker.tsx';
import { MappingView, type MappingViewProps } from '../../widgets/settings/mapping/MappingView.tsx';
import { ProblemStanding } from '../../widgets/ui/ProblemStanding.tsx';

const ended = (): void => undefined;

const account = (id: string, name?: string): MappingRow['record'] => ({
  module: 'Accounts',
  id,
  ...(name === undefined ? {} : { name }),
});
const plain = { customers: [], suggestions: [], faults: [] };

const SUGGESTED: readonly MappingRow[] = [
  {
    ...plain,
    record: account('1', 'Bergmann Planungsbüro GmbH & Co. KG'),
    suggestions: [
      {
        customer: { id: '91', name: 'BERGMANN PLANUNGSBUERO', version: 0 },
        reasons: ['tax_number', 'name'],
        strength: 'strong',
        ambiguous: false,
      },
    ],
  },
  {
    ...plain,
    record: account('2', 'Willow Creek Bakery'),
    suggestions: [
      {
        customer: { id: '92', name: 'Willow Creek Bakery', version: 0 },
        reasons: ['name'],
        strength: 'likely',
        ambiguous: true,
      },
      {
        customer: { id: '93', name: 'Willow Creek Bakery Ltd', version: 2 },
        reasons: ['name'],
        strength: 'likely',
        ambiguous: true,
      },
    ],
  },
  {
    ...plain,
    record: { module: 'Contacts', id: '3', name: 'נועה לוי' },
    suggestions: [
      {
        customer: { id: '94', name: 'Atlas Logistics – East', version: 0 },
        reasons: ['email_domain', 'similar_name'],
        strength: 'weak',
        ambiguous: false,
      },
    ],
    customers: [
      {
        id: '95',
        name: 'Levy Interiors',
        version: 1,
        source: 'separated',
        by: 'Ada Admin',
        at: '2026-11-20T09:30:00Z',
      },
    ],
  },
];

const LINKED: readonly MappingRow[] = [
  {
    ...plain,
    record: account('4', 'Atlas Logistics Group'),
    customers: [
      { id: '81', name: 'Atlas Logistics Group East', version: 0, source: 'books' },
      {
        id: '82',
        name: 'Atlas Logistics Group West',
        version: 1,
        source: 'confirmed',
        by: 'Ada Admin',
        at: '2026-11-20T09:30:00Z',
      },
    ],
  },
  {
    ...plain,
    record: account('5', 'Lindgren Consulting'),
    customers: [{ id: '83', name: 'Lindgren Consulting', version: 0, source: 'contact' }],
  },
];

const BROKEN: readonly MappingRow[] = [
  {
    ...plain,
    record: account('3652397000000400002'),
    customers: [{ id: '84', name: 'Birch & Co', version: 0, source: 'books' }],
    faults: ['record_gone'],
  },
  {
    ...plain,
    record: account('6', 'Cedar Möbel GmbH'),
    customers: [
      {
        id: '460000000000026003',
        version: 3,
        source: 'confirmed',
        by: 'Ada Admin',
        at: '2026-11-20T09:30:00Z',
      },
    ],
    faults: ['customer_gone'],
  },
  {
    ...plain,
    record: account('7', 'Pacific Rim Trading'),
    customers: [{ id: '85', name: 'Pacific Rim Trading', version: 0, source: 'books' }],
    faults: ['customer_inactive', 'two_records'],
    other: { module: 'Contacts', id: '31', name: 'Hiro Sato' },
  },
];

const aReport = (given: Partial<MappingReport> = {}): MappingReport => ({
  settings: { version: 2, mode: 'both', taxField: 'VAT_Number' },
  counts: { linked: 1_204, suggested: 118, waiting: 0, unlinked: 37, broken: 3 },
  standing: {
    records: 2_711,
    alongside: 1_349,
    crm: 'complete',
    customers: 1_391,
    free: 164,
    unread: 0,
    listed: true,
  },
  group: 'suggested',
  page: 1,
  pages: 3,
  rows: [...SUGGESTED],
  ...given,
});

const shown = (report: MappingReport, given: Partial<MappingViewProps> = {}): ReactNode => (
  <MappingView
    report={report}
    group={report.group}
    search=""
    isStale={false}
    onGroup={ended}
    onSearch={ended}
    onPage={ended}
    onAgain={ended}
    isReadingAgain={false}
    onDecide={ended}
    isDeciding={false}
    results={[]}
    onUndo={ended}
    isUndone={false}
    problem={null}
    saving={{ state: 'no', problem: null }}
    onSave={ended}
    onContinue={undefined}
    {...given}
  />
);

const decided = (n: number, outcome: 'changed' | 'changed_meanwhile') =>
  Array.from({ length: n }, (_, at) => ({
    customerId: `${outcome === 'changed' ? 1 : 2}${at}`,
    outcome,
    before: { version: 0, to: { says: 'books' } as const },
    now: { version: 1, to: { says: 'nobody' } as const, by: 'Bo Berg' },
  }));

/** Every designed state of accounts and customers. */
export const MAPPING_STATES: Readonly<Record<string, () => ReactNode>> = {
  'mapping: loading': () => <Waiting meanwhile="mapping.loading" />,
  'mapping: suggested, in the set-up': () => shown(aReport(), { onContinue: ended }),
  'mapping: linked': () => shown(aReport({ group: 'linked', rows: [...LINKED], pages: 1 })),
  'mapping: broken': () => shown(aReport({ group: 'broken', rows: [...BROKEN], pages: 1 })),
  'mapping: unlinked': () =>
    shown(
      aReport({
        group: 'unlinked',
        pages: 1,
        rows: [{ ...plain, record: account('8', 'Thistledown Theatre') }],
      }),
    ),
  'mapping: customers are not read yet, in the set-up': () =>
    shown(
      aReport({
        rows: [],
        pages: 1,
        counts: { linked: 0, suggested: 0, waiting: 87, unlinked: 0, broken: 0 },
        standing: {
          records: 170,
          alongside: 83,
          crm: 'complete',
          customers: 0,
          free: 0,
          unread: 0,
          listed: false,
        },
      }),
      { onContinue: ended },
    ),
  'mapping: not read yet': () =>
    shown(
      aReport({
        group: 'waiting',
        pages: 1,
        rows: [{ ...plain, record: account('8', 'Thistledown Theatre') }],
        counts: { linked: 8, suggested: 3, waiting: 76, unlinked: 0, broken: 0 },
        standing: {
          records: 170,
          alongside: 83,
          crm: 'complete',
          customers: 89,
          free: 4,
          unread: 77,
          listed: true,
        },
      }),
    ),
  'mapping: a customer by hand': () => (
    <CustomerChoice
      row={{ ...plain, record: account('8', 'Thistledown Theatre') }}
      isDeciding={false}
      onDecide={ended}
      typed="theatre"
      onType={ended}
      found={{
        customers: [
          { id: '96', name: 'Thistle Theatre Trust', version: 0, inactive: false },
          {
            id: '97',
            name: 'Theatre Royal',
            version: 0,
            inactive: true,
            record: { module: 'Accounts', id: '9', name: 'Royal Estates' },
          },
        ],
        more: true,
      }}
      isSearching={false}
      problem={null}
    />
  ),
  'mapping: nothing left to confirm': () =>
    shown(
      aReport({
        rows: [],
        pages: 1,
        counts: { linked: 1_322, suggested: 0, waiting: 0, unlinked: 37, broken: 0 },
      }),
    ),
  'mapping: nothing found': () =>
    shown(
      aReport({
        rows: [],
        pages: 1,
        counts: { linked: 1, suggested: 0, waiting: 0, unlinked: 0, broken: 0 },
      }),
      {
        search: 'atlas',
      },
    ),
  'mapping: still reading': () =>
    shown(
      aReport({
        standing: {
          records: 1_600,
          alongside: 800,
          crm: 'reading',
          customers: 611,
          free: 600,
          unread: 0,
          listed: false,
        },
      }),
      { isStale: true },
    ),
  'mapping: more than is compared': () =>
    shown(
      aReport({
        standing: {
          records: 40_000,
          alongside: 0,
          crm: 'limited',
          customers: 1_391,
          free: 164,
          unread: 12,
          listed: true,
        },
      }),
    ),
  'mapping: confirmed, and some decided by another administrator': () =>
    shown(aReport(), { results: [...decided(12, 'changed'), ...decided(1, 'changed_meanwhile')] }),
  'mapping: taken back': () =>
    shown(aReport(), { results: decided(12, 'changed'), isUndone: true, onUndo: null }),
  'mapping: CRM lets nobody ask for a while': () =>
    shown(aReport(), { problem: { code: 'crm.rate_limited', requestId: '7f3c2a90-1d5e' } }),
  'mapping: settings overtaken': () =>
    shown(aReport(), { saving: { state: 'no', problem: 'mapping.changed_meanwhile' } }),
  'mapping: error': () => (
    <ProblemStanding
      problem={{ code: 'crm.unreachable', fix: 'wait', requestId: '7f3c2a90-1d5e', retryAt: null }}
      onRetry={ended}
    />
  ),
};
