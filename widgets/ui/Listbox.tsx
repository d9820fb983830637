import { type KeyboardEvent, type MouseEvent, type ReactNode, type Ref, useState } from 'react';

interface Listed<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly isChosen: (item: Item) => boolean;
  /** It can be read, but not chosen. */
  readonly isBlocked: (item: Item) => boolean;
  readonly onToggle: (item: Item) => void;
  /** Absent where only one can be chosen. */
  readonly onToggleAll?: (() => void) | undefined;
  readonly draw: (item: Item) => ReactNode;
  readonly box?: Ref<HTMLDivElement>;
}

/**
 * A list to choose from: one stop of Tab, arrows, Home and End inside, Space or Enter to choose, Ctrl+A for all.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export function Listbox<Item>({ items, keyOf, isChosen, isBlocked, onToggle, ...list }: Listed<Item>) {
  const [here, setHere] = useState<string | null>(null);
  const found = items.findIndex((item) => keyOf(item) === here);
  const at = Math.max(0, found);

  const choose = (index: number): void => {
    const item = items[index];
    if (!item) return;
    setHere(keyOf(item));
    if (!isBlocked(item)) onToggle(item);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const { key, currentTarget } = event;
    const held = event.ctrlKey || event.metaKey;
    const to = STEPS[key]?.(at, items.length - 1);
    if (to !== undefined) focusOn(currentTarget.children[to]);
    else if (key === 'a' && held) list.onToggleAll?.();
    else if ((key === ' ' || key === 'Enter') && !held) choose(at);
    else return;
    event.preventDefault();
  };
  const click = ({ target, currentTarget }: MouseEvent<HTMLDivElement>): void => {
    if (target instanceof Element) choose(indexOf(target, currentTarget));
  };

  return (
    <div
      ref={list.box}
      role="listbox"
      className="listbox"
      aria-label={list.label}
      aria-multiselectable={list.onToggleAll !== undefined}
      onKeyDown={press}
      onClick={click}
      onFocus={({ target, currentTarget }) => {
        const item = items[indexOf(target, currentTarget)];
        if (item) setHere(keyOf(item));
      }}
    >
      {items.map((item, index) => (
        <div
          key={keyOf(item)}
          role="option"
          className="option"
          tabIndex={index === at ? 0 : -1}
          aria-selected={isChosen(item)}
          aria-disabled={isBlocked(item)}
        >
          {list.draw(item)}
        </div>
      ))}
    </div>
  );
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

const indexOf = (target: Element, list: Element): number => {
  const option = target.closest('[role="option"]');
  return option ? [...list.children].indexOf(option) : -1;
};

function focusOn(option: Element | undefined): void {
  if (option instanceof HTMLElement) option.focus();
}
