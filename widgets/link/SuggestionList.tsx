import type { Ref } from 'react';
import { Listbox } from '../ui/Listbox.tsx';
import { Standing } from '../ui/Notice.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { useWords } from '../ui/words.tsx';
import { BonesOfOptions } from './BonesOfOptions.tsx';
import type { Found, Suggestion } from './link-view.ts';
import { SuggestionOption } from './SuggestionOption.tsx';
import { isBlocked, keyOf, type Selection } from './selection.ts';

interface Listed {
  readonly found: Found<Suggestion>;
  readonly selection: Selection;
  readonly today: string;
  /** Something was typed or filtered by. */
  readonly searched: boolean;
  readonly box: Ref<HTMLDivElement>;
  readonly onToggle: (suggestion: Suggestion) => void;
  readonly onToggleAll: () => void;
  readonly onMore: () => void;
  readonly onRetry: () => void;
  readonly onClear: () => void;
}

/** Documents to pick from, or why there are none. */
export function SuggestionList({ found, selection, today, searched, box, ...on }: Listed) {
  const { t } = useWords();
  switch (found.state) {
    case 'loading':
      return <BonesOfOptions />;
    case 'problem':
      return <ProblemStanding problem={found.problem} onRetry={on.onRetry} />;
    case 'rows':
      break;
  }
  if (found.rows.length === 0)
    return (
      <Standing
        icon="paper"
        title={t(searched ? 'link.no_results' : 'link.empty')}
        actions={
          searched && (
            <button type="button" className="button-quiet" onClick={on.onClear}>
              {t('link.clear')}
            </button>
          )
        }
      >
        <p>{t(searched ? 'link.no_results.next' : 'link.empty.next')}</p>
      </Standing>
    );
  return (
    <>
      <Listbox
        label={t('link.list.documents')}
        items={found.rows}
        keyOf={({ document }) => keyOf(document)}
        isChosen={({ document }) => selection.has(keyOf(document))}
        isBlocked={({ obstacles }) => isBlocked(obstacles)}
        onToggle={on.onToggle}
        onToggleAll={on.onToggleAll}
        draw={(suggestion) => <SuggestionOption suggestion={suggestion} today={today} />}
        box={box}
      />
      {found.more !== 'none' && (
        <p className="link-more">
          <button
            type="button"
            className="button-plain"
            aria-disabled={found.more === 'running'}
            onClick={found.more === 'running' ? undefined : on.onMore}
          >
            {t('link.more')}
          </button>
          {found.more === 'failed' && <span role="alert"> {t('link.more.failed')}</span>}
        </p>
      )}
    </>
  );
}
