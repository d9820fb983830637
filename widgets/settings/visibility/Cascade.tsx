import { useId } from 'react';
import type { PolicyView } from '../../../server/contract/policy.ts';
import { useWords } from '../../ui/words.tsx';

/** Whether what people may see in Books limits them here, and whether we know what that is. */
export function Cascade({
  on,
  users,
  onSwitch,
}: {
  on: boolean;
  users: PolicyView['booksUsers'];
  onSwitch: (on: boolean) => void;
}) {
  const { t, formats } = useWords();
  const why = useId();
  return (
    <section className="card">
      <label className="cascade">
        <input
          type="checkbox"
          checked={on}
          aria-describedby={why}
          onChange={({ target }) => onSwitch(target.checked)}
        />
        <span className="cascade-name">{t('cascade')}</span>
      </label>
      <p id={why} className="small">
        {t('cascade.why')}
      </p>
      {on && users && (
        <p className="small">
          {users.readAt === null
            ? t('cascade.never')
            : t('cascade.read_at', { time: formats.clock(new Date(users.readAt), new Date()) })}{' '}
          {users.trouble && t(`cascade.trouble.${users.trouble}`)}
        </p>
      )}
    </section>
  );
}
