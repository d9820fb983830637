import { type KeyboardEvent, useRef } from 'react';
import type { Translate } from '../ui/catalogue.ts';
import { useWords } from '../ui/words.tsx';
import { EffectOnDeal } from './EffectOnDeal.tsx';
import { LinkSearch, type Search } from './LinkSearch.tsx';
import type { Effect, Found, Sending, Suggestion } from './link-view.ts';
import { PickedList } from './PickedList.tsx';
import { SendingFailed } from './SendingFailed.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import { isBlocked, isShareWrong, keyOf, type Selection } from './selection.ts';
import { useFocusAtFirst } from './use-focus-at-first.ts';

export interface ChooseDocumentsProps {
  readonly today: string;
  readonly search: Search;
  readonly found: Found<Suggestion>;
  readonly selection: Selection;
  readonly effect: Effect;
  readonly sending: Sending;
  /** False beside others of its kind. */
  readonly takesFocus?: boolean;
  readonly acts: {
    readonly search: (search: Search) => void;
    readonly clear: () => void;
    readonly more: () => void;
    readonly retry: () => void;
    readonly toggle: (suggestion: Suggestion) => void;
    readonly toggleAll: (suggestions: readonly Suggestion[]) => void;
    readonly share: (key: string, share: string | null) => void;
    readonly remove: (key: string) => void;
    readonly link: () => void;
    readonly cancel: () => void;
  };
}

/** Search, pick, see what it changes, link. It asks nothing; a failure leaves everything picked as it was. */
export function ChooseDocuments(shown: ChooseDocumentsProps) {
  const { search, found, selection, effect, sending, acts } = shown;
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useFocusAtFirst(field, shown.takesFocus);

  const rows = found.state === 'rows' ? found.rows : [];
  const free = rows.filter(({ obstacles }) => !isBlocked(obstacles));
  const running = sending.state === 'running';
  const ready = selection.size > 0 && !running && ![...selection.values()].some(isShareWrong);
  const link = (): void => {
    if (ready) acts.link();
  };
  const obstacles = effect.state === 'known' ? effect.preview.obstacles : [];
  const down = (event: KeyboardEvent): void => {
    event.preventDefault();
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for what the button at the end does
    <div
      className="link-dialog"
      onKeyDown={({ key, ctrlKey, metaKey }) => {
        if (key === 'Enter' && (ctrlKey || metaKey)) link();
      }}
    >
      <div className="link-find">
        <LinkSearch
          search={search}
          hasAmounts={rows.some(({ document }) => document.total?.level === 'exact')}
          field={field}
          onSearch={acts.search}
          onDown={down}
        />
        <div className="link-found">
          <span role="status">{foundText(found, t)}</span>
          {free.length > 1 && (
            <button type="button" className="button-plain" onClick={() => acts.toggleAll(free)}>
              {t(
                free.every(({ document }) => selection.has(keyOf(document)))
                  ? 'link.pick_none'
                  : 'link.pick_all',
              )}
            </button>
          )}
        </div>
        <SuggestionList
          found={found}
          selection={selection}
          today={shown.today}
          searched={search.q !== '' || search.type !== null}
          box={list}
          onToggle={acts.toggle}
          onToggleAll={() => acts.toggleAll(free)}
          onMore={acts.more}
          onRetry={acts.retry}
          onClear={() => {
            acts.clear();
            field.current?.focus(); // the button that was clicked is gone
          }}
        />
        {rows.length > 0 && <p className="small only-keyboard">{t('link.keys')}</p>}
      </div>
      <div className="link-side">
        <PickedList
          selection={selection}
          obstaclesOf={(key) => obstacles.find(({ document }) => keyOf(document) === key)?.obstacles ?? []}
          onShare={acts.share}
          onRemove={(key) => {
            acts.remove(key);
            field.current?.focus();
          }}
        />
        <EffectOnDeal effect={effect} />
        {sending.state === 'failed' && <SendingFailed problem={sending.problem} />}
        <div className="standing-actions">
          <button type="button" className="button" aria-disabled={!ready} onClick={link}>
            {running
              ? linkingText(sending.done ?? 0, selection.size, t)
              : selection.size === 0
                ? t('link.confirm.none')
                : t('link.confirm', { n: selection.size })}
          </button>
          <button
            type="button"
            className="button-quiet"
            aria-disabled={running}
            onClick={running ? undefined : acts.cancel}
          >
            {t('link.cancel')}
          </button>
        </div>
      </div>
    </div>
  );
}

const linkingText = (done: number, n: number, t: Translate): string =>
  done === 0 ? t('link.linking') : t('link.linking.of', { done, n });

function foundText(found: Found<Suggestion>, t: Translate): string {
  switch (found.state) {
    case 'loading':
      return t('link.searching');
    case 'problem':
      return '';
    case 'rows': {
      const { rows, total, updating } = found;
      if (updating) return t('link.searching');
      return rows.length < total
        ? t('link.found.shown', { shown: rows.length, n: total })
        : t('link.found', { n: total });
    }
  }
}
