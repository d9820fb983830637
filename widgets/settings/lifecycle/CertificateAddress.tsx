import { useWords } from '../../ui/words.tsx';
import { ToCopy } from '../ToCopy.tsx';

/** Where the certificate is, before and after the end; it needs no session. */
export function CertificateAddress({ address }: { address: string }) {
  const { t } = useWords();
  return (
    <>
      <ToCopy label={t('lifecycle.certificate')} text={address} />
      <p>
        <a href={address} target="_blank" rel="noreferrer">
          {t('lifecycle.certificate.download')}
        </a>
      </p>
    </>
  );
}
