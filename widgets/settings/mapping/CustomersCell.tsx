import type { MappedCustomer, MappingRow } from '../../../server/contract/mapping.ts';
import { useWords } from '../../ui/words.tsx';
import { type Change, confirmed, ended } from './decisions.ts';

/** The customers a record has, who says so, what is wrong with it, and how it ends. */
export function CustomersCell({
  row,
  isDeciding,
  onDecide,
}: {
  row: MappingRow;
  isDeciding: boolean;
  onDecide: (changes: readonly Change[]) => void;
}) {
  const { t } = useWords();
  const { record, customers, faults, other, suggestions } = row;
  if (customers.length === 0 && suggestions.length === 0)
    return <span className="mapping-kind">{t('mapping.nothing')}</span>;
  return (
    <>
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
    </>
  );
}

/** A name keeps its own direction within a sentence of the other one. */
const isolated = (text: string): string => (text === '' ? '' : `\u2068${text}\u2069`);

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
