import type { Uninstalled } from '../../../server/contract/lifecycle.ts';
import { Standing } from '../../ui/Notice.tsx';
import { PopupSteps, type PopupView } from '../../ui/PopupSteps.tsx';
import { useWords } from '../../ui/words.tsx';
import { CertificateAddress } from './CertificateAddress.tsx';
import '../../ui/styles/lifecycle.css';

/** What is left to say once nobody is signed in any more, and the way back while there is one. */
export function UninstalledView({
  uninstalled: { organisation, eraseAt, certificate },
  popup,
  onSignIn,
}: {
  uninstalled: Uninstalled & { readonly organisation: string };
  popup: PopupView;
  onSignIn: () => void;
}) {
  const { t, formats } = useWords();
  const now = new Date();
  return (
    <Standing icon="check" alert title={`${t('lifecycle.done')}: ${organisation}`}>
      <p>
        {t('lifecycle.done.signed_out')}{' '}
        {t('lifecycle.done.next', { time: formats.clock(new Date(eraseAt), now) })}
      </p>
      <CertificateAddress address={certificate} />
      {Date.parse(eraseAt) > now.getTime() && (
        <>
          <p>{t('lifecycle.done.keep')}</p>
          <PopupSteps popup={popup} label={t('sign_in')} look="button-quiet" onOpen={onSignIn} />
        </>
      )}
    </Standing>
  );
}
