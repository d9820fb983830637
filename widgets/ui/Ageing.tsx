import type { AgeingBucket, AgeingEntry, MoneyFigure } from '../../server/contract/figures.ts';
import { ExplainFigure } from './explanations.tsx';
import { isSome } from './is-some.ts';
import { MoneyText, Restricted } from './MoneyText.tsx';
import { useWords } from './words.tsx';

/** What is open, by how late it is. Absent when nothing is open: an empty bar says nothing. */
export function Ageing({
  entries,
  open,
}: {
  entries: readonly AgeingEntry[] | undefined;
  open: MoneyFigure | undefined;
}) {
  if (!entries) return <Heading hidden />;
  if (open && open.level !== 'unknown' && !isSome(open) && !entries.some(({ figure }) => isSome(figure)))
    return null;
  const rows = entries.filter(({ bucket, figure }) => bucket !== 'undated' || isSome(figure));
  const shares = sharesOf(rows);
  return (
    <section className={shares ? 'ageing ageing-drawn' : 'ageing'}>
      <Heading />
      {shares && <Bar shares={shares} />}
      <ul className="ageing-list">
        {rows.map((entry) => (
          <Row key={entry.bucket} entry={entry} share={shares?.get(entry.bucket)} />
        ))}
      </ul>
    </section>
  );
}

function Heading({ hidden }: { hidden?: boolean }) {
  const { t } = useWords();
  const heading = (
    <h2 className="section-heading">
      {t('figure.ageing')}
      <ExplainFigure name="ageing" figure={hidden ? 'hidden' : undefined} />
    </h2>
  );
  if (!hidden) return heading;
  return (
    <section className="ageing">
      {heading}
      <Restricted />
    </section>
  );
}

function Row({ entry: { bucket, figure, count }, share }: { entry: AgeingEntry; share: number | undefined }) {
  const { t } = useWords();
  return (
    <li className={isSome(figure) ? 'ageing-row' : 'ageing-row ageing-zero'}>
      <span className="ageing-name">
        <svg className="ageing-key" viewBox="0 0 1 1" aria-hidden="true">
          <rect className={`bucket-${bucket}`} width="1" height="1" />
        </svg>
        {t(`bucket.${bucket}`)}
      </span>
      {share !== undefined && <Strip bucket={bucket} share={share} />}
      <span className="ageing-amount">
        {figure.level === 'status' && count ? (
          t('count.invoices', { n: count })
        ) : (
          <MoneyText figure={figure} name="ageing" />
        )}
      </span>
    </li>
  );
}

/** Widths are attributes, not styles: the page's policy allows no inline style. */
function Strip({ bucket, share }: { bucket: AgeingBucket; share: number }) {
  return (
    <svg
      className="ageing-strip icon-mirrored"
      preserveAspectRatio="none"
      viewBox="0 0 100 1"
      aria-hidden="true"
    >
      <rect className="ageing-strip-ground" width="100" height="1" />
      <rect className={`bucket-${bucket}`} width={visible(share)} height="1" />
    </svg>
  );
}

function Bar({ shares }: { shares: ReadonlyMap<AgeingBucket, number> }) {
  let from = 0;
  return (
    <svg
      className="ageing-bar icon-mirrored"
      preserveAspectRatio="none"
      viewBox="0 0 100 1"
      aria-hidden="true"
    >
      {[...shares].map(([bucket, share]) => {
        const x = from;
        from += share * 100;
        return share > 0 ? (
          <rect key={bucket} className={`bucket-${bucket}`} x={x} width={visible(share)} height="1" />
        ) : null;
      })}
    </svg>
  );
}

/** Something must not look like nothing: at least one hundredth. */
const visible = (share: number): number => (share > 0 ? Math.max(1, share * 100) : 0);

/** Only for drawing. `null` unless every amount is exact: a length would tell what a band hides. */
function sharesOf(entries: readonly AgeingEntry[]): ReadonlyMap<AgeingBucket, number> | null {
  const amounts = new Map<AgeingBucket, number>();
  for (const { bucket, figure } of entries) {
    if (figure.level !== 'exact') return null;
    amounts.set(bucket, Math.max(0, Number(figure.money.amount)));
  }
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return null;
  return new Map([...amounts].map(([bucket, amount]) => [bucket, amount / total]));
}
