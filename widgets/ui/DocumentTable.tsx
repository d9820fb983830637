import type { DocumentRow, MoneyFigure } from '../../server/contract/figures.ts';
import { type Translate, textOr } from './catalogue.ts';
import type { FigureName } from './figure-names.ts';
import { Icon, type IconName } from './Icon.tsx';
import { isSome } from './is-some.ts';
import { MoneyText } from './MoneyText.tsx';
import { useWords } from './words.tsx';

/** One table at every width; below 720 px style sheets set each row in two lines. */
export function DocumentTable({
  rows,
  today,
  dealId,
  caption,
}: {
  rows: readonly DocumentRow[];
  today: string;
  /** Documents of this deal are marked. */
  dealId?: string | undefined;
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
            ofThisDeal={dealId !== undefined && row.dealId === dealId}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, today, ofThisDeal }: { row: DocumentRow; today: string; ofThisDeal: boolean }) {
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
        </span>
        <span className="document-type">
          {t(`document.type.${row.type}`)}
          {ofThisDeal ? ` · ${t('document.this_deal')}` : ''}
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
        <Status row={row} />
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

const LOOK: Readonly<Record<string, { tone: string; icon?: IconName }>> = {
  overdue: { tone: 'tone-bad', icon: 'warning' },
  due_today: { tone: 'tone-warn', icon: 'clock' },
  paid: { tone: 'tone-good' },
  accepted: { tone: 'tone-good' },
  closed: { tone: 'tone-good' },
};

function Status({ row }: { row: DocumentRow }) {
  const { t } = useWords();
  const { tone, icon } = LOOK[row.status] ?? { tone: '' };
  return (
    <span className={`chip chip-small ${tone}`}>
      {icon && <Icon name={icon} />}
      {statusText(row, t)}
    </span>
  );
}

/** Words this version does not know are shown as Books wrote them, and marked. */
function statusText(
  { status, daysOverdue }: Pick<DocumentRow, 'status' | 'daysOverdue'>,
  t: Translate,
): string {
  if (status === 'overdue' && daysOverdue) return t('document.days_late', { n: daysOverdue });
  const unknown = status.replace(/^unknown:/, '').replaceAll('_', ' ');
  return textOr(t, `document.status.${status}`, t('document.status.other', { status: unknown }));
}
