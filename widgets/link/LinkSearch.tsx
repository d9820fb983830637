import type { KeyboardEvent, Ref } from 'react';
import { LinkableType } from '../../server/contract/links.ts';
import { Choice } from '../ui/Choice.tsx';
import { textOr } from '../ui/catalogue.ts';
import { STATUSES } from '../ui/document-statuses.ts';
import { SearchField } from '../ui/SearchField.tsx';
import { useWords } from '../ui/words.tsx';

/** What is searched for, as typed and chosen. */
export interface Search {
  readonly q: string;
  readonly type: LinkableType | null;
  readonly status: string | null;
}

export const NO_SEARCH: Search = { q: '', type: null, status: null };

/** Number, reference, customer or amount; by type, and then by status. */
export function LinkSearch({
  search,
  hasAmounts,
  field,
  onSearch,
  onDown,
}: {
  search: Search;
  /** Amounts can be searched for only where they are seen. */
  hasAmounts: boolean;
  field: Ref<HTMLInputElement>;
  onSearch: (search: Search) => void;
  /** The person wants to go on to the list. */
  onDown: (event: KeyboardEvent) => void;
}) {
  const { t } = useWords();
  const { q, type, status } = search;
  return (
    <div className="link-search">
      <SearchField
        label={t(hasAmounts ? 'link.search.amount' : 'link.search')}
        value={q}
        field={field}
        onType={(typed) => onSearch({ ...search, q: typed })}
        onDown={onDown}
      />
      <Choice
        label={t('documents.type')}
        value={type ?? ''}
        options={LinkableType.options.map((option) => [option, t(`document.type.${option}`)])}
        onChoose={(chosen) =>
          onSearch({
            q,
            type: LinkableType.options.find((option) => option === chosen) ?? null,
            status: null,
          })
        }
      />
      {type && (
        <Choice
          label={t('documents.status')}
          value={status ?? ''}
          options={STATUSES[type].map((option) => [option, textOr(t, `document.status.${option}`, option)])}
          onChoose={(chosen) => onSearch({ ...search, status: chosen === '' ? null : chosen })}
        />
      )}
    </div>
  );
}
