import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { LinkRow, Links } from '../../server/contract/links.ts';
import { documentName } from '../ui/document-name.ts';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../ui/words.tsx';
import { LinkedDocument } from './LinkedDocument.tsx';
import type { LinkActs, LinksState, Sending } from './link-view.ts';
import { SendingFailed } from './SendingFailed.tsx';
import { keyOf } from './selection.ts';

/** One line below the steps of a deal: how many documents are linked, whether all is well; the list once asked for. */
export function DealLinksView({
  state,
  sending,
  said,
  today,
  acts,
  startOpen = false,
}: {
  state: LinksState;
  sending: Sending;
  /** What was last done, in words. */
  said: string;
  today: string;
  acts: LinkActs;
  startOpen?: boolean;
}) {
  const { t, formats } = useWords();
  const [open, setOpen] = useState(startOpen);
  const list = useId();
  const toggle = useRef<HTMLButtonElement>(null);
  if (state.state !== 'links') {
    return (
      <div className="deal-links">
        <p className="deal-links-line small">
          {t(state.state === 'loading' ? 'link.loading' : 'link.problem')}
          {state.state === 'problem' && (
            <button type="button" className="button-plain" onClick={acts.reread}>
              {t('retry')}
            </button>
          )}
        </p>
      </div>
    );
  }
  const { links, undo, mayLink, reconnect } = state.links;
  const attention = links.filter(needsAttention).length;
  const counted = links.filter(({ takenBack }) => !takenBack).length;
  const some = links.length > 0 || undo.length > 0;
  return (
    <div className="deal-links">
      <div className="deal-links-line">
        <button
          ref={toggle}
          type="button"
          className="button-plain deal-links-toggle"
          aria-expanded={open}
          aria-controls={list}
          onClick={() => setOpen(!open)}
        >
          {counted === 0 ? t('link.count.none') : t('link.count', { n: counted })}
          <Icon name="chevron" />
        </button>
        {attention > 0 && (
          <span className="chip chip-small tone-warn" title={t('link.attention', { n: attention })}>
            <Icon name="warning" />
            <span className="attention-words">{t('link.attention', { n: attention })}</span>
            <span className="attention-count" aria-hidden="true">
              {formats.number(attention)}
            </span>
          </span>
        )}
        {mayLink && (
          <button type="button" className="button-quiet button-small deal-links-add" onClick={acts.link}>
            <Icon name="link" />
            {t('link.documents')}
          </button>
        )}
      </div>
      <p role="status" className="unseen">
        {sending.state === 'running' ? t('link.working') : said}
      </p>
      <div id={list} hidden={!open}>
        {!some && <p className="small">{t('link.none.next')}</p>}
        {reconnect && (
          <Notice tone="warn" icon="plug" title={t('link.reconnect')}>
            {t('link.reconnect.next')}
          </Notice>
        )}
        {!mayLink && <p className="small">{t('link.may_not')}</p>}
        {sending.state === 'failed' && <SendingFailed problem={sending.problem} />}
        <Undoable undo={undo} busy={sending.state === 'running'} acts={acts} toggle={toggle} />
        {links.length > 0 && (
          <ul className="linked-list" aria-label={t('link.list')}>
            {links.map((link) => (
              <LinkedDocument
                key={keyOf(link.document)}
                link={link}
                today={today}
                mayLink={mayLink}
                busy={sending.state === 'running'}
                acts={acts}
              />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** What was linked or taken back here and not there, and what was changed there. */
const needsAttention = ({ inBooks }: LinkRow): boolean =>
  inBooks.state === 'conflict' || (inBooks.state === 'not_yet' && inBooks.reason !== 'writing');

/** Links that were taken back and can be restored. The newest takes the focus, which stood on a row that is gone. */
function Undoable({
  undo,
  busy,
  acts,
  toggle,
}: {
  undo: Links['undo'];
  busy: boolean;
  acts: LinkActs;
  toggle: RefObject<HTMLButtonElement | null>;
}) {
  const words = useWords();
  const { t, formats } = words;
  const box = useRef<HTMLUListElement>(null);
  const count = useRef(undo.length);
  useEffect(() => {
    if (undo.length > count.current && document.activeElement === document.body)
      box.current?.querySelector('button')?.focus();
    count.current = undo.length;
  }, [undo.length]);
  if (undo.length === 0) return null;
  return (
    <ul ref={box} className="undo-list">
      {newestFirst(undo).map(({ undoId, document, until }) => (
        <li key={undoId}>
          <Notice icon="undo">
            {t('link.unlinked', { document: documentName(document, words) })}{' '}
            <button
              type="button"
              className="button-plain"
              aria-disabled={busy}
              aria-label={t('link.of', { action: t('link.undo'), document: documentName(document, words) })}
              onClick={async () => {
                if (!busy && (await acts.undo(undoId))) toggle.current?.focus();
              }}
            >
              {t('link.undo')}
            </button>{' '}
            <span className="small">
              {t('link.undo.until', { time: formats.clock(new Date(until), new Date()) })}
            </span>
          </Notice>
        </li>
      ))}
    </ul>
  );
}

const newestFirst = (undo: Links['undo']): Links['undo'] =>
  undo.toSorted((one, other) => Date.parse(other.until) - Date.parse(one.until));
