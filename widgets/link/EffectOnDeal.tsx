import { Ladder } from '../ui/Ladder.tsx';
import { useWords } from '../ui/words.tsx';
import type { Effect } from './link-view.ts';

/** The deal's steps as they would be, beside what they are. */
export function EffectOnDeal({ effect }: { effect: Effect }) {
  const { t } = useWords();
  switch (effect.state) {
    case 'none':
      return null;
    case 'loading':
    case 'unknown':
      return (
        <p className="small" role="status">
          {t(`link.effect.${effect.state}`)}
        </p>
      );
    case 'known': {
      const { before, after } = effect.preview;
      const isSame = JSON.stringify(before) === JSON.stringify(after);
      return (
        <div className={effect.updating ? 'effect effect-old' : 'effect'} aria-busy={effect.updating}>
          <Ladder ladder={after} before={before} heading={t('link.effect')} />
          {isSame && <p className="small">{t('link.effect.same')}</p>}
        </div>
      );
    }
  }
}
