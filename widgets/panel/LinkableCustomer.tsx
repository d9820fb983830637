import { type ReactNode, useState } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { loadLinkWords } from '../ui/languages.ts';
import { Part } from '../ui/Part.tsx';
import { spokenScreen } from '../ui/spoken-screen.ts';
import { InCurrency, useWords } from '../ui/words.tsx';
import { DealLinking } from './DealLinking.tsx';
import { LinkButton, LinkRowButton } from './LinkButtons.tsx';
import { LinkedCustomer } from './LinkedCustomer.tsx';
import type { Linking } from './linking.ts';
import type { LinkedAnswer, Refresh } from './panel-state.ts';

const linkDialogIn = spokenScreen(
  () => import('../link/LinkDialog.tsx').then(({ LinkDialog }) => LinkDialog),
  loadLinkWords,
);

const accountLinksIn = spokenScreen(
  () => import('../link/AccountLinks.tsx').then(({ AccountLinks }) => AccountLinks),
  loadLinkWords,
);

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The customer, with what this person may link. */
export function LinkableCustomer({
  answer,
  refresh,
  onRefresh,
}: {
  answer: LinkedAnswer;
  refresh: Refresh;
  onRefresh: () => void;
}) {
  const { record, today, baseCurrency, viewer } = answer;
  const draw = (linking?: Linking): ReactNode => (
    <LinkedCustomer answer={answer} refresh={refresh} onRefresh={onRefresh} linking={linking} />
  );
  if (record.module === 'Deals') return draw({ ofDeal: <DealLinking dealId={record.id} today={today} /> });
  if (record.module !== 'Accounts' || viewer.mayLink !== true) return draw();
  return (
    <WithAccountLinking account={record} today={today} baseCurrency={baseCurrency}>
      {draw}
    </WithAccountLinking>
  );
}

/** On an account documents are linked from their list, one or several. */
function WithAccountLinking({
  account,
  today,
  baseCurrency,
  children,
}: {
  account: Named;
  today: string;
  baseCurrency: string;
  children: (linking: Linking) => ReactNode;
}) {
  const { language } = useWords();
  const [documents, setDocuments] = useState<readonly DocumentRow[] | null>(null);
  const [begun, begin] = useState(false);
  const link = (some: readonly DocumentRow[]): void => {
    begin(true);
    setDocuments(some);
  };
  const LinkDialog = linkDialogIn(language);
  const AccountLinks = accountLinksIn(language);
  const linking: Linking = {
    ofDocuments: {
      actionOf: (row) => isUnlinked(row) && <LinkRowButton row={row} onLink={() => link([row])} />,
      action: <LinkButton onLink={() => link([])} />,
      foot: (
        <Part meanwhile={null}>
          <AccountLinks accountId={account.id} today={today} onLink={(row) => link([row])} />
        </Part>
      ),
      begun,
    },
  };
  return (
    <>
      {children(linking)}
      {documents && (
        <div>
          <InCurrency base={baseCurrency}>
            <Part meanwhile={null}>
              <LinkDialog
                start={{ from: 'account', account, documents }}
                today={today}
                onClose={() => setDocuments(null)}
              />
            </Part>
          </InCurrency>
        </div>
      )}
    </>
  );
}

/** Books holds no deal on credit notes and payments, and nobody links what is void. */
const isUnlinked = ({ type, dealId, status }: DocumentRow): boolean =>
  dealId === undefined && status !== 'void' && type !== 'credit_note' && type !== 'payment';
