import { DocumentName } from '../ui/DocumentName.tsx';
import { DocumentStatus } from '../ui/DocumentStatus.tsx';
import { Icon } from '../ui/Icon.tsx';
import { MoneyText } from '../ui/MoneyText.tsx';
import { useWords } from '../ui/words.tsx';
import type { Suggestion } from './link-view.ts';
import { Obstacles } from './Obstacles.tsx';

/** One document to pick: what it is, why it is suggested, what stands in the way. */
export function SuggestionOption({ suggestion, today }: { suggestion: Suggestion; today: string }) {
  const { t, formats, language } = useWords();
  const { document, customer, reference, booked, reasons, obstacles } = suggestion;
  return (
    <>
      <span className="option-box" aria-hidden="true">
        <Icon name="tick" />
      </span>
      <span className="option-text">
        <span className="option-first">
          <DocumentName row={{ number: document.number, type: document.type }} />
          <DocumentStatus row={document} />
          {document.total && (
            <span className="option-amount">
              <MoneyText figure={document.total} name="open" />
            </span>
          )}
        </span>
        <span className="option-line">
          <time dateTime={document.date}>{formats.day(document.date, today)}</time> ·{' '}
          <bdi>{customer.name}</bdi>
          {reference && (
            <>
              {' '}
              · <bdi>{reference}</bdi>
            </>
          )}
        </span>
        {booked && (
          <span className="option-line">
            {t('link.booked', {
              amount: formats.money(booked.base),
              one: document.total?.level === 'exact' ? document.total.money.currency : '',
              rate: rateText(booked.rate, language.locale),
              base: booked.base.currency,
            })}
          </span>
        )}
        {reasons.length > 0 && (
          <span className="option-why">
            {reasons.map((reason) => t(`link.reason.${reason}`)).join(' · ')}
          </span>
        )}
        <Obstacles obstacles={obstacles} />
      </span>
    </>
  );
}

/** The server tells six decimals at most. */
const rateText = (rate: string, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(Number(rate));
