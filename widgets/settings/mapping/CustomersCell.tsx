import type { MappedCustomer, MappingRow } from '../../../server/contract/mapping.ts';
import { useWords } from '../../ui/words.tsx';
import { CustomerPicker } from './CustomerPicker.tsx';
import { type Change, confirmed, ended, isolated } from './decisions.ts';

/** The customers a record has, who says so, what is wrong with it, and how it ends. */
export function CustomersCell({
  row,
  isWaiting,
  isDeciding,
  onDecide,
}: {
  row: MappingRow;
  /** A customer that is not read yet may be its own. */
  isWaiting: boolean;
  isDeciding: boolean;
  onDecide: (changes: readonly Change[]) => void;
}) {
  const { t } = useWords();
  const { record, customers, faults, other, suggestions } = row;
  const hasNone = faults.length === 0 && customers.every(({ source }) => source === 'separated');
  return (
    <>
      {customers.length === 0 && suggestions.length === 0 && (
        <span className="mapping-kind">{t(isWaiting ? 'mapping.nothing.yet' : 'mapping.nothing')}</span>
      )}
      {customers.map((customer) => (
        <div key={`${customer.id} ${customer.source}`} className="mapping-link">
          <div className="mapping-said">
            <bdi className="mapping-name">{customer.name ?? customer.id}</bdi>
            <Said by={customer} />
          </div>
          <div className="mapping-actions">
            {faults.includes('two_records') && (
              <Action
                word={t('mapping.keep')}
                label={t('mapping.keep_one', {
                  record: record.name ?? record.id,
                  customer: customer.name ?? customer.id,
                })}
                isDeciding={isDeciding}
                onPress={() => onDecide([confirmed(row, customer)])}
              />
            )}
            <Action
              word={t(`mapping.end.${customer.source}`)}
              label={t(`mapping.end.${customer.source}.of`, { customer: customer.name ?? customer.id })}
              isDeciding={isDeciding}
              onPress={() => onDecide([ended(customer)])}
            />
          </div>
        </div>
      ))}
      {faults.map((fault) => (
        <p key={fault} className="mapping-fault">
          {t(`mapping.fault.${fault}`, { other: isolated(other?.name ?? other?.id ?? '') })}
        </p>
      ))}
      {hasNone && <CustomerPicker row={row} isDeciding={isDeciding} onDecide={onDecide} />}
    </>
  );
}

function Said({ by: { source, by, at } }: { by: MappedCustomer }) {
  const { t, formats } = useWords();
  const when = at === undefined ? '' : formats.clock(new Date(at), new Date());
  return (
    <span className="mapping-kind">
      {t(by === undefined ? `mapping.source.${source}` : `mapping.source.${source}.by`, {
        who: isolated(by ?? ''),
        when: isolated(when),
      })}
    </span>
  );
}

function Action({
  word,
  label,
  isDeciding,
  onPress,
}: {
  word: string;
  label: string;
  isDeciding: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="button-quiet"
      aria-label={label}
      aria-disabled={isDeciding}
      onClick={isDeciding ? undefined : onPress}
    >
      {word}
    </button>
  );
}
