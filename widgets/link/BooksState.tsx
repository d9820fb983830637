import type { InBooks } from '../../server/contract/links.ts';
import type { Translate } from '../ui/catalogue.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { useWords } from '../ui/words.tsx';

const LOOK: Readonly<Record<InBooks['state'], { tone: string; icon: IconName }>> = {
  yes: { tone: 'tone-good', icon: 'check' },
  not_yet: { tone: 'tone-warn', icon: 'clock' },
  second_share: { tone: '', icon: 'info' },
  conflict: { tone: 'tone-bad', icon: 'warning' },
};

/** Whether Books holds the link too, and if not, why. */
export function BooksState({
  inBooks,
  takenBack = false,
}: {
  inBooks: InBooks;
  /** The link was taken back here, and Books has not followed yet. */
  takenBack?: boolean;
}) {
  const { t } = useWords();
  const { tone, icon } = LOOK[inBooks.state];
  return (
    <span className="books-state">
      <span className={`chip chip-small ${tone}`}>
        <Icon name={icon} />
        {t(takenBack ? 'link.taken_back' : `link.in_books.${inBooks.state}`)}
      </span>{' '}
      <Why inBooks={inBooks} />
    </span>
  );
}

function Why({ inBooks }: { inBooks: InBooks }) {
  const { t } = useWords();
  switch (inBooks.state) {
    case 'yes':
      return null;
    case 'not_yet':
      return <span className="small">{t(`link.not_yet.${inBooks.reason}`)}</span>;
    case 'second_share':
      return <span className="small">{t('link.in_books.second_share.next')}</span>;
    case 'conflict':
      return <span className="small">{conflictText(inBooks.booksDeal, t)}</span>;
  }
}

/** A deal this person may not see comes without its name. */
function conflictText(deal: { name?: string | undefined } | null, t: Translate): string {
  if (deal === null) return t('link.conflict.none');
  return deal.name === undefined
    ? t('link.conflict.other.unknown')
    : t('link.conflict.other', { deal: `“${deal.name}”` });
}
