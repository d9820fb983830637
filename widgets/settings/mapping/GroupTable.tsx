import { useState } from 'react';
import type { MappingReport, MappingRow } from '../../../server/contract/mapping.ts';
import { useWords } from '../../ui/words.tsx';
import { CustomersCell } from './CustomersCell.tsx';
import { bulkChanges, type Change, clearOnes, isAllRead, rowKey } from './decisions.ts';
import { SuggestionCell } from './SuggestionCell.tsx';

interface Shown {
  readonly report: MappingReport;
  readonly search: string;
  /** What is shown is still the page before. */
  readonly isStale: boolean;
  readonly isDeciding: boolean;
  readonly onDecide: (changes: readonly Change[]) => void;
  readonly onPage: (page: number) => void;
  readonly onContinue: (() => void) | undefined;
}

/** One page of a group, with one button for all that are ticked. */
export function GroupTable(view: Shown) {
  const { report, isStale, isDeciding, onDecide, onPage } = view;
  const { t, formats } = useWords();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const { group, rows, page, pages } = report;
  const possible = bulkChanges(group, rows, chosen);
  const selected = rows.map(rowKey).filter((key) => ticked.has(key) && possible.has(key));
  const clear = clearOnes(rows, possible, chosen);
  const isAll = clear.length > 0 && clear.every((key) => selected.includes(key));
  const tick = (key: string, on: boolean): void => {
    const next = new Set(ticked);
    if (on) next.add(key);
    else next.delete(key);
    setTicked(next);
  };
  const isIdle = isDeciding || selected.length === 0;

  if (rows.length === 0)
    return (
      <p role="status" className="mapping-empty">
        {t(view.search.trim() === '' ? emptyText(report) : 'mapping.empty.search')}
      </p>
    );
  return (
    <div className={isStale ? 'mapping-page mapping-page-stale' : 'mapping-page'} aria-busy={isStale}>
      {possible.size > 0 && (
        <div className="mapping-bulk">
          <label className="mapping-all">
            <input
              type="checkbox"
              checked={isAll}
              ref={(box) => {
                if (box) box.indeterminate = selected.length > 0 && !isAll;
              }}
              onChange={({ target }) => setTicked(new Set(target.checked ? [...selected, ...clear] : []))}
            />
            {t(group === 'suggested' ? 'mapping.all_clear' : 'mapping.all', { n: clear.length })}
          </label>
          <button
            type="button"
            className={group === 'suggested' && !view.onContinue ? 'button' : 'button-quiet'}
            aria-disabled={isIdle}
            onClick={
              isIdle
                ? undefined
                : () => {
                    setTicked(new Set());
                    onDecide(selected.flatMap((key) => possible.get(key) ?? []));
                  }
            }
          >
            {t(
              isDeciding
                ? 'save.running'
                : group === 'suggested'
                  ? 'mapping.confirm_selected'
                  : 'mapping.end_selected',
              { n: selected.length },
            )}
          </button>
        </div>
      )}
      <table className="mapping-table">
        <caption className="unseen">{t(`mapping.group.${group}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('mapping.record')}</th>
            <th scope="col">{t(group === 'suggested' ? 'mapping.suggestion' : 'mapping.customer')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              <th scope="row">
                <RecordName
                  row={row}
                  tick={
                    possible.has(rowKey(row))
                      ? { on: ticked.has(rowKey(row)), set: (on) => tick(rowKey(row), on) }
                      : null
                  }
                />
              </th>
              <td>
                {row.suggestions.length > 0 && row.faults.length === 0 ? (
                  <SuggestionCell
                    row={row}
                    chosen={chosen}
                    isDeciding={isDeciding}
                    onChoose={(id) => setChosen(new Map(chosen).set(rowKey(row), id))}
                    onDecide={onDecide}
                  />
                ) : null}
                <CustomersCell
                  row={row}
                  isWaiting={group === 'waiting'}
                  isDeciding={isDeciding}
                  onDecide={onDecide}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div className="mapping-pages">
          <Page to={page - 1} last={pages} onPage={onPage} word={t('mapping.page.before')} />
          <span>{t('mapping.page', { page: formats.number(page), pages: formats.number(pages) })}</span>
          <Page to={page + 1} last={pages} onPage={onPage} word={t('mapping.page.after')} />
        </div>
      )}
    </div>
  );
}

/** An empty group says that nothing is left only where everything was read. */
const emptyText = ({ group, standing }: MappingReport) =>
  isAllRead(standing) || group === 'waiting' ? (`mapping.empty.${group}` as const) : 'mapping.empty.reading';

function RecordName({
  row: { record },
  tick,
}: {
  row: MappingRow;
  tick: { readonly on: boolean; readonly set: (on: boolean) => void } | null;
}) {
  const { t } = useWords();
  const name = (
    <span>
      <bdi className="mapping-name">{record.name ?? record.id}</bdi>
      <span className="mapping-kind">
        {t(record.name === undefined ? `mapping.gone.${record.module}` : `mapping.kind.${record.module}`)}
      </span>
    </span>
  );
  if (!tick) return <span className="mapping-record">{name}</span>;
  return (
    <label className="mapping-record">
      <input type="checkbox" checked={tick.on} onChange={({ target }) => tick.set(target.checked)} />
      {name}
    </label>
  );
}

function Page({
  to,
  last,
  onPage,
  word,
}: {
  to: number;
  last: number;
  onPage: (page: number) => void;
  word: string;
}) {
  const isThere = to >= 1 && to <= last;
  return (
    <button
      type="button"
      className="button-quiet"
      aria-disabled={!isThere}
      onClick={isThere ? () => onPage(to) : undefined}
    >
      {word}
    </button>
  );
}
