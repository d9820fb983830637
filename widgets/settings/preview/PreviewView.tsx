import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { PolicyView } from '../../../server/contract/policy.ts';
import { RecordModule, type RecordRef } from '../../../server/contract/record.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import { recordPasted } from './record-pasted.ts';

/** A record, and the role and profile as which it is looked at. */
export interface PreviewAsked {
  readonly record: RecordRef;
  readonly role: string;
  readonly profile: string;
}

type People = Pick<PolicyView, 'roles' | 'profiles'>;

/** Chooses record, role and profile; below it, what they get, marked so that nobody takes it for their own view. */
export function PreviewView({
  roles,
  profiles,
  unsaved,
  asked,
  onAsk,
  children,
}: People & {
  /** The editor holds changes the preview does not know. */
  unsaved: boolean;
  asked: PreviewAsked | null;
  onAsk: (asked: PreviewAsked) => void;
  /** What has come of the last question. */
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <section className="card preview">
      <h2>{t('preview')}</h2>
      <p className="small">{t('preview.why')}</p>
      <Question roles={roles} profiles={profiles} onAsk={onAsk} />
      {unsaved && <p className="small">{t('preview.unsaved')}</p>}
      {asked && <Marked who={whoOf(asked, { roles, profiles })}>{children}</Marked>}
    </section>
  );
}

/** The frame says at every edge that this is a preview; the words say whose view it is. */
function Marked({ who, children }: { who: string; children: ReactNode }) {
  const { t } = useWords();
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need controls of its own
    <div className="preview-frame" role="group" aria-labelledby={id}>
      <p className="preview-mark">
        <Icon name="person" />
        <strong id={id}>{t('preview.marked', { who })}</strong>
        <span>{t('preview.marked.why')}</span>
      </p>
      <div className="preview-panel panel">{children}</div>
    </div>
  );
}

function Question({ roles, profiles, onAsk }: People & { onAsk: (asked: PreviewAsked) => void }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [module, setModule] = useState<RecordModule>('Accounts');
  const [role, setRole] = useState(roles[0]?.id ?? '');
  const [profile, setProfile] = useState(profiles[0]?.id ?? '');
  const [refused, setRefused] = useState(false);
  const fault = useId();
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    const record = recordPasted(text, module);
    setRefused(record === null);
    if (record) onAsk({ record, role, profile });
  };
  return (
    <form className="preview-question" onSubmit={ask}>
      <label className="field preview-record">
        {t('preview.record')}
        <input
          value={text}
          aria-invalid={refused}
          aria-describedby={refused ? fault : undefined}
          onChange={({ target }) => {
            setText(target.value);
            const named = recordPasted(target.value, module);
            if (named) setModule(named.module);
          }}
        />
      </label>
      <Choice
        label={t('preview.module')}
        value={module}
        options={RecordModule.options.map((option) => ({
          id: option,
          name: t(`preview.module.${option}`),
        }))}
        onChoose={(chosen) => setModule(RecordModule.options.find((option) => option === chosen) ?? module)}
      />
      <Choice label={t('preview.role')} value={role} options={roles} onChoose={setRole} />
      <Choice label={t('preview.profile')} value={profile} options={profiles} onChoose={setProfile} />
      <button type="submit" className="button-quiet">
        {t('preview.show')}
      </button>
      <span id={fault} role="alert" className="fault">
        {refused ? t('preview.no_record') : ''}
      </span>
    </form>
  );
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly { readonly id: string; readonly name: string }[];
  onChoose: (id: string) => void;
}) {
  return (
    <label className="field">
      {label}
      <select value={value} onChange={({ target }) => onChoose(target.value)}>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function whoOf({ role, profile }: PreviewAsked, { roles, profiles }: People): string {
  const name = (among: People['profiles'], id: string): string =>
    among.find((one) => one.id === id)?.name ?? id;
  return `${name(roles, role)} · ${name(profiles, profile)}`;
}
