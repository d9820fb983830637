import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../server/contract/settings.ts';
import type { Setup } from '../../../server/contract/setup.ts';
import { settingsQuery } from '../../api/settings-query.ts';
import { useWords } from '../../ui/words.tsx';
import { Asked } from '../Asked.tsx';
import { Books } from '../Books.tsx';
import { Roles } from '../Roles.tsx';
import { PreFlight } from './PreFlight.tsx';

/** What was set up, whether it still holds, and the way back into the steps. */
export function Summary({
  setup,
  onOpenWizard,
  onOpenVisibility,
}: {
  setup: Setup;
  onOpenWizard: () => void;
  onOpenVisibility: () => void;
}) {
  const { t, formats } = useWords();
  return (
    <div className="setup">
      <Asked query={useQuery(settingsQuery)} meanwhile="settings.loading">
        {(settings) => (
          <>
            <Books books={settings.books} crmCurrency={settings.crm.baseCurrency} />
            <Undecided roles={settings.roles} onOpenVisibility={onOpenVisibility} />
          </>
        )}
      </Asked>
      <section className="card">
        <h2>{t('setup.step.pre_flight')}</h2>
        <PreFlight />
      </section>
      <section className="card">
        <h2>{t('setup.again')}</h2>
        <p>
          {setup.finishedAt
            ? t('setup.finished_at', { time: formats.clock(new Date(setup.finishedAt), new Date()) })
            : t('setup.again.why')}
        </p>
        <div className="standing-actions">
          <button type="button" className="button-quiet" onClick={onOpenWizard}>
            {t('setup.again.open')}
          </button>
        </div>
      </section>
    </div>
  );
}

/** Roles that came to CRM later and that nobody has decided about. */
function Undecided({ roles, onOpenVisibility }: { roles: Settings['roles']; onOpenVisibility: () => void }) {
  const { t } = useWords();
  const undecided = roles.some(({ decided }) => !decided);
  // once there, the card stays for this visit: it says what became of saving
  const [decides, setDecides] = useState(undecided);
  if (undecided && !decides) setDecides(true);
  return decides ? (
    <Roles roles={roles} />
  ) : (
    <section className="card">
      <h2>{t('settings.roles')}</h2>
      <p>{t('setup.decided')}</p>
      <div className="standing-actions">
        <button type="button" className="button-quiet" onClick={onOpenVisibility}>
          {t('setup.open')}
        </button>
      </div>
    </section>
  );
}
