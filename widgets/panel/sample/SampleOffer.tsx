import { lazy, useId } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { Part } from '../../ui/Part.tsx';
import { useWords } from '../../ui/words.tsx';
import '../../ui/styles/sample.css';

const SamplePanel = lazy(() =>
  import('./SamplePanel.tsx').then((module) => ({ default: module.SamplePanel })),
);

/** Asking whether Books is connected by now draws everything anew; whoever looks at the sample goes on looking. */
const offer = createStore(() => ({ shown: false }));

/**
 * What stands where nothing can be shown yet: a button for the sample, and below it the sample, for as long as Books is
 * not connected. Whoever draws this takes it away once it is.
 */
export function SampleOffer() {
  const { t } = useWords();
  const { shown } = useStore(offer);
  const place = useId();
  return (
    <div className="sample-offer">
      <button
        type="button"
        className="button-quiet"
        aria-expanded={shown}
        aria-controls={place}
        onClick={() => offer.setState({ shown: !shown })}
      >
        {t(shown ? 'sample.close' : 'sample.offer')}
      </button>
      <p role="status" className="unseen">
        {shown ? t('sample.shown') : ''}
      </p>
      <div id={place} className="sample-place">
        {shown && (
          <Part meanwhile={null}>
            <SamplePanel />
          </Part>
        )}
      </div>
    </div>
  );
}
