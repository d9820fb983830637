import { Standing } from '../ui/Notice.tsx';
import { useWords } from '../ui/words.tsx';

/** The customer is read for the first time, when it is its turn. @param at when that is, as far as it is known */
export function Filling({ at }: { at: Date | null }) {
  const { t, formats } = useWords();
  return (
    <Standing icon="clock" title={t('filling')}>
      <p>{t('filling.next')}</p>
      {at && <p className="small">{t('filling.at', { time: formats.clock(at, new Date()) })}</p>}
    </Standing>
  );
}
