import { type ReactNode, useState } from 'react';
import type { AuditEntry } from '../../server/contract/audit.ts';
import type { PolicyDocument, PolicyView } from '../../server/contract/policy.ts';
import { PreviewPanel } from '../../widgets/panel/PreviewPanel.tsx';
import { AuditView } from '../../widgets/settings/audit/AuditView.tsx';
import { HistoryView } from '../../widgets/settings/history/HistoryView.tsx';
import { type PreviewAsked, PreviewView } from '../../widgets/settings/preview/PreviewView.tsx';
import { Tabs } from '../../widgets/settings/Tabs.tsx';
import type { Matrix } from '../../widgets/settings/visibility/matrix.ts';
import { matrixSections } from '../../widgets/settings/visibility/matrix-sections.tsx';
import { OvertakenPolicy } from '../../widgets/settings/visibility/OvertakenPolicy.tsx';
import { policyDiff, sameDocument } from '../../widgets/settings/visibility/policy-diff.ts';
import { policyNames } from '../../widgets/settings/visibility/policy-names.ts';
import { readingOf } from '../../widgets/settings/visibility/policy-rules.ts';
import { RuleTable } from '../../widgets/settings/visibility/RuleTable.tsx';
import { SavePolicy, type Saving } from '../../widgets/settings/visibility/SavePolicy.tsx';
import { useColumns } from '../../widgets/settings/visibility/use-columns.ts';
import { usePolicyDraft } from '../../widgets/settings/visibility/use-policy-draft.ts';
import { VisibilityEditor } from '../../widgets/settings/visibility/VisibilityEditor.tsx';
import { useWords } from '../../widgets/ui/words.tsx';
import { aNotLinked, forSales, LADDER, onDeal } from './sample-answers.ts';
import { aDocument, aHistory, aPolicyView, PROFILE, ROLE, withRepLevels } from './sample-policy.ts';

const ended = (): void => undefined;
const quiet: Saving = { state: 'no', problem: null };

/** Everything that can be edited, with edits already made. */
function Editing({ inForce, edited }: { inForce: PolicyView; edited: PolicyDocument }) {
  const draft = usePolicyDraft(inForce);
  const [touched, touch] = useState(false);
  if (!touched) {
    touch(true);
    draft.edit(() => edited);
  }
  return (
    <VisibilityEditor
      inForce={inForce}
      draft={draft}
      newest={undefined}
      saving={quiet}
      onSave={ended}
      onUndo={null}
      preview={<Previewed unsaved />}
    />
  );
}

/** The bar alone: what stands above it changes nothing about it. */
function Bar({ to = aDocument(), saving }: { to?: PolicyDocument; saving: Saving }) {
  const { t } = useWords();
  const view = aPolicyView();
  return (
    <div className="visibility">
      <SavePolicy
        diff={policyDiff(view.document, to, view)}
        unsaved={!sameDocument(view.document, to)}
        faulty={false}
        names={policyNames(t, view)}
        saving={saving}
        onSave={ended}
        onDiscard={ended}
        onUndo={ended}
      />
    </div>
  );
}

function Faster() {
  const { t } = useWords();
  const inForce = aPolicyView({ version: 8, document: withRepLevels({ open: 'hidden', quoted: 'exact' }) });
  const [newest] = aHistory().versions;
  return (
    <div className="visibility">
      <OvertakenPolicy
        inForce={inForce}
        draft={{
          base: aPolicyView(),
          document: withRepLevels({ open: 'exact', collected: 'exact' }),
          unsaved: true,
          overtaken: true,
          edit: ended,
          discard: ended,
          reapply: ended,
          saved: ended,
        }}
        newest={newest && { ...newest, version: 8, by: { id: '902', name: 'Omar Operations' } }}
        names={policyNames(t, inForce)}
      />
    </div>
  );
}

const asked: PreviewAsked = {
  record: { module: 'Accounts', recordId: '4000000100' },
  role: ROLE.rep,
  profile: PROFILE.standard,
};

function Previewed({
  unsaved = false,
  as = null,
  children,
}: {
  unsaved?: boolean;
  as?: PreviewAsked | null;
  children?: ReactNode;
}) {
  const { roles, profiles } = aPolicyView();
  return (
    <PreviewView roles={roles} profiles={profiles} unsaved={unsaved} asked={as} onAsk={ended}>
      {children}
    </PreviewView>
  );
}

/** As many rules as a larger organisation has, more than fit beside each other; a few rows stand for all. */
function ManyRules() {
  const { t } = useWords();
  const roles = Array.from({ length: 14 }, (_, at) => ({
    id: `30${at}`,
    name: `Regional sales team ${at + 1}`,
  }));
  const view = aPolicyView({
    roles,
    document: aDocument({ rules: roles.map(({ id }) => ({ role: id, template: 'sales', levels: {} })) }),
  });
  const matrix: Matrix = {
    names: policyNames(t, view),
    reading: readingOf(view, view.document),
    changed: new Set(),
    onEdit: ended,
    onRemove: ended,
  };
  const { place, columns } = useColumns();
  return (
    <div ref={place}>
      <RuleTable
        rules={view.document.rules}
        sections={matrixSections(t, matrix).slice(0, 1)}
        matrix={matrix}
        columns={Math.max(1, columns)}
      />
    </div>
  );
}

const ENTRIES: readonly AuditEntry[] = (
  [
    ['policy.changed', 'settings/policy', 'version 7'],
    ['preview.read', 'Accounts/4000000100 as 3/12', 'shown'],
    ['record.read', 'Deals/4000000001', 'shown'],
    ['record.refused', 'Accounts/4000000177', 'record.not_found'],
    ['session.started', 'auth/redeem', 'granted'],
  ] as const
).map(([action, subject, outcome], at) => ({
  sequence: 1204 - at,
  at: new Date(Date.UTC(2026, 10, 20, 16, 12 - at)).toISOString(),
  action,
  subject,
  outcome,
  ...(action === 'session.started' ? {} : { who: '554023000000691003' }),
  hash: 'f'.repeat(64),
}));

/** A role, a profile, and the one within the other: each kind of rule once. */
const fewRules = (document: PolicyDocument): PolicyDocument => ({
  ...document,
  rules: document.rules.filter(({ role, profile }) => role === ROLE.rep || profile === PROFILE.support),
});

/** Cells, the cascade and ranges changed, the ranges wrongly. */
const edited = (): PolicyDocument => ({
  rules: fewRules(withRepLevels({ open: 'exact', overdue: 'hidden', ageing: 'exact' })).rules,
  cascadeFromBooks: false,
  bands: { EUR: ['1000', '5000', '25000', '100000'], JPY: ['100000', '50000'] },
});

const audit = (over: Partial<Parameters<typeof AuditView>[0]> = {}): ReactNode => (
  <AuditView
    entries={ENTRIES}
    people={{ '554023000000691003': 'Patricia Boyle' }}
    more
    loading={false}
    onMore={ended}
    exporting={false}
    onExport={ended}
    problem={null}
    {...over}
  />
);
const history = (over: Partial<Parameters<typeof HistoryView>[0]> = {}): ReactNode => (
  <HistoryView
    versions={aHistory().versions}
    inForce={aPolicyView()}
    onPutBack={ended}
    puttingBack={{ running: false, done: null, problem: null }}
    {...over}
  />
);

/** What an administrator comes back to once everything is set up. */
export const ADMINISTRATOR_STATES: Readonly<Record<string, () => ReactNode>> = {
  'administrator: tabs': () => (
    <Tabs
      tabs={(['setup', 'visibility', 'history', 'audit'] as const).map((key) => ({ key, content: key }))}
      open="visibility"
      onOpen={ended}
    />
  ),
  'visibility: many rules': () => <ManyRules />,
  // the one whole editor: several of them would cost more time than all other states together
  'visibility: unsaved, with a fault': () => (
    <Editing inForce={aPolicyView({ document: fewRules(aDocument()) })} edited={edited()} />
  ),
  'visibility: saved': () => <Bar saving={{ state: 'done', version: 7, problem: null }} />,
  'visibility: being saved': () => (
    <Bar to={withRepLevels({ open: 'exact' })} saving={{ state: 'running', problem: null }} />
  ),
  'visibility: saving failed': () => (
    <Bar to={withRepLevels({ open: 'exact' })} saving={{ state: 'no', problem: 'crm.unreachable' }} />
  ),
  'visibility: somebody else was faster': () => <Faster />,
  'preview: nothing asked': () => <Previewed />,
  'preview: as sales': () => (
    <Previewed as={asked}>
      <PreviewPanel answer={{ ...forSales(), record: onDeal, ladder: LADDER }} />
    </Previewed>
  ),
  'preview: not linked': () => (
    <Previewed as={asked}>
      <PreviewPanel answer={aNotLinked()} />
    </Previewed>
  ),
  'history: three versions': () => history(),
  'history: put back': () => history({ puttingBack: { running: false, done: 5, problem: null } }),
  'history: nothing yet': () => history({ versions: [] }),
  'audit: a page': () => audit(),
  'audit: nothing yet': () => audit({ entries: [], more: false }),
  'audit: failed': () => audit({ entries: [], more: false, problem: 'crm.unreachable' }),
};
