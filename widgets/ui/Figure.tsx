import type { ReactNode } from 'react';
import type { MoneyFigure } from '../../server/contract/figures.ts';
import { ExplainFigure } from './explanations.tsx';
import type { ExplainedFigure } from './figure-names.ts';
import { Icon } from './Icon.tsx';
import { useWords } from './words.tsx';

/** One of the four: label with its (i), the value, one line of context. */
export function Figure({
  name,
  figure,
  tone,
  value,
  note,
}: {
  name: ExplainedFigure;
  figure?: MoneyFigure | 'hidden' | undefined;
  tone?: 'bad' | 'calm' | undefined;
  value: ReactNode;
  note?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className={tone ? `figure figure-${tone}` : 'figure'}>
      <dt className="figure-label">
        {tone === 'bad' && <Icon name="warning" />}
        {t(`figure.${name}`)}
        <ExplainFigure name={name} figure={figure} />
      </dt>
      <dd className="figure-value">{value}</dd>
      {note && <dd className="figure-note">{note}</dd>}
    </div>
  );
}
