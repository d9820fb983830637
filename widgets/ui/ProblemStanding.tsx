import type { ReactNode } from 'react';
import type { MessageKey } from './catalogue.ts';
import type { IconName } from './Icon.tsx';
import { Standing } from './Notice.tsx';
import { Reference } from './Reference.tsx';
import { useWords } from './words.tsx';

/** A problem as far as a person needs to know it. */
export interface ProblemView {
  readonly code: ProblemTextCode;
  readonly requestId: string | null;
  readonly fix: 'viewer' | 'administrator' | 'wait' | 'us';
  /** When the widget asks again by itself. */
  readonly retryAt: Date | null;
}

/** Codes that have a text; a test compares them with every code a widget can meet. */
export type ProblemTextCode =
  Extract<MessageKey, `problem.${string}.next`> extends `problem.${infer Code}.next` ? Code : never;

const LOOK: Readonly<Record<ProblemView['fix'], { icon: IconName; tone?: 'warn' | 'bad' }>> = {
  viewer: { icon: 'lock' },
  administrator: { icon: 'plug', tone: 'warn' },
  wait: { icon: 'clock', tone: 'warn' },
  us: { icon: 'warning', tone: 'bad' },
};

/** What failed and why, the next step, when it tries again, and a reference: never a raw code alone. */
export function ProblemStanding({
  problem,
  onRetry,
  settingsHref,
  children,
}: {
  problem: ProblemView;
  onRetry: () => void;
  /** Given where an administrator can mend it. */
  settingsHref?: string | undefined;
  children?: ReactNode;
}) {
  const { t, formats } = useWords();
  const { icon, tone } = LOOK[problem.fix];
  return (
    <Standing
      icon={icon}
      {...(tone ? { tone } : {})}
      alert
      title={t(`problem.${problem.code}`)}
      actions={
        <>
          <button type="button" className="button" onClick={onRetry}>
            {t('retry')}
          </button>
          {problem.fix === 'administrator' && settingsHref && (
            <a className="button-quiet" href={settingsHref} target="_blank" rel="noopener">
              {t('open_settings')}
            </a>
          )}
        </>
      }
    >
      <p>{t(`problem.${problem.code}.next`)}</p>
      {problem.retryAt && (
        <p className="small">{t('retry.at', { time: formats.clock(problem.retryAt, new Date()) })}</p>
      )}
      {children}
      <Reference requestId={problem.requestId} />
    </Standing>
  );
}
