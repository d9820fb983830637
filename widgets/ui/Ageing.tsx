import type { AgeingEntry, MoneyFigure } from '../../server/contract/figures.ts';
import type { Translate } from './catalogue.ts';
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
  const looks = looksOf(entries);
  return (
    <section className={shares ? 'ageing ageing-drawn' : 'ageing'}>
      <Heading />
      {shares && <Bar shares={shares} looks={looks} />}
      <ul className="ageing-list">
        {rows.map((entry) => (
          <Row
            key={entry.bucket}
            entry={entry}
            look={looks.get(entry.bucket)}
            share={shares?.get(entry.bucket)}
          />
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

function Row({
  entry: { bucket, figure, count },
  look,
  share,
}: {
  entry: AgeingEntry;
  look: string | undefined;
  share: number | undefined;
}) {
  const { t } = useWords();
  return (
    <li className={isSome(figure) ? 'ageing-row' : 'ageing-row ageing-zero'}>
      <span className="ageing-name">
        <svg className="ageing-key" viewBox="0 0 1 1" aria-hidden="true">
          <rect className={look} width="1" height="1" />
        </svg>
        {bucketName(bucket, t)}
      </span>
      {share !== undefined && <Strip look={look} share={share} />}
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
function Strip({ look, share }: { look: string | undefined; share: number }) {
  return (
    <svg
      className="ageing-strip icon-mirrored"
      preserveAspectRatio="none"
      viewBox="0 0 100 1"
      aria-hidden="true"
    >
      <rect className="ageing-strip-ground" width="100" height="1" />
      <rect className={look} width={visible(share)} height="1" />
    </svg>
  );
}

function Bar({ shares, looks }: { shares: ReadonlyMap<string, number>; looks: ReadonlyMap<string, string> }) {
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
          <rect key={bucket} className={looks.get(bucket)} x={x} width={visible(share)} height="1" />
        ) : null;
      })}
    </svg>
  );
}

/** Late buckets say their days: `days_1_30`, `over_90`. */
function bucketName(bucket: string, t: Translate): string {
  if (bucket === 'not_due' || bucket === 'undated') return t(`bucket.${bucket}`);
  const [, first = 0, last] = bucket.split('_').map(Number);
  if (last === undefined) return t('bucket.over', { days: first });
  return first === last ? t('count.days', { n: first }) : t('bucket.days', { from: first, to: last });
}

/** Of six steps from a little to very late; how many there are is a definition of the organisation. */
const STEPS = ['', '6', '16', '136', '1346', '12346', '123456'];

function looksOf(entries: readonly AgeingEntry[]): ReadonlyMap<string, string> {
  const late = entries.map(({ bucket }) => bucket).filter((bucket) => /\d/.test(bucket));
  return new Map(
    entries.map(({ bucket }) => [
      bucket,
      `bucket-${/\d/.test(bucket) ? STEPS[late.length]?.[late.indexOf(bucket)] : bucket}`,
    ]),
  );
}

/** Something must not look like nothing: at least one hundredth. */
const visible = (share: number): number => (share > 0 ? Math.max(1, share * 100) : 0);

/** Only for drawing. `null` unless every amount is exact: a length would tell what a band hides. */
function sharesOf(entries: readonly AgeingEntry[]): ReadonlyMap<string, number> | null {
  const amounts = new Map<string, number>();
  for (const { bucket, figure } of entries) {
    if (figure.level !== 'exact') return null;
    amounts.set(bucket, Math.max(0, Number(figure.money.amount)));
  }
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return null;
  return new Map([...amounts].map(([bucket, amount]) => [bucket, amount / total]));
}
