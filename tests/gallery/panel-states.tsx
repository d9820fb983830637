import type { ReactNode } from 'react';
import { DealLinksView } from '../../widgets/link/DealLinksView.tsx';
import { LinkButton, LinkRowButton } from '../../widgets/panel/LinkButtons.tsx';
import { LinkedCustomer } from '../../widgets/panel/LinkedCustomer.tsx';
import type { Linking } from '../../widgets/panel/linking.ts';
import type { RareState, Refresh } from '../../widgets/panel/panel-state.ts';
import { RareStates } from '../../widgets/panel/RareStates.tsx';
import { SamplePanel } from '../../widgets/panel/sample/SamplePanel.tsx';
import type { PopupView } from '../../widgets/ui/PopupSteps.tsx';
import type { ProblemView } from '../../widgets/ui/ProblemStanding.tsx';
import { SignIn, type WhySignIn } from '../../widgets/ui/SignIn.tsx';
import { Skeleton } from '../../widgets/ui/Skeleton.tsx';
import {
  aGoodPayer,
  aLinked,
  aNotLinked,
  band,
  exact,
  forLeast,
  forSales,
  inLargeYen,
  LADDER,
  type Linked,
  onDeal,
  withArabicName,
} from './sample-answers.ts';
import { theLinks } from './sample-links.ts';

const ended = (): void => undefined;
const done = (): Promise<boolean> => Promise.resolve(true);
const quiet: Refresh = { running: false, finished: false, problem: null, nextAt: null };
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const soon = (): Date => new Date(Date.now() + 40_000);

/** In its place below the steps of a deal, as the panel draws it. */
const linksOfDeal = (
  <div className="deal-links-place">
    <DealLinksView
      state={{ state: 'links', links: theLinks() }}
      sending={{ state: 'no' }}
      said=""
      today="2026-11-21"
      acts={{ link: ended, reread: ended, unlink: done, undo: done, retry: done, resolve: done }}
    />
  </div>
);

const problem = (
  code: ProblemView['code'],
  fix: ProblemView['fix'],
  retryAt: Date | null = null,
): ProblemView => ({
  code,
  fix,
  requestId: '7f3c2a90-1d5e-4b1a',
  retryAt,
});

const shown = (answer: Linked, refresh: Partial<Refresh> = {}, linking?: Linking): ReactNode => (
  <LinkedCustomer
    answer={answer}
    refresh={{ ...quiet, ...refresh }}
    onRefresh={ended}
    linking={answer.record.module === 'Deals' ? { ofDeal: linksOfDeal } : linking}
  />
);
/** As an account looks to somebody who may link. */
const linkable: Linking = {
  ofDocuments: {
    actionOf: (row) =>
      row.dealId === undefined && row.type !== 'payment' && <LinkRowButton row={row} onLink={ended} />,
    action: <LinkButton onLink={ended} />,
    foot: null,
    begun: false,
  },
};
const rare = (state: RareState): ReactNode => (
  <RareStates state={state} acts={{ refresh: ended, reload: ended }} />
);
const signIn = (
  why: WhySignIn,
  state: PopupView['state'],
  more: Pick<PopupView, 'code' | 'typed'> = {},
): ReactNode => (
  <SignIn
    why={why}
    screen="panel"
    popup={{ state, url: 'https://books.example/', ...more }}
    onOpen={ended}
    onCode={ended}
  />
);

/** Every designed state of the panel. */
export const PANEL_STATES: Readonly<Record<string, () => ReactNode>> = {
  loading: () => <Skeleton onDeal={false} sinceMs={1000} />,
  'loading a deal': () => <Skeleton onDeal sinceMs={1000} />,
  fresh: () => shown(aLinked()),
  'fresh, documents can be linked': () => shown(aLinked(), {}, linkable),
  'fresh, an administrator': () => shown(aLinked({ viewer: { template: 'exact', administrator: true } })),
  'good payer, nothing overdue': () => shown(aGoodPayer()),
  'a deal': () => shown(aLinked({ record: onDeal, ladder: LADDER })),
  'a deal, over-invoiced': () =>
    shown(
      aLinked({
        record: onDeal,
        ladder: {
          ...LADDER,
          basis: 'tax_included',
          invoiced: exact('45900.00'),
          leftToInvoice: exact('-3900.00'),
          overInvoiced: true,
        },
      }),
    ),
  'a deal without amount, quotes still being read': () =>
    shown(
      aLinked({
        record: onDeal,
        ladder: {
          ...LADDER,
          dealAmount: { level: 'unknown', reason: 'no_deal_amount' },
          quoted: { level: 'unknown', reason: 'still_reading' },
          leftToInvoice: { level: 'unknown', reason: 'no_deal_amount' },
        },
        freshness: {
          state: 'fresh',
          knownGoodAt: hoursAgo(0),
          refetchAfterSeconds: 2,
          missing: ['quotes', 'sales_orders', 'expenses'],
        },
      }),
    ),
  refreshing: () => shown(aLinked(), { running: true }),
  'stale, refreshing': () =>
    shown(
      aLinked({
        freshness: { state: 'stale', knownGoodAt: hoursAgo(0.6), refetchAfterSeconds: 2, missing: [] },
      }),
      { running: true },
    ),
  'stale, Books does not answer': () =>
    shown(
      aLinked({
        freshness: {
          state: 'stale',
          knownGoodAt: hoursAgo(26),
          trouble: 'books_unreachable',
          refetchAfterSeconds: 30,
          missing: [],
        },
      }),
      { nextAt: soon() },
    ),
  'paused, last figures kept': () =>
    shown(
      aLinked({
        freshness: { state: 'stale', knownGoodAt: hoursAgo(26), trouble: 'paused', missing: [] },
      }),
    ),
  'rate-limited, last figures kept': () =>
    shown(
      aLinked({
        freshness: {
          state: 'stale',
          knownGoodAt: hoursAgo(1),
          trouble: 'books_rate_limited',
          refetchAfterSeconds: 40,
          missing: [],
        },
      }),
      { nextAt: soon() },
    ),
  'refresh failed, last figures kept': () =>
    shown(aLinked(), { problem: problem('widget.offline', 'wait', soon()), nextAt: soon() }),
  'partial, payments unreadable': () =>
    shown(
      aLinked({
        figures: {
          collected: { level: 'unknown', reason: 'books_unreachable' },
          lastPayment: { level: 'unknown', reason: 'books_unreachable' },
        },
        freshness: {
          state: 'fresh',
          knownGoodAt: hoursAgo(0),
          trouble: 'books_unreachable',
          missing: ['refunds', 'payment_split'],
        },
      }),
    ),
  mismatch: () =>
    shown(aLinked({ figures: { reconciliation: { level: 'differs', difference: exact('-125.00') } } })),
  'unknown status': () =>
    shown(aLinked({ warnings: ['invoice:unknown:in_review', 'payment:no_exchange_rate'] })),
  'several currencies': () =>
    shown(
      aLinked({
        customers: [
          { id: '1', name: 'Brightwater Logistics GmbH', currency: 'EUR', href: 'https://books.example/' },
          { id: '2', name: 'Brightwater Inc.', currency: 'USD' },
        ],
        figures: {
          open: {
            level: 'exact',
            money: { currency: 'EUR', amount: '31410.15' },
            caveats: ['converted_at_booked_rates'],
            byCurrency: [
              { currency: 'EUR', amount: '21226.75' },
              { currency: 'USD', amount: '11000' },
            ],
          },
        },
      }),
    ),
  'large amounts in yen': () => shown(inLargeYen()),
  'right-to-left name, dinars': () => shown(withArabicName()),
  'restricted, sales': () => shown(forSales()),
  'restricted, sales on a deal': () =>
    shown({
      ...forSales(),
      record: onDeal,
      ladder: {
        stage: 'Closed won',
        basis: 'net_of_tax',
        dealAmount: band('10000', '50000'),
        quoted: band('10000', '50000'),
        invoiced: band('10000', '50000'),
        collected: { level: 'status', status: 'none' },
        leftToInvoice: { level: 'unknown', reason: 'ranges_overlap' },
      },
    }),
  'restricted, least': () => shown(forLeast()),
  'no transactions': () => shown(aLinked({ hasTransactions: false })),
  'read for the first time, in its turn': () => rare({ state: 'filling', at: soon() }),
  'not linked, with suggestions': () => rare({ state: 'not_linked', answer: aNotLinked() }),
  'not linked, nothing similar': () =>
    rare({ state: 'not_linked', answer: aNotLinked({ suggestions: [], record: onDeal, ladder: LADDER }) }),
  'deal without account': () =>
    rare({ state: 'not_linked', answer: aNotLinked({ reason: 'deal_without_account', suggestions: [] }) }),
  'account hidden': () =>
    rare({ state: 'not_linked', answer: aNotLinked({ reason: 'account_hidden', suggestions: [] }) }),
  'not signed in': () => signIn('not_yet', 'ready'),
  'sign-in window open': () => signIn('not_yet', 'open'),
  'sign-in window blocked': () => signIn('not_yet', 'blocked'),
  'sign-in window silent': () => signIn('not_yet', 'closed'),
  'sign-in code wrong': () => signIn('not_yet', 'open', { typed: 'wrong' }),
  'sign-in refused': () => signIn('not_yet', 'refused', { code: 'sign_in.user_not_admitted' }),
  'session lost': () => signIn('ended', 'ready'),
  'session not kept by the browser': () => signIn('not_kept', 'preparing'),
  'switched off': () => rare({ state: 'problem', problem: problem('install.disabled', 'administrator') }),
  'paused and unknown': () => rare({ state: 'problem', problem: problem('books.paused', 'administrator') }),
  'not connected': () => rare({ state: 'problem', problem: problem('books.not_connected', 'administrator') }),
  sample: () => <SamplePanel />,
  error: () => rare({ state: 'problem', problem: problem('server.failed', 'us') }),
  'record not found': () => rare({ state: 'problem', problem: problem('record.not_found', 'viewer') }),
  'rate-limited, nothing known': () =>
    rare({ state: 'problem', problem: problem('books.rate_limited', 'wait', soon()) }),
  offline: () =>
    rare({ state: 'problem', problem: { ...problem('widget.offline', 'wait', soon()), requestId: null } }),
  'CRM silent': () => rare({ state: 'crm_silent' }),
  'foreign host': () => rare({ state: 'foreign_host' }),
  'no record': () => rare({ state: 'no_record' }),
  'unsupported module': () => rare({ state: 'unsupported_module', module: 'Invoices__s' }),
};
