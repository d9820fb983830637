import { use } from 'react';
import { textOr } from '../ui/catalogue.ts';
import { Explain } from '../ui/Explain.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useWords } from '../ui/words.tsx';
import type { LinkedAnswer, Refresh } from './panel-state.ts';
import { PreviewOnly } from './preview-only.ts';
import { settingsHref } from './settings-href.ts';

/** Source, age, refresh, and who may see what. */
export function Footer({
  answer,
  refresh,
  onRefresh,
}: {
  answer: LinkedAnswer;
  refresh: Refresh;
  onRefresh: () => void;
}) {
  const { t, formats } = useWords();
  const isPreview = use(PreviewOnly);
  const { knownGoodAt, state } = answer.freshness;
  const asOf = knownGoodAt
    ? t('as_of', { time: formats.clock(new Date(knownGoodAt), new Date()) })
    : t('as_of.unknown');
  return (
    <footer className="footer">
      <span className="footer-part">
        {t('source')}
        {answer.customers.map(({ id, name, href }) => (
          <span key={id}>
            {' · '}
            {href ? (
              <a href={href} target="_blank" rel="noreferrer">
                <bdi>{name}</bdi> <Icon name="outside" />
                <span className="unseen"> {t('opens_in_books')}</span>
              </a>
            ) : (
              <bdi>{name}</bdi>
            )}
          </span>
        ))}
      </span>
      <span className="footer-part">
        <span className={state === 'stale' ? 'stale' : undefined}>{asOf}</span>
        {!isPreview && (
          <button
            type="button"
            className="button-plain"
            onClick={refresh.running ? undefined : onRefresh}
            aria-disabled={refresh.running}
          >
            <Icon name="refresh" turning={refresh.running} />{' '}
            {refresh.running ? t('refreshing') : t('refresh')}
          </button>
        )}
      </span>
      <span className="footer-part footer-end">
        {textOr(t, `viewer.${answer.viewer.template}`, t('viewer.other'))}
        <Explain of={t('viewer.heading')}>
          <p>{t('viewer.explanation')}</p>
          <p>{t('restricted.ask')}</p>
        </Explain>
        {answer.viewer.administrator && !isPreview && (
          <a href={settingsHref()} target="_blank" rel="noopener">
            {t('settings')}
          </a>
        )}
      </span>
      <p role="status" className="unseen">
        {refresh.running
          ? t('refreshing')
          : refresh.finished && !refresh.problem
            ? `${t('refreshed')} ${asOf}`
            : ''}
      </p>
    </footer>
  );
}
