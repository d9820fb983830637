import { lazy, useEffect } from 'react';
import type { Language } from '../ui/catalogue.ts';
import { loadMoreWords } from '../ui/languages.ts';
import { Part } from '../ui/Part.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useWords } from '../ui/words.tsx';
import { LinkedCustomer } from './LinkedCustomer.tsx';
import type { PanelActs, PanelState } from './panel-state.ts';

const rareStates = () => import('./RareStates.tsx');
const screens = new Map<Language, ReturnType<typeof lazyRareStates>>();

const lazyRareStates = (language: Language) =>
  lazy(async () => {
    const [{ RareStates }] = await Promise.all([rareStates(), loadMoreWords(language)]);
    return { default: RareStates };
  });

/** One picture per state; it asks nothing and decides nothing. */
export function PanelView({ state, acts }: { state: PanelState; acts: PanelActs }) {
  const { language } = useWords();
  const skeleton = <Skeleton onDeal={false} sinceMs={performance.now()} />;
  switch (state.state) {
    case 'loading':
      return <Skeleton onDeal={state.onDeal} sinceMs={performance.now()} />;
    case 'figures':
      return (
        <>
          <LinkedCustomer key={state.answer.record.id} {...state} onRefresh={acts.refresh} />
          <FetchAhead />
        </>
      );
    default: {
      const RareStates = rareStatesIn(language);
      return (
        <Part meanwhile={skeleton}>
          <RareStates state={state} acts={acts} />
        </Part>
      );
    }
  }
}

/** The same component for the same language, or React would start it anew at every drawing. */
function rareStatesIn(language: Language): ReturnType<typeof lazyRareStates> {
  const known = screens.get(language);
  if (known) return known;
  const made = lazyRareStates(language);
  screens.set(language, made);
  return made;
}

/** With the figures up, fetches what explains their absence: later the network may be what is missing. */
function FetchAhead() {
  useEffect(() => {
    rareStates().catch(() => undefined); // it is fetched again when it is needed
  }, []);
  return null;
}
