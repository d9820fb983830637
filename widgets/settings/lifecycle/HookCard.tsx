import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/words.tsx';
import { ToCopy } from '../ToCopy.tsx';

/**
 * What the extension's uninstall script has to know.
 * @param isNew what the script was told before is of no use any more
 */
export function HookCard({ address, days, isNew }: { address: string; days: number; isNew: boolean }) {
  const { t } = useWords();
  return (
    <details className="life-hook" open={isNew}>
      <summary>{t('lifecycle.hook')}</summary>
      {isNew && (
        <Notice tone="warn" icon="warning" title={t('lifecycle.hook.renewed')}>
          {t('lifecycle.hook.renewed.next')}
        </Notice>
      )}
      <p className="small">{t('lifecycle.hook.why', { days })}</p>
      <ToCopy label={t('lifecycle.hook.address')} text={address} />
    </details>
  );
}
