import type { ReactNode } from 'react';
import type { Alerts } from '../../server/contract/alerts.ts';
import type { Health } from '../../server/contract/health.ts';
import { AlertsCard } from '../../widgets/settings/health/AlertsCard.tsx';
import { HealthView } from '../../widgets/settings/health/HealthView.tsx';
import { OpeningTab } from '../../widgets/settings/opening-tab.ts';

const ended = (): void => undefined;
const AT = '2026-11-20T09:30:00Z';

const WELL: Health = {
  at: AT,
  verdict: { state: 'well', reason: 'well', cause: null, since: null, until: null },
  connection: { state: 'good', reason: null, since: '2026-11-02T10:00:00Z', mayLink: true },
  follower: { state: 'following', server: '3f0c9d1e' },
  freshness: {
    followedTo: '2026-11-20T09:27:00Z',
    goodUntil: '2026-11-20T10:17:00Z',
    nextPassAt: '2026-11-20T10:12:00Z',
    toldAt: '2026-11-20T09:29:12Z',
    toldWithinDay: true,
  },
  calls: {
    minute: { used: 3, limit: 90, left: 87 },
    day: { date: '2026-11-20', used: 1_412, limit: 5_000, left: 3_088, others: 230 },
    byPurpose: { interactive: 388, write: 12, feed: 540, background: 42, backfill: 200 },
    refused: 0,
    limitAnswers: {},
    shutUntil: null,
  },
  ledger: {
    customers: 1_840,
    filled: 1_840,
    documents: 48_210,
    wanted: 2,
    backfill: {
      state: 'done',
      list: 'customers',
      pages: 412,
      done: 1_840,
      total: 1_840,
      rate: null,
      expectedEnd: null,
    },
  },
  differences: {
    checked: 1_820,
    checkedLately: 350,
    lastAt: '2026-11-20T04:12:00Z',
    mendedLately: 1,
    differing: 0,
    customers: [],
  },
  troubles: [
    {
      area: 'changes',
      cause: 'books.unreachable',
      code: 'http_502',
      count: 3,
      firstAt: '2026-11-19T22:01:00Z',
      lastAt: '2026-11-19T22:04:00Z',
      state: 'over',
      endedAt: '2026-11-19T22:05:00Z',
      reference: '7f3c2a90-1d5e-4c0a-9a52-0d5f9d0e8a11',
      retry: false,
    },
  ],
  retryFrom: null,
};

const [ended502] = WELL.troubles;
const going = (over: Partial<Health['troubles'][number]>): Health['troubles'] =>
  ended502
    ? [
        {
          ...ended502,
          state: 'going_on',
          endedAt: null,
          retry: true,
          lastAt: '2026-11-20T09:29:00Z',
          ...over,
        },
      ]
    : [];

const NOTHING_YET: Health = {
  ...WELL,
  verdict: { state: 'well', reason: 'starting', cause: null, since: null, until: null },
  freshness: { followedTo: null, goodUntil: null, nextPassAt: null, toldAt: null, toldWithinDay: false },
  ledger: {
    customers: 0,
    filled: 0,
    documents: 0,
    wanted: 0,
    backfill: {
      state: 'lists',
      list: 'contact',
      pages: 2,
      done: 0,
      total: null,
      rate: null,
      expectedEnd: null,
    },
  },
  differences: { checked: 0, checkedLately: 0, lastAt: null, mendedLately: 0, differing: 0, customers: [] },
  troubles: [],
};

const shown = (health: Health, over: Partial<Parameters<typeof HealthView>[0]> = {}): ReactNode => (
  <OpeningTab value={ended}>
    <HealthView
      health={health}
      isStale={false}
      retry={{ state: 'no', problem: null }}
      onRetry={ended}
      diagnosis={{ running: false, problem: null }}
      onDiagnosis={ended}
      alerts={null}
      {...over}
    />
  </OpeningTab>
);

const TOLD: Alerts = {
  version: 4,
  channel: {
    host: 'hooks.northwind.example',
    kinds: ['connection', 'silent', 'well'],
    silentHours: 6,
    changedAt: '2026-11-12T08:00:00Z',
  },
  deliveries: [
    { id: '3', kind: 'test', at: AT, state: 'delivered', tries: 1, outcome: 'delivered', status: 204 },
    {
      id: '2',
      kind: 'connection',
      at: '2026-11-18T07:00:00Z',
      state: 'waiting',
      tries: 1,
      outcome: 'refused',
      status: 503,
    },
    {
      id: '1',
      kind: 'silent',
      at: '2026-11-12T08:10:00Z',
      state: 'failed',
      tries: 3,
      outcome: 'address_refused',
      status: null,
    },
  ],
};

const telling = (over: Partial<Parameters<typeof AlertsCard>[0]> = {}): ReactNode => (
  <div className="health">
    <AlertsCard
      alerts={TOLD}
      onSave={ended}
      onTest={ended}
      saving="no"
      testing={false}
      secret={null}
      problem={null}
      {...over}
    />
  </div>
);

/** How everything stands, and whom to tell. */
export const HEALTH_STATES: Readonly<Record<string, () => ReactNode>> = {
  'health: all well': () => shown(WELL, { onContinue: ended }),
  'health: just connected, little known': () => shown(NOTHING_YET),
  'health: first fill, reading fails': () =>
    shown(
      {
        ...NOTHING_YET,
        verdict: {
          state: 'attention',
          reason: 'trouble',
          cause: 'books.unreachable',
          since: '2026-11-20T09:25:00Z',
          until: null,
        },
        ledger: {
          customers: 1_840,
          filled: 611,
          documents: 30_112,
          wanted: 9,
          backfill: {
            state: 'customers',
            list: 'customers',
            pages: 300,
            done: 611,
            total: 1_840,
            rate: 245.5,
            expectedEnd: '2026-11-20T14:30:00Z',
          },
        },
        troubles: [
          ...going({}),
          ...going({ area: 'customer', cause: 'books.not_understood', code: 'not_json', state: 'not_again' }),
        ],
      },
      { retry: { state: 'done', problem: null } },
    ),
  'health: has to be connected again': () =>
    shown({
      ...WELL,
      verdict: {
        state: 'broken',
        reason: 'reconnect',
        cause: null,
        since: '2026-11-20T07:00:00Z',
        until: null,
      },
      connection: { state: 'reconnect', reason: 'revoked', since: '2026-11-20T07:00:00Z', mayLink: false },
      follower: { state: 'nobody', server: null },
      freshness: { ...WELL.freshness, nextPassAt: null },
      troubles: [
        ...going({ cause: 'connection.revoked', code: 'no_grant', count: 148, retry: false }),
        ...going({ area: 'reading', cause: 'connection.revoked', code: 'http_200', retry: false }),
      ],
    }),
  'health: paused': () =>
    shown({
      ...WELL,
      verdict: { state: 'attention', reason: 'paused', cause: null, since: AT, until: null },
      connection: { state: 'paused', reason: null, since: AT, mayLink: false },
      freshness: { ...WELL.freshness, nextPassAt: null, toldAt: null, toldWithinDay: false },
    }),
  'health: calls used up, customers differ, not refreshed': () =>
    shown(
      {
        ...WELL,
        verdict: {
          state: 'attention',
          reason: 'budget',
          cause: null,
          since: null,
          until: '2026-11-20T23:00:00Z',
        },
        calls: {
          minute: { used: 0, limit: 90, left: 0 },
          day: { date: '2026-11-20', used: 4_990, limit: 5_000, left: 0, others: 3_100 },
          byPurpose: { interactive: 1_100, feed: 790 },
          refused: 17,
          limitAnswers: { 45: 1 },
          shutUntil: '2026-11-20T23:00:00Z',
        },
        differences: {
          ...(WELL.differences ?? { checked: 0, checkedLately: 0, lastAt: null, mendedLately: 0 }),
          differing: 3,
          customers: [
            { id: '460000000000026001', name: 'Aster Interiors', crmAccountId: null, checkedAt: AT },
            { id: '460000000000026002', name: null, crmAccountId: null, checkedAt: null },
          ],
        },
        retryFrom: '2026-11-20T09:34:00Z',
      },
      { isStale: true, diagnosis: { running: false, problem: 'session.ended' } },
    ),
  'health: not connected': () =>
    shown({
      ...WELL,
      verdict: { state: 'broken', reason: 'not_connected', cause: null, since: null, until: null },
      connection: { state: 'not_connected', reason: null, since: null, mayLink: false },
      follower: { state: 'nobody', server: null },
      freshness: NOTHING_YET.freshness,
      calls: null,
      ledger: null,
      differences: null,
      troubles: [],
    }),
  'alerts: nobody is told': () =>
    telling({ alerts: { version: 0, channel: null, deliveries: [] }, problem: 'alert.address_refused' }),
  'alerts: told, with a new secret': () => telling({ saving: 'done', secret: 'Zk3'.repeat(14) }),
};
