import type { SetupStep } from '../../../server/contract/setup.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import type { ListedStep, StepState } from './wizard-steps.ts';

const ICONS: Readonly<Record<StepState, IconName>> = {
  done: 'check',
  current: 'chevron',
  to_do: 'clock',
  attention: 'warning',
};

/** Every step with its state in words; what was done can be gone back to. */
export function StepList({
  steps,
  onOpen,
}: {
  steps: readonly ListedStep[];
  onOpen: (step: SetupStep) => void;
}) {
  const { t } = useWords();
  return (
    <div className="steps">
      <ol aria-label={t('setup.steps')}>
        {steps.map(({ step, state, open }) => (
          <li
            key={step}
            className={`step step-${state}`}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <Icon name={ICONS[state]} />
            <span className="step-text">
              {open && state !== 'current' && step !== 'sign_in' ? (
                <button type="button" className="button-plain" onClick={() => onOpen(step)}>
                  {t(`setup.step.${step}`)}
                </button>
              ) : (
                <span className="step-name">{t(`setup.step.${step}`)}</span>
              )}
              <span className="small">{t(`setup.state.${state}`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
