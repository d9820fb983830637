import type { Grade, GradeDays, Verdict, VerdictReason } from '../../server/contract/figures.ts';
import type { Translate } from './catalogue.ts';
import { Explain } from './Explain.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { Restricted } from './MoneyText.tsx';
import { useWords } from './words.tsx';

const LOOK: Readonly<Record<Grade, { tone: string; icon: IconName }>> = {
  on_hold: { tone: 'tone-bad', icon: 'pause' },
  needs_finance_approval: { tone: 'tone-bad', icon: 'warning' },
  pays_late: { tone: 'tone-warn', icon: 'clock' },
  good_payer: { tone: 'tone-good', icon: 'check' },
  new: { tone: '', icon: 'new' },
};

/** How this customer pays: the grade and its top two reasons, without a single amount. */
export function VerdictLine({
  verdict,
  limits,
  today,
}: {
  verdict: Verdict | undefined;
  /** Absent with the grade. */
  limits?: GradeDays | undefined;
  today: string;
}) {
  const { t, formats } = useWords();
  if (!verdict) {
    return (
      <p className="verdict">
        {t('figure.verdict')}: <Restricted />
      </p>
    );
  }
  const { tone, icon } = LOOK[verdict.grade];
  return (
    <div className="verdict">
      <strong className={`chip ${tone}`}>
        <Icon name={icon} />
        {t(`grade.${verdict.grade}`)}
      </strong>
      <Explain of={t('figure.verdict')}>
        <p>{t('figure.verdict.formula')}</p>
        <p>{t(`grade.${verdict.grade}.meaning`)}</p>
        {limits && <p>{limitsText(limits, t)}</p>}
        <p>{t('verdict.computed', { day: formats.day(verdict.computedOn, today) })}</p>
      </Explain>
      <span className="verdict-reason">
        {verdict.reasons
          .slice(0, 2)
          .map((reason) => reasonText(reason, t))
          .join(' · ')}
      </span>
    </div>
  );
}

function limitsText(limits: GradeDays, t: Translate): string {
  const days = (n: number): string => t('count.days', { n });
  return t('verdict.limits', {
    late: days(limits.lateDays),
    some: days(limits.overdueSomeDays),
    approval: days(limits.approvalDaysLate),
    long: days(limits.overdueLongDays),
  });
}

/** A reason in one plain phrase; without its numbers where they are hidden for this person. */
function reasonText(reason: VerdictReason, t: Translate): string {
  switch (reason.code) {
    case 'overdue_long':
    case 'overdue_some':
      if (reason.count === undefined || reason.oldestDays === undefined) return t(`reason.${reason.code}`);
      return t('reason.overdue', {
        invoices: t('count.invoices', { n: reason.count }),
        days: t('count.days', { n: reason.oldestDays }),
      });
    case 'pays_late_on_average':
      if (reason.days === undefined) return t('reason.pays_late');
      return t('reason.pays_late_on_average', { days: t('count.days', { n: Math.round(reason.days) }) });
    case 'pays_on_time':
      return reason.days !== undefined && reason.days < 0
        ? t('reason.pays_early', { days: t('count.days', { n: Math.round(-reason.days) }) })
        : t('reason.pays_on_time');
    case 'little_history':
      if (reason.paidInvoices === undefined) return t('reason.little_paid');
      return t('reason.little_history', { invoices: t('count.invoices', { n: reason.paidInvoices }) });
    case 'over_credit_limit':
    case 'written_off_recently':
    case 'nothing_overdue':
      return t(`reason.${reason.code}`);
  }
}
