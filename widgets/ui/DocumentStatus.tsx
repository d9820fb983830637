import type { DocumentRow } from '../../server/contract/figures.ts';
import { type Translate, textOr } from './catalogue.ts';
import { Icon, type IconName } from './Icon.tsx';
import { useWords } from './words.tsx';

const LOOK: Readonly<Record<string, { tone: string; icon?: IconName }>> = {
  overdue: { tone: 'tone-bad', icon: 'warning' },
  due_today: { tone: 'tone-warn', icon: 'clock' },
  paid: { tone: 'tone-good' },
  accepted: { tone: 'tone-good' },
  closed: { tone: 'tone-good' },
};

/** Where a document stands, in one word. */
export function DocumentStatus({ row }: { row: Pick<DocumentRow, 'status' | 'daysOverdue'> }) {
  const { t } = useWords();
  const { tone, icon } = LOOK[row.status] ?? { tone: '' };
  return (
    <span className={`chip chip-small ${tone}`}>
      {icon && <Icon name={icon} />}
      {statusText(row, t)}
    </span>
  );
}

/** Words this version does not know are shown as Books wrote them, and marked. */
function statusText(
  { status, daysOverdue }: Pick<DocumentRow, 'status' | 'daysOverdue'>,
  t: Translate,
): string {
  if (status === 'overdue' && daysOverdue) return t('document.days_late', { n: daysOverdue });
  const unknown = status.replace(/^unknown:/, '').replaceAll('_', ' ');
  return textOr(t, `document.status.${status}`, t('document.status.other', { status: unknown }));
}
