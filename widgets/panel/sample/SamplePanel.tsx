import type { CSSProperties } from 'react';
import { Ageing } from '../../ui/Ageing.tsx';
import { DocumentTable } from '../../ui/DocumentTable.tsx';
import { FourFigures } from '../../ui/FourFigures.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Ladder } from '../../ui/Ladder.tsx';
import { VerdictLine } from '../../ui/VerdictLine.tsx';
import { InCurrency, useWords } from '../../ui/words.tsx';
import { SAMPLE } from './sample-answer.ts';
import '../../ui/styles/documents.css';
import '../../ui/styles/sample.css';

/**
 * What the panel will look like, on figures that are nobody's. It asks for nothing, leads nowhere and says on each of its
 * parts what it is, to whoever looks and to whoever listens.
 */
export function SamplePanel() {
  const { t } = useWords();
  const { figures, definitions, ladder, documents, today } = SAMPLE;
  // drawn by the style sheet on each part, and read out with it
  const mark = { '--sample-mark': JSON.stringify(t('sample.mark')) } as CSSProperties; // safe because React sets what begins with two dashes
  return (
    <section className="sample" style={mark} aria-label={t('sample.banner')}>
      <p className="sample-banner">
        <Icon name="warning" />
        <span>
          <strong>{t('sample.banner')}</strong> {t('sample.banner.text')}
        </span>
      </p>
      <p className="sample-name">{t('sample.customer')}</p>
      <InCurrency base={SAMPLE.baseCurrency}>
        <div className="layout">
          {ladder && <Ladder ladder={{ ...ladder, stage: t('sample.mark') }} heading={t('sample.deal')} />}
          <VerdictLine verdict={figures.verdict} limits={definitions.grade} today={today} />
          <FourFigures figures={figures} lifetimeValue={definitions.lifetimeValue} today={today} />
          <Ageing entries={figures.ageing} open={figures.open} />
          <section className="documents">
            <h2 className="section-heading">{t('documents')}</h2>
            <DocumentTable rows={documents.rows} today={today} caption={t('documents.newest')} />
          </section>
        </div>
      </InCurrency>
    </section>
  );
}
