import type { MoneyFigure } from '../../server/contract/figures.ts';
import type { MessageKey } from './catalogue.ts';
import { Explain } from './Explain.tsx';
import type { ExplainedFigure } from './figure-names.ts';
import { useWords } from './words.tsx';

/** The (i) of a money figure: its formula, what it leaves out for now, and whom to ask when it is hidden. */
export function ExplainFigure({
  name,
  figure,
  more,
}: {
  name: ExplainedFigure;
  figure?: MoneyFigure | 'hidden' | undefined;
  /** What the organisation means by it. */
  more?: MessageKey | undefined;
}) {
  const { t, formats } = useWords();
  const shown = figure && figure !== 'hidden' ? figure : undefined;
  const caveats = shown && (shown.level === 'exact' || shown.level === 'band') ? (shown.caveats ?? []) : [];
  const byCurrency = shown?.level === 'exact' ? (shown.byCurrency ?? []) : [];
  return (
    <Explain of={t(`figure.${name}`)}>
      <p>{t(`figure.${name}.formula`)}</p>
      {more && <p>{t(more)}</p>}
      {figure === 'hidden' && <p>{t('restricted.ask')}</p>}
      {shown?.level === 'band' && <p>{t('band.why')}</p>}
      {shown?.level === 'status' && <p>{t('status.why')}</p>}
      {shown?.level === 'unknown' && <p>{t(`unknown.${shown.reason}`)}</p>}
      {caveats.map((caveat) => (
        <p key={caveat}>{t(`caveat.${caveat}`)}</p>
      ))}
      {byCurrency.length > 0 && <p>{byCurrency.map((money) => formats.money(money)).join(' · ')}</p>}
    </Explain>
  );
}
