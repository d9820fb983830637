import { useRef, useState } from 'react';
import type { AccountLinks } from '../../server/contract/account-links.ts';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { useWords } from '../ui/words.tsx';
import { DealGone, Unsettled } from './AttentionRows.tsx';
import { JustLinked, JustUnlinked } from './RecentRows.tsx';
import { keyOf } from './selection.ts';

/** What needs a decision first, then what was just done; nothing where there is neither. */
export function AccountLinksView({
  links: { attention, recent },
  accountId,
  today,
  onLink,
}: {
  links: AccountLinks;
  accountId: string;
  today: string;
  onLink: (row: DocumentRow) => void;
}) {
  const { t } = useWords();
  const [said, setSaid] = useState('');
  const place = useRef<HTMLElement>(null);
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
