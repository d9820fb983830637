import { type ReactNode, useRef } from 'react';
import type { PolicyHistory, PolicyView } from '../../../server/contract/policy.ts';
import { useWords } from '../../ui/words.tsx';
import { AddRule } from './AddRule.tsx';
import { Bands } from './Bands.tsx';
import { faultOf } from './band-edges.ts';
import { Cascade } from './Cascade.tsx';
import { changedCells } from './matrix.ts';
import { matrixSections } from './matrix-sections.tsx';
import { OvertakenPolicy } from './OvertakenPolicy.tsx';
import { policyDiff, sizeOf } from './policy-diff.ts';
import { withBands, withEdit, withoutRule, withRule } from './policy-edits.ts';
import { policyNames } from './policy-names.ts';
import { readingOf } from './policy-rules.ts';
import { RuleList } from './RuleList.tsx';
import { RuleTable } from './RuleTable.tsx';
import { SavePolicy, type Saving } from './SavePolicy.tsx';
import { useColumns } from './use-columns.ts';
import type { PolicyDraft } from './use-policy-draft.ts';
import '../../ui/styles/visibility.css';

/** Who sees what: the matrix, what surrounds it, and what saving would change. It asks for nothing itself. */
export function VisibilityEditor({
  inForce,
  draft,
  newest,
  saving,
  onSave,
  onUndo,
  preview,
}: {
  inForce: PolicyView;
  draft: PolicyDraft;
  newest: PolicyHistory['versions'][number] | undefined;
  saving: Saving;
  onSave: () => void;
  onUndo: (() => void) | null;
  /** Beside the editor where there is room. */
  preview: ReactNode;
}) {
  const { t } = useWords();
  const { place, columns } = useColumns();
  // CRM makes our frame as high as its content, so what saves may be far below what is edited
  const end = useRef<HTMLDivElement>(null);
  const { document, edit } = draft;
  const names = policyNames(t, inForce);
  const diff = policyDiff(draft.base.document, document, inForce);
  const matrix = {
    names,
    reading: readingOf(inForce, document),
    changed: changedCells(diff),
    onEdit: (key: string, change: Parameters<typeof withEdit>[2]) => edit((of) => withEdit(of, key, change)),
    onRemove: (key: string) => edit((of) => withoutRule(of, key)),
  };
  const sections = matrixSections(t, matrix);
  const { rules } = document;
  const without = inForce.roles.filter(({ id }) => !rules.some(({ role }) => role === id));
  return (
    <div className="visibility">
      <div className="visibility-editor">
        <section className="card">
          <h2>{t('visibility')}</h2>
          <p>{t('visibility.why')}</p>
          {draft.unsaved && (
            <div className="standing-actions">
              <span>{t('save.changes', { n: sizeOf(diff) })}</span>
              <button type="button" className="button-quiet" onClick={() => end.current?.focus()}>
                {t('save.review')}
              </button>
            </div>
          )}
          <div ref={place}>
            {rules.length === 0 ? (
              <p>{t('visibility.no_rules')}</p>
            ) : columns > 0 ? (
              <RuleTable rules={rules} sections={sections} matrix={matrix} columns={columns} />
            ) : (
              <RuleList rules={rules} sections={sections} matrix={matrix} />
            )}
          </div>
          {without.length > 0 && (
            <p className="small">
              {t('visibility.without', { roles: without.map(({ name }) => name).join(', ') })}
            </p>
          )}
          <AddRule
            roles={inForce.roles}
            profiles={inForce.profiles}
            rules={rules}
            onAdd={(rule) => edit((of) => withRule(of, rule))}
          />
        </section>
        <Cascade
          on={document.cascadeFromBooks}
          users={inForce.booksUsers}
          onSwitch={(on) => edit((of) => ({ ...of, cascadeFromBooks: on }))}
        />
        <Bands
          bands={document.bands}
          onChange={(currency, edges) => edit((of) => withBands(of, currency, edges))}
        />
        {draft.overtaken ? (
          <OvertakenPolicy ref={end} inForce={inForce} draft={draft} newest={newest} names={names} />
        ) : (
          <SavePolicy
            ref={end}
            diff={diff}
            unsaved={draft.unsaved}
            faulty={Object.values(document.bands).some((edges) => faultOf(edges) !== null)}
            names={names}
            saving={saving}
            onSave={onSave}
            onDiscard={draft.discard}
            onUndo={onUndo}
          />
        )}
      </div>
      <div className="visibility-preview">{preview}</div>
    </div>
  );
}
