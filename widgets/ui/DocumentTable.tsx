import type { ReactNode } from 'react';
import type { DocumentRow, MoneyFigure } from '../../server/contract/figures.ts';
import type { Translate } from './catalogue.ts';
import { DocumentName } from './DocumentName.tsx';
import { DocumentStatus } from './DocumentStatus.tsx';
import type { FigureName } from './figure-names.ts';
import { Icon } from './Icon.tsx';
import { isSome } from './is-some.ts';
import { MoneyText } from './MoneyText.tsx';
import { useWords } from './words.tsx';

interface Shown {
  readonly rows: readonly DocumentRow[];
  readonly today: string;
  /** Documents of this deal are marked. */
  readonly dealId?: string | undefined;
  /** Documents of any other deal are marked too, by its name where that is known. */
  readonly marksDeals?: boolean;
  readonly dealNames?: ReadonlyMap<string, string>;
  /** What can be done with a row, beside its number. */
  readonly actionOf?: ((row: DocumentRow) => ReactNode) | undefined;
  readonly caption: string;
}

/** One table at every width; below 720 px style sheets set each row in two lines. */
export function DocumentTable({ rows, today, actionOf, caption, ...deals }: Shown) {
  const { t } = useWords();
  const totals = rows.some(({ total }) => total);
  return (
    <table className="document-list">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.number')}</th>
          <th scope="col">{t('column.date')}</th>
          <th scope="col">{t('column.due')}</th>
          <th scope="col">{t('column.status')}</th>
          {totals && (
            <th scope="col" className="cell-total">
              {t('column.total')}
            </th>
          )}
          <th scope="col" className="cell-balance">
            {t('column.balance')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={`${row.type}:${row.id}`}
            row={row}
            today={today}
            totals={totals}
            deal={dealMark(row, deals, t)}
            action={actionOf?.(row)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Which deal a row is on, as far as this table tells. */
function dealMark(
  row: DocumentRow,
  { dealId, marksDeals, dealNames }: Pick<Shown, 'dealId' | 'marksDeals' | 'dealNames'>,
  t: Translate,
): string | null {
  if (row.dealId === undefined) return null;
  if (row.dealId === dealId) return t('document.this_deal');
  return marksDeals ? (dealNames?.get(row.dealId) ?? t('document.on_deal')) : null;
}

function Row({
  row,
  today,
  totals,
  deal,
  action,
}: {
  row: DocumentRow;
  today: string;
  /** Whether any row has a total: else there is no such column. */
  totals: boolean;
  deal: string | null;
  action: ReactNode;
}) {
  const { t, formats } = useWords();
  return (
    <tr>
      <th scope="row" className="cell-number">
        <DocumentName row={row} more={deal} action={action} />
      </th>
      <td className="cell-date">
        <time dateTime={row.date}>{formats.day(row.date, today)}</time>
      </td>
      <td className="cell-due">
        {row.dueDate && (
          <>
            <span className="only-in-rows">{t('column.due')} </span>
            <time dateTime={row.dueDate}>{formats.day(row.dueDate, today)}</time>
          </>
        )}
      </td>
      <td className="cell-status">
        <DocumentStatus row={row} />
      </td>
      {totals && (
        <td className="cell-total">
          <Money figure={row.total} name="open" before={t('document.of')} />
        </td>
      )}
      <td className="cell-balance">{hasBalance(row) && <Money figure={row.balance} name="balance" />}</td>
    </tr>
  );
}

/**
 * Only invoices are owed; credit notes and payments have a balance while part of them is unused. Without one the cell
 * stays empty, which hides nothing: a hidden balance of an invoice shows its lock.
 */
const hasBalance = ({ type, balance }: DocumentRow): boolean => type === 'invoice' || isSome(balance);

function Money({
  figure,
  name,
  before,
}: {
  figure: MoneyFigure | undefined;
  name: FigureName;
  before?: string;
}) {
  const { t } = useWords();
  if (figure) {
    return (
      <>
        {before && <span className="only-in-rows">{before} </span>}
        <MoneyText figure={figure} name={name} />
      </>
    );
  }
  return (
    <span className="restricted" title={t('restricted')}>
      <Icon name="lock" />
      <span className="unseen">{t('restricted')}</span>
    </span>
  );
}
