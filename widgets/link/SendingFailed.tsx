import { Notice } from '../ui/Notice.tsx';
import type { ProblemView } from '../ui/ProblemStanding.tsx';
import { Reference } from '../ui/Reference.tsx';
import { useWords } from '../ui/words.tsx';

/** A change that did not come about: why, what to do, and that trying again is safe. */
export function SendingFailed({ problem }: { problem: ProblemView }) {
  const { t } = useWords();
  return (
    <div role="alert">
      <Notice tone="bad" icon="warning" title={t('link.failed', { why: t(`problem.${problem.code}`) })}>
        {t(`problem.${problem.code}.next`)} {t('link.failed.next')}
        <Reference requestId={problem.requestId} />
      </Notice>
    </div>
  );
}
