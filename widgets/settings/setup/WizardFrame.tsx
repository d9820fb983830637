import { type ReactNode, useEffect, useRef } from 'react';
import type { Setup, SetupStep } from '../../../server/contract/setup.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/words.tsx';
import { StepList } from './StepList.tsx';
import { listed, stepBefore } from './wizard-steps.ts';
import '../../ui/styles/setup.css';

/** The list of steps and the one that is open. What a step asks, and its one way on, is the step's own. */
export function WizardFrame({
  setup,
  current,
  toMend,
  onOpen,
  onLeave,
  children,
}: {
  setup: Setup;
  current: SetupStep;
  /** Steps where something failed that has to be mended. */
  toMend: ReadonlySet<SetupStep>;
  onOpen: (step: SetupStep) => void;
  /** Given once the set-up was finished before: then there is something to go back to. */
  onLeave?: () => void;
  children: ReactNode;
}) {
  const { t, formats } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(current);
  useEffect(() => {
    // Whoever works by keyboard or ear is taken along; on arrival the page is read from its beginning.
    if (shown.current !== current) heading.current?.focus();
    shown.current = current;
  }, [current]);
  const before = stepBefore(setup, current);
  const number = setup.steps.findIndex(({ step }) => step === current) + 2; // signing in was the first
  return (
    <div className="wizard">
      <StepList steps={listed(setup, current, toMend)} onOpen={onOpen} />
      <section className="wizard-step">
        <p className="small">{t('setup.position', { n: number, all: setup.steps.length + 1 })}</p>
        <h2 ref={heading} tabIndex={-1}>
          {t(`setup.step.${current}`)}
        </h2>
        {setup.last && !setup.last.yourself && (
          <Notice icon="person">
            {t('setup.somebody_else', {
              name: setup.last.name,
              time: formats.clock(new Date(setup.last.at), new Date()),
            })}
          </Notice>
        )}
        {children}
        {(before || onLeave) && (
          <div className="standing-actions wizard-ways">
            {before && (
              <button type="button" className="button-quiet" onClick={() => onOpen(before)}>
                {t('setup.back')}
              </button>
            )}
            {onLeave && (
              <button type="button" className="button-plain" onClick={onLeave}>
                {t('setup.leave')}
              </button>
            )}
          </div>
        )}
      </section>
    </div>
  );
}
