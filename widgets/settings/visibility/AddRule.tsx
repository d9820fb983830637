import { type FormEvent, useId, useState } from 'react';
import type { PolicyRule, PolicyView } from '../../../server/contract/policy.ts';
import { useWords } from '../../ui/words.tsx';
import { ruleKey } from './policy-rules.ts';

/** A rule for a role, a profile, or one within the other, named by what CRM calls them. */
export function AddRule({
  roles,
  profiles,
  rules,
  onAdd,
}: Pick<PolicyView, 'roles' | 'profiles'> & {
  rules: readonly PolicyRule[];
  onAdd: (rule: PolicyRule) => void;
}) {
  const { t } = useWords();
  const [role, setRole] = useState('');
  const [profile, setProfile] = useState('');
  const [refused, setRefused] = useState<'nobody' | 'exists' | null>(null);
  const who = { ...(role ? { role } : {}), ...(profile ? { profile } : {}) };
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const exists = rules.some((rule) => ruleKey(rule) === ruleKey(who));
    setRefused(!role && !profile ? 'nobody' : exists ? 'exists' : null);
    if ((!role && !profile) || exists) return;
    const suggested = roles.find(({ id }) => id === role)?.suggested;
    // within a role or a profile there is something to start from; alone, the least grants nothing by accident
    onAdd({ ...who, template: role && profile ? null : (suggested ?? 'least'), levels: {} });
    setRole('');
    setProfile('');
  };
  return (
    <form className="add-rule" onSubmit={add}>
      <Choice
        label={t('visibility.add.role')}
        any={t('visibility.add.any_role')}
        value={role}
        among={roles}
        onChoose={setRole}
      />
      <Choice
        label={t('visibility.add.profile')}
        any={t('visibility.add.any_profile')}
        value={profile}
        among={profiles}
        onChoose={setProfile}
      />
      <button type="submit" className="button-quiet">
        {t('visibility.add')}
      </button>
      <span role="alert" className="small">
        {refused ? t(`visibility.add.${refused}`) : ''}
      </span>
    </form>
  );
}

function Choice({
  label,
  any,
  value,
  among,
  onChoose,
}: {
  label: string;
  any: string;
  value: string;
  among: readonly { readonly id: string; readonly name: string }[];
  onChoose: (id: string) => void;
}) {
  const id = useId();
  return (
    <label className="field" htmlFor={id}>
      {label}
      <select id={id} value={value} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{any}</option>
        {among.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
}
