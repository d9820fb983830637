import { lazy } from 'react';
import type { Customer360 } from '../../server/contract/customer-360.ts';
import { useWords } from '../ui/words.tsx';
import { LinkedCustomer } from './LinkedCustomer.tsx';
import type { LinkedAnswer, Refresh } from './panel-state.ts';
import { PreviewOnly } from './preview-only.ts';
import '../ui/styles/documents.css';

// apart, as in the panel itself, which would otherwise fetch it with its figures
const NotLinked = lazy(() => import('./NotLinked.tsx').then((module) => ({ default: module.NotLinked })));
const Filling = lazy(() => import('./Filling.tsx').then((module) => ({ default: module.Filling })));

const QUIET: Refresh = { running: false, finished: false, problem: null, nextAt: null };
const nothing = (): void => undefined;

/**
 * The panel as somebody else gets it, as a picture: the settings page fetches it for its preview. The further documents
 * are counted but not offered, because they would be asked for as the administrator.
 */
export function PreviewPanel({ answer }: { answer: Customer360 }) {
  return (
    <PreviewOnly value={true}>
      {answer.state === 'linked' ? (
        <>
          <LinkedCustomer answer={withoutMore(answer)} refresh={QUIET} onRefresh={nothing} />
          <Further documents={answer.documents} />
        </>
      ) : answer.state === 'filling' ? (
        <Filling at={null} />
      ) : (
        <NotLinked answer={answer} onRetry={nothing} />
      )}
    </PreviewOnly>
  );
}

const withoutMore = (answer: LinkedAnswer): LinkedAnswer => ({
  ...answer,
  documents: { ...answer.documents, total: answer.documents.rows.length },
});

function Further({ documents: { rows, total } }: { documents: LinkedAnswer['documents'] }) {
  const { t } = useWords();
  if (total === rows.length) return null;
  return (
    <p className="small">
      {t('documents')}: {t('documents.shown', { shown: rows.length, n: total })}
    </p>
  );
}
