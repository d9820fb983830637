import type { ReactNode } from 'react';
import type { DocumentRow, MoneyFigure } from '../../server/contract/figures.ts';
import type { Translate } from './catalogue.ts';
import { DocumentStatus } from './DocumentStatus.tsx';
import type { FigureName } from './figure-names.ts';
import { Icon } from './Icon.tsx';
import { isSome } from './is-some.ts';
import { MoneyText } from './MoneyText.tsx';
import { useWords } from './words.tsx';

/** One table at every width; below 720 px style sheets set each row in two lines. */
export function DocumentTable({
  rows,
  today,
  dealId,
  dealNameOf,
  actionOf,
  caption,
}: {
  rows: readonly DocumentRow[];
  today: string;
  /** Documents of this deal are marked. */
  dealId?: string | undefined;
  /** Given where rows say which deal they are on; `null` when its name is not known. */
  dealNameOf?: ((dealId: string) => string | null) | undefined;
  /** What can be done with a row, beside its number. */
  actionOf?: ((row: DocumentRow) => ReactNode) | undefined;
  caption: string;
}) {
  const { t } = useWords();
  return (
    <table className="document-list">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.number')}</th>
          <th scope="col">{t('column.date')}</th>
          <th scope="col">{t('column.due')}</th>
          <th scope="col">{t('column.status')}</th>
          <th scope="col" className="cell-total">
            {t('column.total')}
          </th>
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
            deal={dealMark(row, { dealId, dealNameOf, t })}
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
  {
    dealId,
    dealNameOf,
    t,
  }: {
    dealId: string | undefined;
    dealNameOf: ((dealId: string) => string | null) | undefined;
    t: Translate;
  },
): string | null {
  if (row.dealId === undefined) return null;
  if (row.dealId === dealId) return t('document.this_deal');
  return dealNameOf ? (dealNameOf(row.dealId) ?? t('document.on_deal')) : null;
}

function Row({
  row,
  today,
  deal,
  action,
}: {
  row: DocumentRow;
  today: string;
  deal: string | null;
  action: ReactNode;
}) {
  const { t, formats } = useWords();
  return (
    <tr>
      <th scope="row" className="cell-number">
        <span className="document-number">
          {row.href ? (
            <a href={row.href} target="_blank" rel="noreferrer">
              {row.number}
              <span className="unseen"> {t('opens_in_books')}</span>
            </a>
          ) : (
            row.number
          )}
          {action}
        </span>
        <span className="document-type">
          {t(`document.type.${row.type}`)}
          {deal !== null && (
            <>
              {' · '}
              <bdi>{deal}</bdi>
            </>
          )}
        </span>
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
      <td className="cell-total">
        <Money figure={row.total} name="open" before={t('document.of')} />
      </td>
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
