import { useQuery } from '@tanstack/react-query';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { accountLinksQuery } from '../api/account-links-query.ts';
import { useWords } from '../ui/words.tsx';
import { AccountLinksView } from './AccountLinksView.tsx';
import '../ui/styles/linked.css';

/** At the foot of an account's documents: what needs a decision, and what was just done and can be taken back. */
export function AccountLinks({
  accountId,
  today,
  onLink,
}: {
  accountId: string;
  today: string;
  /** Begins linking a document to another deal. */
  onLink: (row: DocumentRow) => void;
}) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(accountLinksQuery(accountId));
  if (data) return <AccountLinksView links={data} accountId={accountId} today={today} onLink={onLink} />;
  return (
    error && (
      <p className="small">
        {t('link.account.problem')}{' '}
        <button type="button" className="button-plain" onClick={() => void refetch()}>
          {t('retry')}
        </button>
      </p>
    )
  );
}
