import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentRef } from '../../server/contract/links.ts';
import {
  resolveLinkMutation,
  retryLinkMutation,
  undoMutation,
  unlinkMutation,
} from '../api/link-mutation.ts';
import { linksQuery } from '../api/links-query.ts';
import { documentName } from '../ui/document-name.ts';
import { Part } from '../ui/Part.tsx';
import { useWords } from '../ui/words.tsx';
import { DealLinksView } from './DealLinksView.tsx';
import { lazyLinkDialog } from './lazy-link-dialog.ts';
import { type LinkActs, type LinksState, problemOf, type Sending } from './link-view.ts';
import { keyOf } from './selection.ts';
import '../ui/styles/linked.css';

/** The links of a deal: asks, changes, and says what became of it. */
export function DealLinks({ dealId, today }: { dealId: string; today: string }) {
  const words = useWords();
  const { t, language } = words;
  const [linking, setLinking] = useState(false);
  const [said, setSaid] = useState('');
  const { data, error, refetch } = useQuery(linksQuery(dealId));
  const unlinking = useMutation(unlinkMutation(dealId));
  const undoing = useMutation(undoMutation(dealId));
  const retrying = useMutation(retryLinkMutation(dealId));
  const resolving = useMutation(resolveLinkMutation(dealId));
  const changes = [unlinking, undoing, retrying, resolving];

  const nameOf = (ref: DocumentRef): string => {
    const row = data?.links.find(({ document }) => keyOf(document) === keyOf(ref));
    return row ? documentName(row.document, words) : ref.id;
  };
  /** One change at a time; what failed before is no longer the matter. */
  const did = async (change: () => Promise<unknown>, words: string): Promise<boolean> => {
    for (const { reset } of changes) reset();
    setSaid('');
    try {
      await change();
      setSaid(words);
      return true;
    } catch {
      return false; // the mutation keeps its problem, which is shown
    }
  };
  const acts: LinkActs = {
    link: () => setLinking(true),
    reread: () => void refetch(),
    unlink: (document, reason) =>
      did(
        () => unlinking.mutateAsync({ document, ...(reason === '' ? {} : { reason }) }),
        t('link.unlinked', { document: nameOf(document) }),
      ),
    undo: (undoId) => {
      const row = data?.undo.find((one) => one.undoId === undoId)?.document;
      const document = row ? documentName(row, words) : '';
      return did(() => undoing.mutateAsync({ undoId }), t('link.restored', { document }));
    },
    retry: (document) =>
      did(() => retrying.mutateAsync(document), t('link.retried', { document: nameOf(document) })),
    resolve: (document, keep) =>
      did(
        () => resolving.mutateAsync({ document, keep }),
        t('link.resolved', { document: nameOf(document) }),
      ),
  };
  const state: LinksState = data
    ? { state: 'links', links: data }
    : error
      ? { state: 'problem', problem: problemOf(error) }
      : { state: 'loading' };
  const LinkDialog = lazyLinkDialog(language);
  return (
    <>
      <DealLinksView state={state} sending={sendingOf(changes)} said={said} today={today} acts={acts} />
      {linking && data && (
        <Part meanwhile={null}>
          <LinkDialog
            start={{ from: 'deal', deal: data.deal }}
            today={today}
            onClose={() => setLinking(false)}
          />
        </Part>
      )}
    </>
  );
}

function sendingOf(changes: readonly { isPending: boolean; error: unknown }[]): Sending {
  if (changes.some(({ isPending }) => isPending)) return { state: 'running' };
  const failed = changes.find(({ error }) => error);
  return failed ? { state: 'failed', problem: problemOf(failed.error) } : { state: 'no' };
}
