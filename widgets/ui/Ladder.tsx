import type { DealLadder } from '../../server/contract/customer-360.ts';
import type { MoneyFigure } from '../../server/contract/figures.ts';
import { ExplainFigure } from './explanations.tsx';
import type { ExplainedFigure } from './figure-names.ts';
import { Icon } from './Icon.tsx';
import { MoneyText } from './MoneyText.tsx';
import { useWords } from './words.tsx';

/** Deal amount → Quoted → Invoiced → Collected → Left to invoice, on one tax basis. */
export function Ladder({ ladder }: { ladder: DealLadder }) {
  const { t } = useWords();
  const steps: readonly [ExplainedFigure, MoneyFigure | undefined][] = [
    ['deal_amount', ladder.dealAmount],
    ['quoted', ladder.quoted],
    ['invoiced', ladder.invoiced],
    ['deal_collected', ladder.collected],
    ['left_to_invoice', ladder.leftToInvoice],
  ];
  return (
    <section className="ladder">
      <h2 className="section-heading">
        {t('ladder')}
        <span className="section-aside">
          {ladder.stage} · {t(`basis.${ladder.basis}`)}
        </span>
      </h2>
      <ol className="ladder-steps">
        {steps.map(([name, figure]) => (
          <Step
            key={name}
            name={name}
            figure={figure}
            over={name === 'left_to_invoice' && ladder.overInvoiced === true}
          />
        ))}
      </ol>
    </section>
  );
}

function Step({
  name,
  figure,
  over,
}: {
  name: ExplainedFigure;
  figure: MoneyFigure | undefined;
  over: boolean;
}) {
  const { t } = useWords();
  const last = name === 'left_to_invoice' ? ' ladder-last' : '';
  return (
    <li className={`ladder-step${last}${over ? ' ladder-over' : ''}`}>
      <span className="ladder-name">
        {t(`figure.${name}`)}
        <ExplainFigure name={name} figure={figure ?? 'hidden'} />
      </span>
      <span className="ladder-value">
        <MoneyText figure={figure} name={name} />
      </span>
      {over && (
        <span className="ladder-note">
          <Icon name="warning" /> {t('ladder.over_invoiced')}
        </span>
      )}
      {figure?.level === 'unknown' && <span className="ladder-note">{t(`unknown.${figure.reason}`)}</span>}
    </li>
  );
}
