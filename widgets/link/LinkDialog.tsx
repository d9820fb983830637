import { useIsMutating, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentRow } from '../../server/contract/figures.ts';
import { linkDealsQuery } from '../api/link-deals-query.ts';
import { LINKING } from '../api/link-mutation.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { useWords } from '../ui/words.tsx';
import { ChooseDeal } from './ChooseDeal.tsx';
import { LinkToDeal } from './LinkToDeal.tsx';
import { foundIn } from './link-view.ts';
import '../ui/styles/linked.css';
import '../ui/styles/linking.css';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** From a deal its documents are chosen; from an account first the deal. */
export type LinkStart =
  | { readonly from: 'deal'; readonly deal: Named }
  | {
      readonly from: 'account';
      readonly account: Named;
      /** Picked from the start. */
      readonly documents: readonly DocumentRow[];
    };

export interface LinkDialogProps {
  readonly start: LinkStart;
  readonly today: string;
  readonly onClose: () => void;
}

/** Milliseconds a person must pause for a search to be asked. */
const PAUSE_MS = 250;

/** The dialog from opening to done. A chunk of its own, fetched when somebody wants to link. */
export function LinkDialog({ start, today, onClose }: LinkDialogProps) {
  const { t } = useWords();
  const [deal, setDeal] = useState<Named | null>(start.from === 'deal' ? start.deal : null);
  const busy = useIsMutating({ mutationKey: LINKING }) > 0;
  return (
    <Dialog
      title={deal ? t('link.dialog', { deal: deal.name }) : t('link.choose_deal')}
      busy={busy}
      onClose={onClose}
    >
      {deal ? (
        <LinkToDeal
          dealId={deal.id}
          documents={start.from === 'account' ? start.documents : []}
          today={today}
          pauseMs={PAUSE_MS}
          onClose={onClose}
        />
      ) : (
        start.from === 'account' && <DealOf account={start.account} onChoose={setDeal} />
      )}
    </Dialog>
  );
}

function DealOf({ account, onChoose }: { account: Named; onChoose: (deal: Named) => void }) {
  const [q, setQ] = useState('');
  const settled = useSettled(q.trim(), PAUSE_MS);
  const query = useQuery(linkDealsQuery(account.id, settled));
  return (
    <ChooseDeal
      accountName={account.name}
      q={q}
      found={foundIn({ ...query, isTyping: settled !== q.trim() }, ({ deals }) => ({
        rows: deals,
        total: deals.length,
        more: 'none',
      }))}
      onSearch={setQ}
      onChoose={onChoose}
      onRetry={() => void query.refetch()}
    />
  );
}
