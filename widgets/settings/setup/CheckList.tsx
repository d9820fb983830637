import type { Check } from '../../../server/contract/setup.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import '../../ui/styles/setup.css';

const LOOK = {
  passed: { tone: 'tone-good', icon: 'check' },
  warning: { tone: 'tone-warn', icon: 'warning' },
  failed: { tone: 'tone-bad', icon: 'warning' },
  unknown: { tone: '', icon: 'clock' },
} as const satisfies Record<Check['state'], { tone: string; icon: IconName }>;

/** Findings that need a hint of what to do; those that passed do not. */
type WithNext = Extract<Check['finding'], keyof typeof NEXT>;
const NEXT = {
  'edition.unsure': true,
  'edition.trial': true,
  'edition.unknown': true,
  'edition.without_widgets': true,
  'edition.untold': true,
  'currency.differs': true,
  'currency.waits': true,
  'modules.missing': true,
  'modules.untold': true,
  'crm_scopes.missing': true,
  'crm_scopes.untold': true,
  'books_scopes.missing': true,
  'books_scopes.no_links': true,
  'books_scopes.waits': true,
  'books_scopes.reconnect': true,
  'access.refused': true,
  'access.untold': true,
  'access.waits': true,
  'access.reconnect': true,
  'data_centre.waits': true,
  'clock.off': true,
  'clock.untold': true,
} as const;
const hasNext = (finding: Check['finding']): finding is WithNext => finding in NEXT;

/** Each check in words: what was found, how it stands, and what to do. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const { t } = useWords();
  return (
    <ul className="checks">
      {checks.map(({ finding, state, blocks, values }) => {
        const { tone, icon } = LOOK[state];
        return (
          <li key={finding} className="check" data-check={finding}>
            <span className={`chip chip-small ${tone}`}>
              <Icon name={icon} />
              {t(`setup.check.${state}`)}
            </span>
            <div className="check-text">
              <p>{t(`setup.finding.${finding}`, values)}</p>
              {hasNext(finding) && <p className="small">{t(`setup.finding.${finding}.next`, values)}</p>}
              {state === 'failed' && (
                <p className="small">{t(blocks ? 'setup.check.blocks' : 'setup.check.goes_on')}</p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Whether there is a check that has to be passed and is not. */
export const isBlocked = (checks: readonly Check[]): boolean =>
  checks.some(({ state, blocks }) => state === 'failed' && blocks);
