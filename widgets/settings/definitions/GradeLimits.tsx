import type { MoneyView } from '../../../server/contract/figures.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import { NumberField } from './NumberField.tsx';
import { type Faults, type Part, readTyped, type Typed } from './typed.ts';

const LATE = ['overdueSomeDays', 'lateDays'] as const;
const FINANCE = ['overdueLongDays', 'approvalDaysLate'] as const;

/** From when on somebody pays late, and from when on finance is asked. */
export function GradeLimits({
  typed,
  faults,
  baseCurrency,
  usualFloor,
  ignored,
  onChange,
}: {
  typed: Typed;
  faults: Faults;
  baseCurrency: string;
  usualFloor: string;
  /** Set in another base currency, and therefore not counting. */
  ignored: MoneyView | null;
  onChange: (change: Partial<Typed>) => void;
}) {
  const { t, formats } = useWords();
  const field = (part: (typeof LATE | typeof FINANCE)[number]) => (
    <NumberField
      key={part}
      label={t(`definitions.part.${part}`)}
      unit={t('definitions.unit.days')}
      value={typed[part]}
      fault={faults.get(part)}
      onChange={(text) => onChange({ [part]: text })}
    />
  );
  return (
    <section className="card">
      <h2>{t('definitions.grade')}</h2>
      <p className="small">{t('definitions.grade.why')}</p>
      <fieldset className="number-fields">
        <legend>{t('grade.pays_late')}</legend>
        {LATE.map(field)}
      </fieldset>
      <fieldset className="number-fields">
        <legend>{t('grade.needs_finance_approval')}</legend>
        {FINANCE.map(field)}
        <NumberField
          label={t('definitions.part.materialityPercent')}
          unit="%"
          inputMode="decimal"
          value={typed.materialityPercent}
          fault={faults.get('materialityPercent')}
          onChange={(materialityPercent) => onChange({ materialityPercent })}
        />
        <NumberField
          label={t('definitions.part.materialityFloor')}
          unit={baseCurrency}
          inputMode="decimal"
          placeholder={usualFloor}
          value={typed.materialityFloor}
          fault={faults.get('materialityFloor')}
          onChange={(materialityFloor) => onChange({ materialityFloor })}
        />
        {ignored && (
          <p className="small">
            <Icon name="warning" /> {t('definitions.floor.ignored', { amount: formats.money(ignored) })}
          </p>
        )}
      </fieldset>
      <Consequences typed={typed} baseCurrency={baseCurrency} usualFloor={usualFloor} faults={faults} />
    </section>
  );
}

const OF_GRADE: readonly Part[] = [...LATE, ...FINANCE, 'materialityPercent', 'materialityFloor'];

/** The rule in sentences, with the numbers that are typed; nothing while one of them is none. */
function Consequences({
  typed,
  faults,
  baseCurrency,
  usualFloor,
}: {
  typed: Typed;
  faults: Faults;
  baseCurrency: string;
  usualFloor: string;
}) {
  const { t, formats } = useWords();
  // buckets that are being typed are none of the grade's business
  const { document } = readTyped({ ...typed, ageingEdges: ['1'] }, baseCurrency);
  const isFaulty = OF_GRADE.some((part) => faults.has(part));
  if (isFaulty || !document) return <div className="definition-example" role="status" />;
  const { grade } = document;
  const days = (n: number): string => t('count.days', { n });
  return (
    <div className="definition-example" role="status">
      <p>
        <strong className="chip chip-small tone-warn">{t('grade.pays_late')}</strong>{' '}
        {t('definitions.late.example', { late: days(grade.lateDays), some: days(grade.overdueSomeDays) })}
      </p>
      <p>
        <strong className="chip chip-small tone-bad">{t('grade.needs_finance_approval')}</strong>{' '}
        {t('definitions.finance.example', {
          approval: days(grade.approvalDaysLate),
          long: days(grade.overdueLongDays),
          percent: formats.number(Number(grade.materialityPercent)),
          floor: formats.money(grade.materialityFloor ?? { currency: baseCurrency, amount: usualFloor }),
        })}
      </p>
      <p>
        <strong className="chip chip-small tone-good">{t('grade.good_payer')}</strong>{' '}
        {t('definitions.good.example')}
      </p>
    </div>
  );
}
