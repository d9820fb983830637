import type { DealLadder } from '../../server/contract/customer-360.ts';
import type { MoneyFigure } from '../../server/contract/figures.ts';
import type { MessageKey } from './catalogue.ts';
import { ExplainFigure } from './explanations.tsx';
import type { ExplainedFigure } from './figure-names.ts';
import { Icon } from './Icon.tsx';
import { MoneyText } from './MoneyText.tsx';
import { useWords } from './words.tsx';

const FIGURES = {
  deal_amount: 'dealAmount',
  quoted: 'quoted',
  invoiced: 'invoiced',
  deal_collected: 'collected',
  left_to_invoice: 'leftToInvoice',
} as const satisfies Partial<Record<ExplainedFigure, keyof DealLadder>>;
const STEPS = Object.entries(FIGURES) as [keyof typeof FIGURES, (typeof FIGURES)[keyof typeof FIGURES]][]; // safe because it is a constant

/**
 * Deal amount → Quoted → Invoiced → Collected → Left to invoice, on one tax basis.
 * @param before what the steps were; those that differ say so
 */
export function Ladder({
  ladder,
  before,
  heading,
}: {
  ladder: DealLadder;
  before?: DealLadder;
  heading?: string;
}) {
  const { t } = useWords();
  return (
    <section className="ladder">
      <h2 className="section-heading">
        {heading ?? t('ladder')}
        <span className="section-aside">
          {ladder.stage} · {t(`basis.${ladder.basis}`)}
        </span>
      </h2>
      <ol className="ladder-steps">
        {STEPS.map(([name, member]) => (
          <Step
            key={name}
            name={name}
            figure={ladder[member]}
            more={
              name === 'deal_amount'
                ? `figure.deal_amount.${ladder.amountWithTax ? 'with_tax' : 'without_tax'}`
                : undefined
            }
            before={before && !isSame(before[member], ladder[member]) ? before[member] : undefined}
            over={name === 'left_to_invoice' && ladder.overInvoiced === true}
          />
        ))}
      </ol>
    </section>
  );
}

/** Both come from one answer, so the same figure is written the same way. */
const isSame = (one: MoneyFigure | undefined, other: MoneyFigure | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function Step({
  name,
  figure,
  more,
  before,
  over,
}: {
  name: ExplainedFigure;
  more: MessageKey | undefined;
  figure: MoneyFigure | undefined;
  before: MoneyFigure | undefined;
  over: boolean;
}) {
  const { t } = useWords();
  const last = name === 'left_to_invoice' ? ' ladder-last' : '';
  return (
    <li className={`ladder-step${last}${over ? ' ladder-over' : ''}${before ? ' ladder-moved' : ''}`}>
      <span className="ladder-name">
        {t(`figure.${name}`)}
        <ExplainFigure name={name} figure={figure ?? 'hidden'} more={more} />
      </span>
      <span className="ladder-value">
        <MoneyText figure={figure} name={name} />
      </span>
      {before && (
        <span className="ladder-note">
          {t('ladder.before')} <MoneyText figure={before} name={name} />
        </span>
      )}
      {over && (
        <span className="ladder-note">
          <Icon name="warning" /> {t('ladder.over_invoiced')}
        </span>
      )}
      {figure?.level === 'unknown' && <span className="ladder-note">{t(`unknown.${figure.reason}`)}</span>}
    </li>
  );
}
