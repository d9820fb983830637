import { type KeyboardEvent, type Ref, useRef } from 'react';
import type { AccountDeals } from '../../server/contract/links.ts';
import type { Translate } from '../ui/catalogue.ts';
import { Listbox } from '../ui/Listbox.tsx';
import { MoneyText } from '../ui/MoneyText.tsx';
import { Standing } from '../ui/Notice.tsx';
import { ProblemStanding } from '../ui/ProblemStanding.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { useWords } from '../ui/words.tsx';
import { BonesOfOptions } from './BonesOfOptions.tsx';
import type { Found } from './link-view.ts';
import { useFocusAtFirst } from './use-focus-at-first.ts';

type AccountDeal = AccountDeals['deals'][number];

interface Shown {
  readonly accountName: string;
  readonly q: string;
  readonly found: Found<AccountDeal>;
  /** False beside others of its kind. */
  readonly takesFocus?: boolean;
  readonly onSearch: (q: string) => void;
  readonly onChoose: (deal: AccountDeal) => void;
  readonly onRetry: () => void;
}

/** The first step from an account: which of its deals. */
export function ChooseDeal({ accountName, q, found, takesFocus, onSearch, onChoose, onRetry }: Shown) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useFocusAtFirst(field, takesFocus);
  const down = (event: KeyboardEvent): void => {
    event.preventDefault();
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  return (
    <div className="link-deals">
      <p>{t('link.choose_deal.which', { account: accountName })}</p>
      <SearchField
        label={t('link.choose_deal.search')}
        value={q}
        field={field}
        onType={onSearch}
        onDown={down}
      />
      <p className="link-found" role="status">
        {foundText(found, t)}
      </p>
      <Deals found={found} searched={q !== ''} box={list} onChoose={onChoose} onRetry={onRetry} />
    </div>
  );
}

function Deals({
  found,
  searched,
  box,
  onChoose,
  onRetry,
}: Pick<Shown, 'found' | 'onChoose' | 'onRetry'> & {
  searched: boolean;
  box: Ref<HTMLDivElement>;
}) {
  const { t } = useWords();
  switch (found.state) {
    case 'loading':
      return <BonesOfOptions />;
    case 'problem':
      return <ProblemStanding problem={found.problem} onRetry={onRetry} />;
    case 'rows': {
      const why = searched ? 'link.choose_deal.no_results' : 'link.choose_deal.empty';
      return found.rows.length === 0 ? (
        <Standing icon="paper" title={t(why)}>
          <p>{t(`${why}.next`)}</p>
        </Standing>
      ) : (
        <Listbox
          label={t('link.choose_deal.list')}
          items={found.rows}
          keyOf={({ id }) => id}
          isChosen={() => false}
          isBlocked={() => false}
          onToggle={onChoose}
          draw={(deal) => <Deal deal={deal} />}
          box={box}
        />
      );
    }
  }
}

function Deal({ deal: { name, stage, amount } }: { deal: AccountDeal }) {
  return (
    <span className="option-text">
      <span className="option-first">
        <bdi className="document-number">{name}</bdi>
        {amount && (
          <span className="option-amount">
            <MoneyText figure={amount} name="deal_amount" />
          </span>
        )}
      </span>
      <span className="option-line">{stage}</span>
    </span>
  );
}

function foundText(found: Found<AccountDeal>, t: Translate): string {
  if (found.state === 'problem') return '';
  return found.state === 'loading' || found.updating
    ? t('link.searching')
    : t('link.choose_deal.found', { n: found.total });
}
