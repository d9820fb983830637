import { lazy, useState } from 'react';
import type { RecordRef } from '../../server/contract/record.ts';
import { DocumentTable } from '../ui/DocumentTable.tsx';
import { Restricted } from '../ui/MoneyText.tsx';
import { Part } from '../ui/Part.tsx';
import { useWords } from '../ui/words.tsx';
import type { DocumentLinking } from './linking.ts';
import type { LinkedAnswer } from './panel-state.ts';

const AllDocuments = lazy(() =>
  import('./AllDocuments.tsx').then((module) => ({ default: module.AllDocuments })),
);

/** The newest five, overdue ones first; the whole list once asked for. */
export function NewestDocuments({
  answer,
  linking,
}: {
  answer: LinkedAnswer;
  linking: DocumentLinking | undefined;
}) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const { documents, record, today } = answer;
  const ref: RecordRef = { module: record.module, recordId: record.id };
  const dealId = record.module === 'Deals' ? record.id : undefined;
  const few = (
    <DocumentTable
      rows={documents.rows}
      today={today}
      dealId={dealId}
      marksDeals={linking !== undefined}
      actionOf={linking?.actionOf}
      caption={t('documents.newest')}
    />
  );
  return (
    <section className="documents">
      <h2 className="section-heading">
        {t('documents')}
        {documents.total > 0 && <span className="section-aside">{t('documents.order')}</span>}
        {documents.total > 0 && linking?.action}
      </h2>
      {documents.total === 0 && <Restricted />}
      {documents.total > 0 &&
        (all ? (
          <Part meanwhile={few}>
            <AllDocuments
              record={ref}
              types={documents.types}
              today={today}
              dealId={dealId}
              linking={linking}
              onFew={() => setAll(false)}
            />
          </Part>
        ) : (
          few
        ))}
      {!all && documents.total > (linking ? 0 : documents.rows.length) && (
        <p className="documents-more">
          <button type="button" className="button-plain" onClick={() => setAll(true)}>
            {t('documents.show_all', { n: documents.total })}
          </button>
        </p>
      )}
      {answer.viewer.onlyVisibleDeals && <p className="small">{t('documents.only_visible_deals')}</p>}
      {(all || linking?.begun) && linking?.foot}
    </section>
  );
}
