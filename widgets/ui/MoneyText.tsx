import type { MoneyFigure, MoneyView } from '../../server/contract/figures.ts';
import type { FigureName } from './figure-names.ts';
import { Icon } from './Icon.tsx';
import { useWords } from './words.tsx';

/** Longer exact amounts of the four figures give way to `12.4k` below 420 px; shorter ones fit as they are. */
const FITS_NARROW = 12;

/** An exact amount. Where it is abbreviated, the exact text stays for assistive technology. */
function Amount({ money, about }: { money: MoneyView; about?: boolean | undefined }) {
  const { formats } = useWords();
  const sign = about ? '≈ ' : '';
  const full = sign + formats.money(money);
  if (full.length <= FITS_NARROW) return <span className="amount">{full}</span>;
  return (
    <span className="amount" title={full}>
      <span className="amount-full-long">{full}</span>
      <span className="amount-short" aria-hidden="true">
        {sign + formats.moneyShort(money)}
      </span>
    </span>
  );
}

/** A money figure at whatever level it came. Unknown is a dash with its reason, never 0 and never blank. */
export function MoneyText({ figure, name }: { figure: MoneyFigure | undefined; name: FigureName }) {
  const { t, formats } = useWords();
  if (!figure) return <Restricted />;
  switch (figure.level) {
    case 'exact':
      return <Amount money={figure.money} about={figure.caveats?.includes('converted_at_booked_rates')} />;
    case 'band':
      return (
        <span className="band">
          {figure.caveats?.includes('converted_at_booked_rates') ? '≈ ' : ''}
          {formats.band(figure.band)}
        </span>
      );
    case 'status':
      return name === 'overdue' || name === 'balance'
        ? t(`status.${name}.${figure.status}`)
        : t(`status.${figure.status}`);
    case 'unknown':
      return <Unknown reason={t(`unknown.${figure.reason}`)} />;
  }
}

export function Unknown({ reason }: { reason: string }) {
  return (
    <span title={reason}>
      <span aria-hidden="true">—</span>
      <span className="unseen">{reason}</span>
    </span>
  );
}

/** Hidden by visibility policy: said in words, so that nobody reads it as nothing. */
export function Restricted() {
  const { t } = useWords();
  return (
    <span className="restricted">
      <Icon name="lock" />
      {t('restricted')}
    </span>
  );
}
