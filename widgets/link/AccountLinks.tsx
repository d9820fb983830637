import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { accountLinksQuery } from '../api/account-links-query.ts';
import { useWords } from '../ui/words.tsx';
import { DealGone, Unsettled } from './AttentionRows.tsx';
import { JustLinked, JustUnlinked } from './RecentRows.tsx';
import { keyOf } from './selection.ts';
import '../ui/styles/linked.css';

/** At the foot of an account's documents: what needs a decision, and what was just done and can be taken back. */
export function AccountLinks({
  accountId,
  today,
  onLink,
}: {
  accountId: string;
  today: string;
  /** Begins linking a document to another deal. */
  onLink: (row: DocumentRow) => void;
}) {
  const { t } = useWords();
  const [said, setSaid] = useState('');
  const place = useRef<HTMLElement>(null);
  const { data, error, refetch } = useQuery(accountLinksQuery(accountId));
  if (!data)
    return (
      error && (
        <p className="small">
          {t('link.account.problem')}{' '}
          <button type="button" className="button-plain" onClick={() => void refetch()}>
            {t('retry')}
          </button>
        </p>
      )
    );
  const { attention, recent } = data;
  /** The row that was pressed is gone, and the focus with it. */
  const done = (words: string): void => {
    setSaid(words);
    place.current?.focus();
  };
  return (
    <section
      ref={place}
      className="account-links"
      tabIndex={-1}
      aria-label={t('link.account')}
      hidden={attention.length + recent.length === 0 && said === ''}
    >
      <p role="status" className="unseen">
        {said}
      </p>
      {attention.length > 0 && (
        <>
          <h3 className="section-heading">{t('link.attention', { n: attention.length })}</h3>
          <ul className="linked-list">
            {attention.map((one) =>
              one.what === 'deal_gone' ? (
                <DealGone
                  key={`${keyOf(one.document)}:${one.dealId}`}
                  gone={one}
                  accountId={accountId}
                  today={today}
                  onLink={onLink}
                  onDone={done}
                />
              ) : (
                <Unsettled key={keyOf(one.document)} one={one} today={today} onDone={done} />
              ),
            )}
          </ul>
        </>
      )}
      {recent.length > 0 && (
        <ul className="undo-list">
          {recent.map((one) =>
            one.did === 'linked' ? (
              <JustLinked key={`${keyOf(one.document)}:${one.deal.id}`} one={one} onDone={done} />
            ) : (
              <JustUnlinked key={one.undoId} one={one} onDone={done} />
            ),
          )}
        </ul>
      )}
    </section>
  );
}
