import { useRef, useState } from 'react';
import { apiOrigin } from '../../api/api-origin.ts';
import { useWords } from '../../ui/words.tsx';
import { ToCopy } from '../ToCopy.tsx';
import '../../ui/styles/setup.css';

/** The settings' own page. Its address opens nothing: whoever follows it signs in, and CRM says who they are. */
const handOffAddress = (): string => `${apiOrigin()}/widgets/settings.html`;

/** For somebody who may not set this up: where to send a person who may. */
export function HandOff({ address = handOffAddress() }: { address?: string }) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'done' | 'selected'>('no');
  const copy = async (): Promise<void> => {
    field.current?.select();
    // a frame inside CRM may be refused the clipboard; what is selected can be copied by hand
    const outcome = await writeToClipboard(address);
    setCopied(outcome ? 'done' : 'selected');
  };
  return (
    <section className="card hand-off">
      <h2>{t('setup.hand_off')}</h2>
      <p>{t('setup.hand_off.why')}</p>
      <ToCopy ref={field} label={t('setup.hand_off.address')} text={address} />
      <div className="standing-actions">
        <button type="button" className="button-quiet" onClick={() => void copy()}>
          {t('setup.hand_off.copy')}
        </button>
        <span role="status" className="small">
          {copied === 'no' ? '' : t(`setup.hand_off.${copied}`)}
        </span>
      </div>
      <p className="small">{t('setup.hand_off.no_right')}</p>
    </section>
  );
}

const writeToClipboard = (text: string): Promise<boolean> =>
  navigator.clipboard
    ? navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);
