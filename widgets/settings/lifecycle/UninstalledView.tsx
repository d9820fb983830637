import type { Uninstalled } from '../../../server/contract/lifecycle.ts';
import { Standing } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/words.tsx';
import { CertificateAddress } from './CertificateAddress.tsx';
import '../../ui/styles/lifecycle.css';

/** What is left to say once nobody is signed in any more. */
export function UninstalledView({
  organisation,
  uninstalled: { eraseAt, certificate },
}: {
  organisation: string;
  uninstalled: Uninstalled;
}) {
  const { t, formats } = useWords();
  return (
    <Standing icon="check" alert title={`${t('lifecycle.done')}: ${organisation}`}>
      <p>{t('lifecycle.done.next', { time: formats.clock(new Date(eraseAt), new Date()) })}</p>
      <CertificateAddress address={certificate} />
    </Standing>
  );
}
