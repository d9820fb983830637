import { Ageing } from '../ui/Ageing.tsx';
import { FourFigures } from '../ui/FourFigures.tsx';
import { Ladder } from '../ui/Ladder.tsx';
import { Standing } from '../ui/Notice.tsx';
import { VerdictLine } from '../ui/VerdictLine.tsx';
import { InCurrency, useWords } from '../ui/words.tsx';
import { Footer } from './Footer.tsx';
import type { DocumentLinking, Linking } from './linking.ts';
import { MissingParts } from './MissingParts.tsx';
import { NewestDocuments } from './NewestDocuments.tsx';
import { Notices } from './Notices.tsx';
import type { LinkedAnswer, Refresh } from './panel-state.ts';

interface Shown {
  readonly answer: LinkedAnswer;
  readonly refresh: Refresh;
  readonly onRefresh: () => void;
  /** Absent where nothing can be linked. */
  readonly linking?: Linking | undefined;
}

/** Deal first, then the customer: verdict, four figures, ageing, documents, footer. @see domain rule B2 */
export function LinkedCustomer({ answer, refresh, onRefresh, linking }: Shown) {
  return (
    <InCurrency base={answer.baseCurrency}>
      <div className="layout">
        <Notices answer={answer} refresh={refresh} />
        {answer.ladder && <Ladder ladder={answer.ladder} />}
        {linking?.ofDeal}
        {answer.hasTransactions ? (
          <Customer answer={answer} linking={linking?.ofDocuments} />
        ) : (
          <NoTransactions />
        )}
        <MissingParts freshness={answer.freshness} />
        <Footer answer={answer} refresh={refresh} onRefresh={onRefresh} />
      </div>
    </InCurrency>
  );
}

function Customer({ answer, linking }: { answer: LinkedAnswer; linking: DocumentLinking | undefined }) {
  const { figures, definitions, today } = answer;
  return (
    <>
      <VerdictLine verdict={figures.verdict} limits={definitions.grade} today={today} />
      <FourFigures figures={figures} lifetimeValue={definitions.lifetimeValue} today={today} />
      <Ageing entries={figures.ageing} open={figures.open} />
      <NewestDocuments answer={answer} linking={linking} />
    </>
  );
}

/** Linked, but nothing was ever invoiced: said once, instead of four zeros. */
function NoTransactions() {
  const { t } = useWords();
  return (
    <Standing icon="paper" title={t('no_transactions')}>
      <p>{t('no_transactions.next')}</p>
    </Standing>
  );
}
