import type { Freshness } from '../../server/contract/customer-360.ts';
import { textOr } from '../ui/catalogue.ts';
import { MoneyText } from '../ui/MoneyText.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../ui/words.tsx';
import type { LinkedAnswer, Refresh } from './panel-state.ts';

/** What a person must know before relying on the figures: why they are old, what does not add up. */
export function Notices({ answer, refresh }: { answer: LinkedAnswer; refresh: Refresh }) {
  return (
    <>
      <Age freshness={answer.freshness} refresh={refresh} />
      <Mismatch answer={answer} />
      <Warnings warnings={answer.warnings} />
    </>
  );
}

function Age({ freshness, refresh }: { freshness: Freshness; refresh: Refresh }) {
  const { t, formats } = useWords();
  const { knownGoodAt, trouble } = freshness;
  // old figures that are just being read again say so at the foot: up here they would push everything down and back
  if (!refresh.problem && !trouble) return null;
  const now = new Date();
  const again = refresh.nextAt ? t('retry.at', { time: formats.clock(refresh.nextAt, now) }) : null;
  return (
    <Notice
      tone="warn"
      icon="clock"
      title={
        knownGoodAt
          ? t('as_of.stale', { time: formats.clock(new Date(knownGoodAt), now) })
          : t('as_of.unknown')
      }
    >
      {refresh.problem
        ? `${textOr(t, `problem.${refresh.problem.code}`, t('problem.any'))}.`
        : trouble && t(`trouble.${trouble}`)}{' '}
      {again}
    </Notice>
  );
}

function Mismatch({ answer: { figures, customers } }: { answer: LinkedAnswer }) {
  const { t } = useWords();
  const { reconciliation } = figures;
  if (reconciliation?.level !== 'differs') return null;
  const page = customers.find(({ href }) => href)?.href;
  return (
    <Notice tone="warn" icon="warning" title={t('mismatch')}>
      {reconciliation.difference && (
        <>
          {t('mismatch.difference')} <MoneyText figure={reconciliation.difference} name="open" />.{' '}
        </>
      )}
      {t('mismatch.next')}{' '}
      {page && (
        <a href={page} target="_blank" rel="noreferrer">
          {t('mismatch.details')}
        </a>
      )}
    </Notice>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  const { t } = useWords();
  if (warnings.length === 0) return null;
  return (
    <Notice tone="warn" icon="warning" title={t('warnings')}>
      {warnings
        .map((warning) => {
          const [type = '', kind, word = ''] = warning.split(':');
          const document = textOr(t, `document.type.${type}`, type);
          if (kind === 'unknown')
            return t('warning.unknown_status', { document, word: word.replaceAll('_', ' ') });
          return textOr(t, `warning.${kind}`, t('warning.other')).replace('{document}', document);
        })
        .join(' ')}
    </Notice>
  );
}
