import type { ReactNode } from 'react';
import type { Links, Obstacle } from '../../server/contract/links.ts';
import { AccountLinksView } from '../../widgets/link/AccountLinksView.tsx';
import { ChooseDeal } from '../../widgets/link/ChooseDeal.tsx';
import { ChooseDocuments, type ChooseDocumentsProps } from '../../widgets/link/ChooseDocuments.tsx';
import { DealLinksView } from '../../widgets/link/DealLinksView.tsx';
import { LinkOutcomes } from '../../widgets/link/LinkOutcomes.tsx';
import { NO_SEARCH } from '../../widgets/link/LinkSearch.tsx';
import type { Effect, Found, LinksState, Sending } from '../../widgets/link/link-view.ts';
import { keyOf, type Selection } from '../../widgets/link/selection.ts';
import type { ProblemView } from '../../widgets/ui/ProblemStanding.tsx';
import { InCurrency } from '../../widgets/ui/words.tsx';
import { exact, LADDER } from './sample-answers.ts';
import {
  ACCOUNT_LINKS,
  IN_THE_WAY,
  INVOICE,
  PREVIEW,
  QUOTE,
  SUGGESTIONS,
  SUGGESTIONS_IN_RANGES,
  theLinks,
} from './sample-links.ts';

const TODAY = '2026-11-21';
const ended = (): void => undefined;
const done = (): Promise<boolean> => Promise.resolve(true);

const problem = (code: ProblemView['code'], fix: ProblemView['fix']): ProblemView => ({
  code,
  fix,
  requestId: '7f3c2a90-1d5e-4b1a',
  retryAt: null,
});

/** What stands in the dialog, without the browser's modal around it: there can be only one of those. */
const inDialog = (title: string, content: ReactNode): ReactNode => (
  <InCurrency base="EUR">
    <div className="dialog gallery-dialog">
      <header className="dialog-head">
        <h2>{title}</h2>
      </header>
      {content}
    </div>
  </InCurrency>
);

const rows = <Row,>(all: readonly Row[], over: object = {}): Found<Row> => ({
  state: 'rows',
  rows: all,
  total: all.length,
  updating: false,
  more: 'none',
  ...over,
});

const choosing = (over: Partial<ChooseDocumentsProps> = {}): ReactNode =>
  inDialog(
    'Link documents to “Warehouse robots”',
    <ChooseDocuments
      today={TODAY}
      search={NO_SEARCH}
      found={rows(SUGGESTIONS)}
      selection={new Map()}
      effect={{ state: 'none' }}
      sending={{ state: 'no' }}
      takesFocus={false}
      acts={{
        search: ended,
        clear: ended,
        more: ended,
        retry: ended,
        toggle: ended,
        toggleAll: ended,
        share: ended,
        remove: ended,
        link: ended,
        cancel: ended,
      }}
      {...over}
    />,
  );

const picked = (share: string | null = null): Selection =>
  new Map([
    [keyOf(INVOICE), { document: INVOICE, share, from: null }],
    [keyOf(QUOTE), { document: QUOTE, share: null, from: 'Cold storage' }],
  ]);
const known = { state: 'known', preview: PREVIEW, updating: false } as const;
const inTheWayOf = (obstacles: Obstacle[]): Effect => ({
  ...known,
  preview: { ...PREVIEW, obstacles: [{ document: { type: 'invoice', id: INVOICE.id }, obstacles }] },
});

const linked = (
  state: LinksState,
  { open = true, sending = { state: 'no' } }: { open?: boolean; sending?: Sending } = {},
): ReactNode => (
  <InCurrency base="EUR">
    <DealLinksView
      state={state}
      sending={sending}
      said=""
      today={TODAY}
      startOpen={open}
      acts={{ link: ended, reread: ended, unlink: done, undo: done, retry: done, resolve: done }}
    />
  </InCurrency>
);
const links = (over: Partial<Links> = {}): LinksState => ({ state: 'links', links: theLinks(over) });

const ofAccount = (): ReactNode => (
  <InCurrency base="EUR">
    <AccountLinksView links={ACCOUNT_LINKS} accountId="1" today={TODAY} onLink={ended} />
  </InCurrency>
);

const DEALS = [
  { id: '4000000001', name: 'Warehouse robots', stage: 'Negotiation', amount: exact('42000.00') },
  { id: '4000000002', name: 'Cold storage', stage: 'Closed won', amount: exact('9800.00') },
  { id: '4000000003', name: 'مستودع الشمال', stage: 'Qualification' },
];
const deals = (found: Parameters<typeof ChooseDeal>[0]['found'], q = ''): ReactNode =>
  inDialog(
    'Link to a deal',
    <ChooseDeal
      accountName="Brightwater Logistics"
      q={q}
      found={found}
      takesFocus={false}
      onSearch={ended}
      onChoose={ended}
      onRetry={ended}
    />,
  );

/** Every designed state of linking. */
export const LINK_STATES: Readonly<Record<string, () => ReactNode>> = {
  'links: loading': () => linked({ state: 'loading' }),
  'links: unreadable': () => linked({ state: 'problem', problem: problem('books.unreachable', 'wait') }),
  'links: none yet': () => linked(links({ links: [] })),
  'links: closed': () => linked(links(), { open: false }),
  'links: each state in Books': () => linked(links()),
  'links: may not change': () => linked(links({ mayLink: false })),
  'links: unlinked, can be undone': () =>
    linked(
      links({
        links: theLinks().links.slice(0, 1),
        undo: [
          {
            undoId: '4b1a7f3c-2a90-4d5e-8b1a-7f3c2a901d5e',
            document: INVOICE,
            until: '2026-11-21T15:30:00Z',
          },
        ],
      }),
    ),
  'links: taken back, Books has not followed': () =>
    linked(
      links({
        reconnect: true,
        links: [
          {
            ...theLinks().links[0],
            document: QUOTE,
            origin: 'person',
            takenBack: true,
            inBooks: { state: 'not_yet', reason: 'refused' },
          },
        ],
      }),
    ),
  'links: a change failed': () =>
    linked(links(), { sending: { state: 'failed', problem: problem('books.rate_limited', 'wait') } }),
  'link: suggestions': () => choosing(),
  'link: suggestions for a role with ranges': () => choosing({ found: rows(SUGGESTIONS_IN_RANGES) }),
  'link: picked, with what it changes': () => choosing({ selection: picked(), effect: known }),
  'link: only a part': () => choosing({ selection: picked('1250.50'), effect: known }),
  'link: a share that is no amount': () => choosing({ selection: picked('1,250.50'), effect: known }),
  'link: a share that is too large': () =>
    choosing({ selection: picked('90000'), effect: inTheWayOf([{ code: 'exceeds_net' }]) }),
  'link: changes nothing': () =>
    choosing({
      selection: picked(),
      effect: { ...known, preview: { before: LADDER, after: LADDER, obstacles: [] } },
    }),
  'link: every obstacle': () => choosing({ found: rows(IN_THE_WAY) }),
  'link: loading': () => choosing({ found: { state: 'loading' } }),
  'link: another search running': () =>
    choosing({ found: rows(SUGGESTIONS, { updating: true }), search: { ...NO_SEARCH, q: 'INV' } }),
  'link: more there': () => choosing({ found: rows(SUGGESTIONS, { total: 37, more: 'there' }) }),
  'link: nothing to link': () => choosing({ found: rows([]) }),
  'link: no results': () =>
    choosing({ found: rows([]), search: { q: 'INV-99', type: 'invoice', status: 'paid' } }),
  'link: rate-limited': () =>
    choosing({ found: { state: 'problem', problem: problem('books.rate_limited', 'wait') } }),
  'link: effect unknown': () => choosing({ selection: picked(), effect: { state: 'unknown' } }),
  'link: being linked': () => choosing({ selection: picked(), effect: known, sending: { state: 'running' } }),
  'link: offline, nothing lost': () =>
    choosing({
      selection: picked(),
      effect: known,
      sending: { state: 'failed', problem: problem('widget.offline', 'wait') },
    }),
  'link: done in part': () =>
    inDialog(
      'Link documents to “Warehouse robots”',
      <LinkOutcomes
        documents={new Map([...picked()].map(([key, { document }]) => [key, document]))}
        outcomes={[
          {
            outcome: 'linked',
            document: { type: 'estimate', id: QUOTE.id },
            inBooks: { state: 'not_yet', reason: 'dropped' },
            altered: true,
          },
          {
            outcome: 'refused',
            document: { type: 'invoice', id: INVOICE.id },
            obstacles: [{ code: 'linked_elsewhere', deal: { id: '4000000002', name: 'Cold storage' } }],
          },
        ]}
        takesFocus={false}
        onAgain={ended}
        onDone={ended}
      />,
    ),
  'links: of an account': ofAccount,
  'link: being linked, many': () =>
    choosing({ selection: picked(), effect: known, sending: { state: 'running', done: 5 } }),
  'link: deals of an account': () => deals(rows(DEALS)),
  'link: no such deal': () => deals(rows([]), 'Wharf'),
  'link: no deal at all': () => deals(rows([])),
};
