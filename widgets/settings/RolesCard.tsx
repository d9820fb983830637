import { type FormEvent, useState } from 'react';
import { type Settings, Template } from '../../server/contract/settings.ts';
import type { ProblemTextCode } from '../ui/ProblemStanding.tsx';
import { useWords } from '../ui/words.tsx';

type Role = Settings['roles'][number];
export type Assigned = readonly { id: string; template: Template }[];

/** One select per role, filled with what holds or is suggested. Nothing changes until it is saved. */
export function RolesCard({
  roles,
  onSave,
  onChange,
  saving,
  problem,
  isStep = false,
}: {
  roles: readonly Role[];
  onSave: (assigned: Assigned) => void;
  onChange: () => void;
  saving: 'no' | 'running' | 'done';
  /** Why saving failed. */
  problem: ProblemTextCode | null;
  /** In a step, which has its heading already, saving leads on. */
  isStep?: boolean;
}) {
  const { t } = useWords();
  const [changed, setChanged] = useState<ReadonlyMap<string, Template>>(new Map());
  const templateOf = (role: Role): Template => changed.get(role.id) ?? prefilled(role);
  const unsaved =
    saving !== 'done' && roles.some((role) => !role.decided || templateOf(role) !== role.template);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (saving !== 'running') onSave(roles.map((role) => ({ id: role.id, template: templateOf(role) })));
  };
  return (
    <section className={isStep ? 'step-part' : 'card'}>
      {!isStep && <h2>{t('settings.roles')}</h2>}
      <p>{t('settings.roles.why')}</p>
      <form onSubmit={submit}>
        <table className="roles">
          <thead>
            <tr>
              <th scope="col">{t('settings.roles.role')}</th>
              <th scope="col">{t('settings.roles.template')}</th>
            </tr>
          </thead>
          <tbody>
            {roles.map((role) => (
              <RoleRow
                key={role.id}
                role={role}
                template={templateOf(role)}
                onChoose={(template) => {
                  onChange();
                  setChanged(new Map(changed).set(role.id, template));
                }}
              />
            ))}
          </tbody>
        </table>
        <div className="standing-actions">
          <button type="submit" className="button" aria-disabled={saving === 'running'}>
            {t(
              saving === 'running'
                ? 'settings.roles.saving'
                : isStep
                  ? 'setup.save_and_continue'
                  : 'settings.roles.save',
            )}
          </button>
          <span role="status" className="small">
            {saving === 'done' ? t('settings.roles.saved') : unsaved ? t('settings.roles.unsaved') : ''}
          </span>
          {problem && (
            <span role="alert" className="small">
              {t(`problem.${problem}`)}. {t(`problem.${problem}.next`)}
            </span>
          )}
        </div>
      </form>
      <dl className="small">
        {Template.options.map((template) => (
          <div key={template}>
            <dt className="unseen">{t(`template.${template}`)}</dt>
            <dd>
              <strong>{t(`template.${template}`)}:</strong> {t(`template.${template}.meaning`)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function RoleRow({
  role,
  template,
  onChoose,
}: {
  role: Role;
  template: Template;
  onChoose: (template: Template) => void;
}) {
  const { t } = useWords();
  const id = `role-${role.id}`;
  return (
    <tr>
      <th scope="row">
        <label className="role-name" htmlFor={id}>
          {role.name}
        </label>
        {!role.decided && (
          <div className="small">
            {t(role.suggested === template ? 'settings.roles.suggested' : 'settings.roles.undecided')}
          </div>
        )}
      </th>
      <td>
        <select
          id={id}
          value={template}
          onChange={({ target }) => {
            const chosen = Template.options.find((option) => option === target.value);
            if (chosen) onChoose(chosen);
          }}
        >
          {Template.options.map((option) => (
            <option key={option} value={option}>
              {t(`template.${option}`)}
            </option>
          ))}
        </select>
      </td>
    </tr>
  );
}

/** A decision stands; without one the suggestion is offered. */
const prefilled = ({ decided, template, suggested }: Role): Template =>
  decided ? template : (suggested ?? template);
