import { useWords } from '../../ui/words.tsx';

/** What the extension's uninstall script has to know. */
export function HookCard({ address, days }: { address: string; days: number }) {
  const { t } = useWords();
  return (
    <details className="life-hook">
      <summary>{t('lifecycle.hook')}</summary>
      <p className="small">{t('lifecycle.hook.why', { days })}</p>
      <label className="life-address small">
        {t('lifecycle.hook.address')}
        <input readOnly dir="ltr" value={address} onFocus={({ target }) => target.select()} />
      </label>
    </details>
  );
}
