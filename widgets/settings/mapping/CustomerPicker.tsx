import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { FoundCustomers, MappingRow } from '../../../server/contract/mapping.ts';
import { customersQuery } from '../../api/mapping-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { useWords } from '../../ui/words.tsx';
import { type Change, confirmed, isolated } from './decisions.ts';

/** How long typing rests before it is searched for. */
const TYPING_MS = 300;

interface Picking {
  readonly row: MappingRow;
  readonly isDeciding: boolean;
  readonly onDecide: (changes: readonly Change[]) => void;
}

/** A customer for one record by hand, where nothing that is suggested is the right one. */
export function CustomerPicker(picking: Picking) {
  const { t } = useWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const opened = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) opened.current?.querySelector('input')?.focus();
  }, [isOpen]);
  const { name, id: recordId } = picking.row.record;
  return (
    <div className="mapping-pick">
      <button
        type="button"
        className="button-plain"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={t('mapping.pick.for', { record: name ?? recordId })}
        onClick={() => setOpen(!isOpen)}
      >
        {t('mapping.pick')}
      </button>
      {isOpen && (
        <div id={id} ref={opened}>
          <Search {...picking} />
        </div>
      )}
    </div>
  );
}

function Search(picking: Picking) {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim(), TYPING_MS);
  const { data, error, isFetching } = useQuery({ ...customersQuery(search), enabled: search !== '' });
  return (
    <CustomerChoice
      {...picking}
      typed={typed}
      onType={setTyped}
      found={search === '' ? null : (data ?? null)}
      isSearching={isFetching}
      problem={error ? asProblem(error).code : null}
    />
  );
}

/** What was typed and the customers it finds, each with whose it is. */
export function CustomerChoice({
  row,
  isDeciding,
  onDecide,
  typed,
  onType,
  found,
  isSearching,
  problem,
}: Picking & {
  typed: string;
  onType: (text: string) => void;
  found: FoundCustomers | null;
  isSearching: boolean;
  problem: ReturnType<typeof asProblem>['code'] | null;
}) {
  const { t } = useWords();
  const record = row.record.name ?? row.record.id;
  const said = () => {
    if (problem !== null) return `${t(`problem.${problem}`)}. ${t(`problem.${problem}.next`)}`;
    if (found === null) return isSearching ? t('mapping.pick.searching') : '';
    if (found.customers.length === 0) return t('mapping.pick.none');
    return found.more ? t('mapping.pick.more') : '';
  };
  return (
    <>
      <SearchField label={t('mapping.pick.search')} value={typed} place={null} onType={onType} />
      {found !== null && found.customers.length > 0 && (
        <ul className="mapping-found">
          {found.customers.map((customer) => {
            const { id, name = id, inactive, record: owner } = customer;
            return (
              <li key={id} className="mapping-link">
                <span className="mapping-said">
                  <bdi className="mapping-name">{name}</bdi>
                  {owner && (
                    <span className="mapping-kind">
                      {t('mapping.pick.belongs', { record: isolated(owner.name ?? owner.id) })}
                    </span>
                  )}
                  {inactive && <span className="mapping-kind">{t('mapping.pick.inactive')}</span>}
                </span>
                <button
                  type="button"
                  className="button-quiet"
                  aria-label={t('mapping.pick.take_one', { customer: name, record })}
                  aria-disabled={isDeciding}
                  onClick={isDeciding ? undefined : () => onDecide([confirmed(row, customer)])}
                >
                  {t('mapping.pick.take')}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <p role="status" className="small">
        {said()}
      </p>
    </>
  );
}
