import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { linkMutation } from '../api/link-mutation.ts';
import { linkPreviewQuery } from '../api/link-preview-query.ts';
import { linkSuggestionsQuery } from '../api/link-suggestions-query.ts';
import { linksQuery } from '../api/links-query.ts';
import { Standing } from '../ui/Notice.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { useWords } from '../ui/words.tsx';
import { ChooseDocuments } from './ChooseDocuments.tsx';
import { LinkOutcomes } from './LinkOutcomes.tsx';
import { NO_SEARCH } from './LinkSearch.tsx';
import { type Effect, foundIn, problemOf, type Sending } from './link-view.ts';
import {
  asked,
  isShareWrong,
  keyOf,
  type Picked,
  picked,
  stillPicked,
  toggled,
  toggledAll,
  withShare,
} from './selection.ts';

/** Asks and derives; `ChooseDocuments` and `LinkOutcomes` draw. What is picked outlives searches and failures. */
export function LinkToDeal({
  dealId,
  documents,
  today,
  pauseMs,
  onClose,
}: {
  dealId: string;
  documents: readonly DocumentRow[];
  today: string;
  pauseMs: number;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [search, setSearch] = useState(NO_SEARCH);
  const [selection, setSelection] = useState(() => pickedFrom(documents));
  const wanted = useSettled(search, pauseMs);
  const links = useQuery(linksQuery(dealId));
  const suggestions = useInfiniteQuery(
    linkSuggestionsQuery(dealId, {
      ...(wanted.q.trim() ? { q: wanted.q.trim() } : {}),
      ...(wanted.type ? { type: wanted.type } : {}),
      ...(wanted.status ? { status: wanted.status } : {}),
    }),
  );
  const effect = useEffectOn(dealId, selection, pauseMs);
  const [done, setDone] = useState(0);
  const { mutate, reset, data, error, isPending } = useMutation(linkMutation(dealId, setDone));

  if (links.data?.mayLink === false) {
    return (
      <Standing icon="lock" title={t('link.may_not.title')}>
        <p>{t('link.may_not.next')}</p>
      </Standing>
    );
  }
  if (data) {
    return (
      <LinkOutcomes
        outcomes={data.results}
        documents={new Map([...selection].map(([key, { document }]) => [key, document]))}
        onAgain={() => {
          const refused = data.results.filter(({ outcome }) => outcome === 'refused');
          const shownNow = suggestions.data?.pages.flatMap((page) => page.suggestions) ?? [];
          setSelection(
            stillPicked(
              selection,
              refused.map(({ document }) => keyOf(document)),
              shownNow,
            ),
          );
          reset();
        }}
        onDone={onClose}
      />
    );
  }
  return (
    <ChooseDocuments
      today={today}
      search={search}
      found={foundIn({ ...suggestions, isTyping: wanted !== search }, ({ pages }) => ({
        rows: pages.flatMap((page) => page.suggestions),
        total: pages.at(-1)?.total ?? 0,
        more: suggestions.isFetchingNextPage
          ? 'running'
          : suggestions.isFetchNextPageError
            ? 'failed'
            : suggestions.hasNextPage
              ? 'there'
              : 'none',
      }))}
      selection={selection}
      effect={effect}
      sending={isPending ? { state: 'running', done } : failedOf(error)}
      acts={{
        search: setSearch,
        clear: () => setSearch(NO_SEARCH),
        more: () => void suggestions.fetchNextPage(),
        retry: () => void suggestions.refetch(),
        toggle: (suggestion) => setSelection(toggled(selection, suggestion)),
        toggleAll: (all) => setSelection(toggledAll(selection, all)),
        share: (key, share) => setSelection(withShare(selection, key, share)),
        remove: (key) => setSelection(new Map([...selection].filter(([other]) => other !== key))),
        link: () => mutate({ documents: asked(selection) }),
        cancel: onClose,
      }}
    />
  );
}

const pickedFrom = (documents: readonly DocumentRow[]): ReadonlyMap<string, Picked> =>
  new Map(documents.map((document) => [keyOf(document), picked({ document, obstacles: [] })]));

const failedOf = (error: unknown): Sending =>
  error ? { state: 'failed', problem: problemOf(error) } : { state: 'no' };

/** While a share is half typed, the effect shown is that of the last one that made sense. */
function useEffectOn(dealId: string, selection: ReadonlyMap<string, Picked>, pauseMs: number): Effect {
  const settled = useSettled(selection, pauseMs);
  const wrong = [...settled.values()].some(isShareWrong);
  const documents = asked(settled);
  const { data, error, isPlaceholderData } = useQuery({
    ...linkPreviewQuery(dealId, documents),
    enabled: documents.length > 0 && !wrong,
  });
  if (selection.size === 0 || documents.length === 0) return { state: 'none' };
  if (error && !isPlaceholderData && !data) return { state: 'unknown' };
  if (!data) return { state: 'loading' };
  return { state: 'known', preview: data, updating: isPlaceholderData || settled !== selection };
}
