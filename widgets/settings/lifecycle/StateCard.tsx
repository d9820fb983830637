import type { ChangeState, Lifecycle } from '../../../server/contract/lifecycle.ts';
import { useWords } from '../../ui/words.tsx';

/** What can be stopped and begun again, each with what it means. Nothing here deletes anything. */
export function StateCard({
  view: { state },
  running,
  onChange,
}: {
  view: Lifecycle;
  running: boolean;
  onChange: (to: ChangeState['to']) => void;
}) {
  const { t } = useWords();
  const act = (to: ChangeState['to'], label: string, why: string, look = 'button-quiet') => (
    <div className="life-act" key={to}>
      <button
        type="button"
        className={look}
        aria-disabled={running}
        onClick={running ? undefined : () => onChange(to)}
      >
        {label}
      </button>
      <p className="small">{why}</p>
    </div>
  );
  const resume = act('active', t('lifecycle.to.active'), t('lifecycle.to.active.why'), 'button');
  const pause = act('paused', t('lifecycle.to.paused'), t('lifecycle.to.paused.why'));
  const disable = act('disabled', t('lifecycle.to.disabled'), t('lifecycle.to.disabled.why'));
  return (
    <section className="card">
      <h2>{t(state === 'uninstalling' ? 'lifecycle.keep' : 'lifecycle.stop')}</h2>
      {state === 'uninstalling'
        ? act('active', t('lifecycle.keep'), t('lifecycle.keep.why'), 'button')
        : { active: [pause, disable], paused: [resume, disable], disabled: [resume, pause] }[state]}
    </section>
  );
}
