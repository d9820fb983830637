import type { MappingRow } from '../../../server/contract/mapping.ts';
import { useWords } from '../../ui/words.tsx';
import { type Change, confirmed, suggestionOf } from './decisions.ts';

const TONES = { strong: 'tone-good', likely: 'tone-calm', weak: 'tone-warn' } as const;

/** The likeliest customer with all that speaks for it; of several, the one that is chosen. */
export function SuggestionCell({
  row,
  chosen,
  isDeciding,
  onChoose,
  onDecide,
}: {
  row: MappingRow;
  chosen: ReadonlyMap<string, string>;
  isDeciding: boolean;
  onChoose: (customerId: string) => void;
  onDecide: (changes: readonly Change[]) => void;
}) {
  const { t } = useWords();
  const suggestion = suggestionOf(row, chosen);
  if (!suggestion) return null;
  const { customer, reasons, strength, ambiguous } = suggestion;
  const record = row.record.name ?? row.record.id;
  return (
    <div className="mapping-link">
      <div className="mapping-said">
        {row.suggestions.length > 1 ? (
          <select
            aria-label={t('mapping.choose', { record })}
            value={customer.id}
            onChange={({ target }) => onChoose(target.value)}
          >
            {row.suggestions.map((one) => (
              <option key={one.customer.id} value={one.customer.id}>
                {one.customer.name ?? one.customer.id}
              </option>
            ))}
          </select>
        ) : (
          <bdi className="mapping-name">{customer.name ?? customer.id}</bdi>
        )}{' '}
        <span className={`chip chip-small ${TONES[strength]}`}>{t(`mapping.strength.${strength}`)}</span>
        <span className="mapping-kind">
          {reasons.map((reason) => t(`mapping.reason.${reason}`)).join(' · ')}
        </span>
        {ambiguous && <span className="mapping-kind mapping-doubt">{t('mapping.ambiguous')}</span>}
      </div>
      <button
        type="button"
        className="button-quiet"
        aria-label={t('mapping.confirm_one', { record, customer: customer.name ?? customer.id })}
        aria-disabled={isDeciding}
        onClick={isDeciding ? undefined : () => onDecide([confirmed(row, customer)])}
      >
        {t('mapping.confirm')}
      </button>
    </div>
  );
}
