import { useEffect, useId, useRef, useState } from 'react';
import type { DocumentRef, LinkRow } from '../../server/contract/links.ts';
import type { Translate } from '../ui/catalogue.ts';
import { DocumentName } from '../ui/DocumentName.tsx';
import { DocumentStatus } from '../ui/DocumentStatus.tsx';
import { documentName } from '../ui/document-name.ts';
import type { Formats } from '../ui/formats.ts';
import { MoneyText } from '../ui/MoneyText.tsx';
import { useWords } from '../ui/words.tsx';
import { BooksState } from './BooksState.tsx';
import type { LinkActs } from './link-view.ts';
import { linkableRef } from './selection.ts';

interface Shown {
  readonly link: LinkRow;
  readonly today: string;
  readonly mayLink: boolean;
  readonly busy: boolean;
  readonly acts: LinkActs;
}

/** One linked document: what it is, whether Books holds the link, and what can be done about it. */
export function LinkedDocument({ link, today, mayLink, busy, acts }: Shown) {
  const { t, formats } = useWords();
  const { document, inBooks, share, takenBack } = link;
  const ref = linkableRef(document);
  return (
    <li className="linked-document">
      <span className="option-first">
        <DocumentName row={document} />
        <DocumentStatus row={document} />
        {(share ?? document.total) && (
          <span className="option-amount">
            <MoneyText figure={share ?? document.total} name="open" />
          </span>
        )}
      </span>
      <span className="option-line">
        <time dateTime={document.date}>{formats.day(document.date, today)}</time> ·{' '}
        {originOf(link, t, formats)}
        {share && ` · ${t('link.share')}`}
      </span>
      <BooksState inBooks={inBooks} takenBack={takenBack === true} />
      {mayLink && ref && <Actions link={link} document={ref} busy={busy} acts={acts} />}
    </li>
  );
}

function originOf({ origin, by, at }: LinkRow, t: Translate, formats: Formats): string {
  const who =
    origin !== 'person'
      ? t(`link.origin.${origin}`)
      : by
        ? t('link.origin.person', { name: by })
        : t('link.origin.person.unknown');
  return at ? `${who}, ${formats.clock(new Date(at), new Date())}` : who;
}

function Actions({
  link: { document: row, inBooks, origin, takenBack },
  document,
  busy,
  acts,
}: Pick<Shown, 'link' | 'busy' | 'acts'> & { document: DocumentRef }) {
  const words = useWords();
  const { t } = words;
  const [asking, setAsking] = useState(false);
  const unlink = useRef<HTMLButtonElement>(null);
  const button = (
    action: 'link.retry' | 'link.keep_books' | 'link.keep_ours',
    act: () => Promise<unknown>,
  ) => (
    <button
      type="button"
      className="button-plain"
      aria-disabled={busy}
      aria-label={t('link.of', { action: t(action), document: documentName(row, words) })}
      onClick={busy ? undefined : () => void act().then(() => unlink.current?.focus())}
    >
      {t(action)}
    </button>
  );
  return (
    <>
      <span className="linked-actions">
        {inBooks.state === 'not_yet' &&
          inBooks.reason !== 'writing' &&
          button('link.retry', () => acts.retry(document))}
        {inBooks.state === 'conflict' && (
          <>
            {button('link.keep_books', () => acts.resolve(document, 'books'))}
            {button('link.keep_ours', () => acts.resolve(document, 'ours'))}
          </>
        )}
        {!takenBack && (
          <button
            ref={unlink}
            type="button"
            className="button-plain"
            aria-expanded={asking}
            aria-label={t('link.of', { action: t('link.unlink'), document: documentName(row, words) })}
            onClick={() => setAsking(!asking)}
          >
            {t('link.unlink')}
          </button>
        )}
      </span>
      {asking && (
        <AskUnlink
          name={documentName(row, words)}
          type={document.type}
          wantsReason={origin === 'automation'}
          busy={busy}
          onUnlink={(reason) => void acts.unlink(document, reason)}
          onKeep={() => {
            setAsking(false);
            unlink.current?.focus();
          }}
        />
      )}
    </>
  );
}

/** Asked once, with what it does to the deal; undoing it is offered afterwards. */
function AskUnlink({
  name,
  type,
  wantsReason,
  busy,
  onUnlink,
  onKeep,
}: {
  name: string;
  type: DocumentRef['type'];
  /** What an automation did is only taken back with a reason. */
  wantsReason: boolean;
  busy: boolean;
  onUnlink: (reason: string) => void;
  onKeep: () => void;
}) {
  const { t } = useWords();
  const id = useId();
  const [reason, setReason] = useState('');
  const confirm = useRef<HTMLButtonElement>(null);
  const why = useRef<HTMLInputElement>(null);
  useEffect(() => (why.current ?? confirm.current)?.focus(), []);
  const waits = busy || (wantsReason && reason.trim() === '');
  return (
    <fieldset
      className="ask-unlink"
      aria-describedby={`${id}-effect`}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onKeep();
      }}
    >
      <legend className="notice-title">{t('link.unlink.ask', { document: name })}</legend>
      <p id={`${id}-effect`}>{t(`link.unlink.effect.${type}`)}</p>
      {wantsReason && (
        <label className="field" htmlFor={`${id}-reason`}>
          {t('link.unlink.reason')}
          <input
            ref={why}
            id={`${id}-reason`}
            required
            maxLength={200}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
      )}
      <div className="standing-actions">
        <button
          ref={confirm}
          type="button"
          className="button"
          aria-disabled={waits}
          onClick={waits ? undefined : () => onUnlink(reason.trim())}
        >
          {t(busy ? 'link.unlinking' : 'link.unlink')}
        </button>
        <button type="button" className="button-quiet" onClick={onKeep}>
          {t('link.unlink.keep')}
        </button>
      </div>
    </fieldset>
  );
}
