import { useWords } from './words.tsx';

const QUIET_MS = 300;
const lines = (count: number, of: string) =>
  Array.from({ length: count }, (_, index) => `${of}-${index}`).map((key) => (
    <span key={key} className={`bone ${of}`} />
  ));

/**
 * The shape of what follows, as in the page's own HTML, which it replaces.
 * @param sinceMs how long the person has been waiting: the first 300 ms show nothing
 */
export function Skeleton({ onDeal, sinceMs }: { onDeal: boolean; sinceMs: number }) {
  const { t } = useWords();
  return (
    <>
      <p className="unseen" role="status">
        {t('loading')}
      </p>
      <div
        className="layout skeleton appears"
        style={{ animationDelay: `${Math.round(QUIET_MS - sinceMs)}ms` }}
        aria-hidden="true"
      >
        {onDeal && (
          <div className="ladder">
            <span className="bone bone-label" />
            <div className="ladder-steps">
              {['a', 'b', 'c', 'd', 'e'].map((key) => (
                <div key={key} className="ladder-step">
                  <span className="bone bone-label" />
                  <span className="bone bone-value" />
                </div>
              ))}
            </div>
          </div>
        )}
        {onDeal && (
          <div className="deal-links-place">
            <span className="bone bone-sentence" />
          </div>
        )}
        <div className="verdict">
          <span className="bone bone-chip" />
          <span className="bone bone-sentence" />
        </div>
        <div className="figures">
          {['overdue', 'open', 'collected', 'last'].map((key) => (
            <div key={key} className="figure">
              <span className="bone bone-label" />
              <span className="bone bone-value" />
              <span className="bone bone-note" />
            </div>
          ))}
        </div>
        <div className="ageing">
          <span className="bone bone-label" />
          {lines(5, 'bone-line')}
        </div>
        <div className="documents">
          <span className="bone bone-label" />
          {lines(5, 'bone-row')}
        </div>
      </div>
    </>
  );
}
