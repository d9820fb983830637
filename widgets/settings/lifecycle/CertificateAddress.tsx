import { useWords } from '../../ui/words.tsx';

/** Where the certificate is, before and after the end; it needs no session. */
export function CertificateAddress({ address }: { address: string }) {
  const { t } = useWords();
  return (
    <>
      <label className="life-address small">
        {t('lifecycle.certificate')}
        {/* picked as a whole, because a widget may not write to the clipboard everywhere */}
        <input readOnly dir="ltr" value={address} onFocus={({ target }) => target.select()} />
      </label>
      <p>
        <a href={address} target="_blank" rel="noreferrer">
          {t('lifecycle.certificate.download')}
        </a>
      </p>
    </>
  );
}
