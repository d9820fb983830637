import { useEffect } from 'react';
import { loadMoreWords } from '../ui/languages.ts';
import { Part } from '../ui/Part.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { spokenScreen } from '../ui/spoken-screen.ts';
import { useWords } from '../ui/words.tsx';
import { DealLinking } from './DealLinking.tsx';
import { LinkableCustomer } from './LinkableCustomer.tsx';
import type { PanelActs, PanelState } from './panel-state.ts';

const rareStates = () => import('./RareStates.tsx');
const rareStatesIn = spokenScreen(() => rareStates().then(({ RareStates }) => RareStates), loadMoreWords);

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
          <LinkableCustomer key={state.answer.record.id} {...state} onRefresh={acts.refresh} />
          <FetchAhead />
        </>
      );
    default: {
      const RareStates = rareStatesIn(language);
      return (
        <Part meanwhile={skeleton}>
          <RareStates
            state={state}
            acts={acts}
            linksOf={({ record, today }) => <DealLinking dealId={record.id} today={today} />}
          />
        </Part>
      );
    }
  }
}

/** With the figures up, fetches what explains their absence: later the network may be what is missing. */
function FetchAhead() {
  useEffect(() => {
    rareStates().catch(() => undefined); // it is fetched again when it is needed
  }, []);
  return null;
}
