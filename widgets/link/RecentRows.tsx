import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AccountLinks } from '../../server/contract/account-links.ts';
import { undoMutation, unlinkMutation } from '../api/link-mutation.ts';
import { documentName } from '../ui/document-name.ts';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../ui/words.tsx';
import { problemOf } from './link-view.ts';
import { SendingFailed } from './SendingFailed.tsx';
import { linkableRef } from './selection.ts';

type Recent = AccountLinks['recent'][number];
type OnDone = (words: string) => void;

/** A link this person made a moment ago. */
export function JustLinked({
  one: { document, deal },
  onDone,
}: {
  one: Extract<Recent, { did: 'linked' }>;
  onDone: OnDone;
}) {
  const words = useWords();
  const { t } = words;
  const { mutate, error, isPending } = useMutation(unlinkMutation(deal.id));
  const ref = linkableRef(document);
  const name = documentName(document, words);
  return (
    <Done
      said={t('link.linked_to', { document: name, deal: deal.name })}
      action={t('link.unlink')}
      document={name}
      busy={isPending}
      error={error}
      onPress={() => {
        if (ref)
          mutate(
            { document: ref },
            { onSuccess: () => onDone(t('link.unlinked_from', { document: name, deal: deal.name })) },
          );
      }}
    />
  );
}

/** A link that was taken back a moment ago. */
export function JustUnlinked({
  one: { document, deal, undoId, until },
  onDone,
}: {
  one: Extract<Recent, { did: 'unlinked' }>;
  onDone: OnDone;
}) {
  const words = useWords();
  const { t, formats } = words;
  const { mutate, error, isPending } = useMutation(undoMutation(deal.id));
  const name = documentName(document, words);
  return (
    <Done
      said={t('link.unlinked_from', { document: name, deal: deal.name })}
      action={t('link.undo')}
      document={name}
      busy={isPending}
      error={error}
      onPress={() => mutate({ undoId }, { onSuccess: () => onDone(t('link.restored', { document: name })) })}
    >
      <span className="small">
        {t('link.undo.until', { time: formats.clock(new Date(until), new Date()) })}
      </span>
    </Done>
  );
}

function Done({
  said,
  action,
  document,
  busy,
  error,
  onPress,
  children,
}: {
  said: string;
  action: string;
  document: string;
  busy: boolean;
  error: unknown;
  onPress: () => void;
  children?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <li>
      <Notice icon="undo">
        {said}{' '}
        <button
          type="button"
          className="button-plain"
          aria-disabled={busy}
          aria-label={t('link.of', { action, document })}
          onClick={busy ? undefined : onPress}
        >
          {action}
        </button>{' '}
        {children}
      </Notice>
      {error !== null && <SendingFailed problem={problemOf(error)} />}
    </li>
  );
}
