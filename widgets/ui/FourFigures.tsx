import type { CustomerFigures } from '../../server/contract/customer-360.ts';
import type { LastPayment, LifetimeValue, MoneyFigure } from '../../server/contract/figures.ts';
import type { MessageKey, Translate } from './catalogue.ts';
import { Figure } from './Figure.tsx';
import { type Formats, RELATIVE_DAYS } from './formats.ts';
import { isSome } from './is-some.ts';
import { MoneyText, Restricted, Unknown } from './MoneyText.tsx';
import { useWords } from './words.tsx';

/** Characters up to which four figures stand in one row between 420 and 719 px. @see domain rule B3 */
const ROW_CHARACTERS = 11;

/** Overdue · Open · the lifetime value · Last payment. */
export function FourFigures({
  figures,
  lifetimeValue,
  today,
}: {
  figures: CustomerFigures;
  /** Which of the two the organisation means. */
  lifetimeValue: LifetimeValue;
  today: string;
}) {
  const { t, formats } = useWords();
  const { overdue, open, openCount } = figures;
  const lifetime = lifetimeValue === 'collected' ? figures.collected : figures.invoicedNet;
  const inARow = [overdue, open, lifetime].every((figure) => fitsARow(figure, formats));
  return (
    <dl className={inARow ? 'figures figures-in-a-row' : 'figures'} aria-label={t('figures')}>
      <Overdue figures={figures} />
      <Figure
        name="open"
        figure={open ?? 'hidden'}
        value={<MoneyText figure={open} name="open" />}
        note={reasonOf(open, t) ?? (openCount === undefined ? null : t('count.invoices', { n: openCount }))}
      />
      <Figure
        name={lifetimeValue}
        figure={lifetime ?? 'hidden'}
        value={<MoneyText figure={lifetime} name={lifetimeValue} />}
        note={reasonOf(lifetime, t) ?? (lifetime && t(lifetimeNote(lifetimeValue, lifetime)))}
      />
      <Paid last={figures.lastPayment} today={today} />
    </dl>
  );
}

function Overdue({ figures: { overdue, overdueCount, oldestOverdueDays } }: { figures: CustomerFigures }) {
  const { t } = useWords();
  const late = isSome(overdue);
  const none = overdue !== undefined && overdue.level !== 'unknown' && !late;
  const note =
    reasonOf(overdue, t) ??
    (none && overdue.level !== 'status' ? (
      t('status.overdue.none')
    ) : overdueCount ? (
      <>
        {t('count.invoices', { n: overdueCount })}
        {oldestOverdueDays ? (
          <span className="only-wide">
            {' '}
            · {t('oldest', { days: t('count.days', { n: oldestOverdueDays }) })}
          </span>
        ) : null}
      </>
    ) : null);
  return (
    <Figure
      name="overdue"
      figure={overdue ?? 'hidden'}
      tone={late ? 'bad' : none ? 'calm' : undefined}
      value={<MoneyText figure={overdue} name="overdue" />}
      note={note}
    />
  );
}

function Paid({ last, today }: { last: LastPayment | undefined; today: string }) {
  const { t, formats } = useWords();
  if (!last) return <Figure name="last_payment" figure="hidden" value={<Restricted />} />;
  switch (last.level) {
    case 'none':
      return <Figure name="last_payment" tone="calm" value={t('figure.last_payment.none')} />;
    case 'unknown':
      return (
        <Figure
          name="last_payment"
          figure={last}
          value={<Unknown reason={t(`unknown.${last.reason}`)} />}
          note={t(`unknown.${last.reason}`)}
        />
      );
    case 'known': {
      const recent = Math.abs(last.ageDays) <= RELATIVE_DAYS; // beyond, the date itself is the value
      return (
        <Figure
          name="last_payment"
          figure={last.amount}
          value={<time dateTime={last.date}>{formats.ago(last.date, last.ageDays)}</time>}
          note={
            <>
              {recent && formats.day(last.date, today)}
              {recent && last.amount && ' · '}
              {last.amount && <MoneyText figure={last.amount} name="last_payment" />}
            </>
          }
        />
      );
    }
  }
}

function lifetimeNote(lifetimeValue: LifetimeValue, figure: MoneyFigure): MessageKey {
  if (lifetimeValue === 'collected') return 'figure.collected.note';
  const taxed = 'caveats' in figure && figure.caveats?.includes('tax_included');
  return taxed ? 'basis.tax_included' : 'basis.net_of_tax';
}

const reasonOf = (figure: MoneyFigure | undefined, t: Translate): string | null =>
  figure?.level === 'unknown' ? t(`unknown.${figure.reason}`) : null;

function fitsARow(figure: MoneyFigure | undefined, formats: Formats): boolean {
  if (figure?.level === 'exact') return formats.money(figure.money).length <= ROW_CHARACTERS;
  if (figure?.level === 'band') return formats.band(figure.band).length <= ROW_CHARACTERS;
  return figure !== undefined;
}
