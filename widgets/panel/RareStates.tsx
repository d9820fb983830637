import type { ReactNode } from 'react';
import { Standing } from '../ui/Notice.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { useWords } from '../ui/words.tsx';
import { Filling } from './Filling.tsx';
import { NotLinked } from './NotLinked.tsx';
import { PanelSignIn } from './PanelSignIn.tsx';
import type { NotLinkedAnswer, PanelActs, RareState } from './panel-state.ts';
import { SampleOffer } from './sample/SampleOffer.tsx';
import { settingsHref } from './settings-href.ts';

/** Everything but figures. A chunk of its own, fetched once the figures stand or when it is needed. */
export function RareStates({
  state,
  acts,
  linksOf,
}: {
  state: RareState;
  acts: PanelActs;
  /** The links of a deal whose customer is not known. */
  linksOf?: (deal: NotLinkedAnswer) => ReactNode;
}) {
  const { t } = useWords();
  switch (state.state) {
    case 'crm_silent':
      return (
        <Standing
          icon="clock"
          tone="warn"
          alert
          title={t('crm_silent')}
          actions={
            <button type="button" className="button" onClick={acts.reload}>
              {t('retry')}
            </button>
          }
        >
          <p>{t('crm_silent.next')}</p>
        </Standing>
      );
    case 'foreign_host':
      return (
        <Standing icon="lock" title={t('foreign_host')}>
          <p>{t('foreign_host.next')}</p>
        </Standing>
      );
    case 'no_record':
      return (
        <Standing icon="paper" title={t('no_record')}>
          <p>{t('no_record.next')}</p>
        </Standing>
      );
    case 'unsupported_module':
      return (
        <Standing icon="info" title={t('unsupported_module', { module: state.module })}>
          <p>{t('unsupported_module.next')}</p>
        </Standing>
      );
    case 'sign_in':
      return <PanelSignIn why={state.why} />;
    case 'problem':
      return (
        <>
          <ProblemStanding problem={state.problem} onRetry={acts.refresh} settingsHref={settingsHref()} />
          {state.problem.code === 'books.not_connected' && <SampleOffer />}
        </>
      );
    case 'filling':
      return <Filling at={state.at} />;
    case 'not_linked':
      return (
        <NotLinked
          answer={state.answer}
          onRetry={acts.refresh}
          links={state.answer.record.module === 'Deals' && linksOf?.(state.answer)}
        />
      );
  }
}
