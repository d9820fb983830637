import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useWords } from '../ui/words.tsx';
import { OpeningTab } from './opening-tab.ts';

export interface Tab {
  readonly key:
    | 'setup'
    | 'mapping'
    | 'visibility'
    | 'definitions'
    | 'health'
    | 'connection'
    | 'flows'
    | 'history'
    | 'audit';
  readonly content: ReactNode;
}

/**
 * One part of the settings at a time. A part once opened stays as it is behind the others, so that looking something up
 * loses no edits. @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function Tabs({
  tabs,
  open,
  onOpen,
}: {
  tabs: readonly Tab[];
  open: Tab['key'];
  onOpen: (key: Tab['key']) => void;
}) {
  const { t } = useWords();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<Tab['key']>>(new Set([open]));
  if (!opened.has(open)) setOpened(new Set([...opened, open]));
  const go = (key: Tab['key']): void => {
    onOpen(key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${key}"]`)?.focus();
  };
  const move = (event: KeyboardEvent): void => {
    const back = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const forth = back === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const at = tabs.findIndex(({ key }) => key === open);
    const to = { [back]: at - 1, [forth]: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    go(next.key);
  };
  return (
    <>
      <div ref={list} role="tablist" className="tabs" aria-label={t('tabs')} onKeyDown={move}>
        {tabs.map(({ key }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            data-tab={key}
            aria-selected={key === open}
            aria-controls={`${id}-${key}-panel`}
            tabIndex={key === open ? 0 : -1}
            onClick={() => onOpen(key)}
          >
            {t(`tab.${key}`)}
          </button>
        ))}
      </div>
      {tabs.map(({ key, content }) => (
        <div
          key={key}
          role="tabpanel"
          id={`${id}-${key}-panel`}
          aria-labelledby={`${id}-${key}`}
          hidden={key !== open}
        >
          {opened.has(key) && <OpeningTab value={go}>{content}</OpeningTab>}
        </div>
      ))}
    </>
  );
}
