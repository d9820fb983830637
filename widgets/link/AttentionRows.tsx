import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AccountLinks } from '../../server/contract/account-links.ts';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { removeGoneMutation, resolveLinkMutation, retryLinkMutation } from '../api/link-mutation.ts';
import { DocumentName } from '../ui/DocumentName.tsx';
import { DocumentStatus } from '../ui/DocumentStatus.tsx';
import { documentName } from '../ui/document-name.ts';
import { Icon } from '../ui/Icon.tsx';
import { MoneyText } from '../ui/MoneyText.tsx';
import { useWords } from '../ui/words.tsx';
import { BooksState } from './BooksState.tsx';
import { problemOf } from './link-view.ts';
import { SendingFailed } from './SendingFailed.tsx';
import { linkableRef } from './selection.ts';

type Attention = AccountLinks['attention'][number];
type OnDone = (words: string) => void;

/** A document whose deal was deleted in CRM: it goes to another deal, or is taken off that one. */
export function DealGone({
  gone: { document, dealId },
  accountId,
  today,
  onLink,
  onDone,
}: {
  gone: Extract<Attention, { what: 'deal_gone' }>;
  accountId: string;
  today: string;
  onLink: (row: DocumentRow) => void;
  onDone: OnDone;
}) {
  const words = useWords();
  const { t } = words;
  const { mutate, error, isPending } = useMutation(removeGoneMutation(accountId));
  const ref = linkableRef(document);
  const name = documentName(document, words);
  const remove = (): void => {
    if (ref)
      mutate(
        { document: ref, dealId },
        { onSuccess: () => onDone(t('link.gone.removed', { document: name })) },
      );
  };
  return (
    <Row document={document} today={today}>
      <span className="books-state">
        <span className="chip chip-small tone-warn">
          <Icon name="warning" />
          {t('link.gone')}
        </span>{' '}
        <span className="small">{t('link.gone.next')}</span>
      </span>
      <span className="linked-actions">
        <Action label={t('link.gone.relink')} of={name} busy={isPending} onPress={() => onLink(document)} />
        <Action label={t('link.gone.remove')} of={name} busy={isPending} onPress={remove} />
      </span>
      {error !== null && <SendingFailed problem={problemOf(error)} />}
    </Row>
  );
}

/** A document about which Books and we disagree. Decided here where the person may open the deal. */
export function Unsettled({
  one: { document, deal, inBooks },
  today,
  onDone,
}: {
  one: Extract<Attention, { what: 'in_books' }>;
  today: string;
  onDone: OnDone;
}) {
  const words = useWords();
  const { t } = words;
  const retrying = useMutation(retryLinkMutation(deal?.id ?? ''));
  const resolving = useMutation(resolveLinkMutation(deal?.id ?? ''));
  const ref = linkableRef(document);
  const name = documentName(document, words);
  const busy = retrying.isPending || resolving.isPending;
  const failed = retrying.error ?? resolving.error;
  const onSuccess = (): void => onDone(t('link.resolved', { document: name }));
  return (
    <Row document={document} today={today} {...(deal ? { deal: deal.name } : {})}>
      <BooksState inBooks={inBooks} />
      {deal && ref && (
        <span className="linked-actions">
          {inBooks.state === 'not_yet' && (
            <Action
              label={t('link.retry')}
              of={name}
              busy={busy}
              onPress={() =>
                retrying.mutate(ref, { onSuccess: () => onDone(t('link.retried', { document: name })) })
              }
            />
          )}
          {inBooks.state === 'conflict' &&
            (['books', 'ours'] as const).map((keep) => (
              <Action
                key={keep}
                label={t(`link.keep_${keep}`)}
                of={name}
                busy={busy}
                onPress={() => resolving.mutate({ document: ref, keep }, { onSuccess })}
              />
            ))}
        </span>
      )}
      {failed !== null && <SendingFailed problem={problemOf(failed)} />}
    </Row>
  );
}

function Row({
  document,
  today,
  deal,
  children,
}: {
  document: DocumentRow;
  today: string;
  deal?: string;
  children: ReactNode;
}) {
  const { formats } = useWords();
  return (
    <li className="linked-document">
      <span className="option-first">
        <DocumentName row={document} />
        <DocumentStatus row={document} />
        {document.total && (
          <span className="option-amount">
            <MoneyText figure={document.total} name="open" />
          </span>
        )}
      </span>
      <span className="option-line">
        <time dateTime={document.date}>{formats.day(document.date, today)}</time>
        {deal !== undefined && (
          <>
            {' '}
            · <bdi>{deal}</bdi>
          </>
        )}
      </span>
      {children}
    </li>
  );
}

function Action({
  label,
  of,
  busy,
  onPress,
}: {
  label: string;
  /** The document's name: several rows have the same actions. */
  of: string;
  busy: boolean;
  onPress: () => void;
}) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className="button-plain"
      aria-disabled={busy}
      aria-label={t('link.of', { action: label, document: of })}
      onClick={busy ? undefined : onPress}
    >
      {label}
    </button>
  );
}
