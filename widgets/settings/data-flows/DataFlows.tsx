import { FLOWS, KEPT, SCOPES, type ScopeGroup, SEES } from '../../../server/contract/data-flows.ts';
import { useWords } from '../../ui/words.tsx';
import { ScopesAsked } from './ScopesAsked.tsx';
import '../../ui/styles/data-flows.css';

const GROUPS = Object.keys(SCOPES) as ScopeGroup[]; // safe because it is a literal object

/** What leaves where, why, and for how long it is kept. Asks for nothing: it is true of every organisation. */
export function DataFlows({ onContinue }: { onContinue?: () => void }) {
  const { t } = useWords();
  return (
    <div className="flows">
      <section className="card">
        <h2>{t('flows')}</h2>
        <p>{t('flows.lead')}</p>
        <ul className="flows-moves">
          {FLOWS.map(({ key, from, to }) => (
            <li key={key}>
              <h3>{t('flows.from_to', { from: t(`flows.place.${from}`), to: t(`flows.place.${to}`) })}</h3>
              <p>{t(`flows.flow.${key}`)}</p>
              <p className="small">{t(`flows.flow.${key}.why`)}</p>
            </li>
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{t('flows.kept')}</h2>
        <dl className="flows-rows">
          {KEPT.map((kept) => (
            <div key={kept.key}>
              <dt>{t(`flows.kept.${kept.key}`)}</dt>
              <dd>{t(`flows.kept.${kept.key}.for`, 'n' in kept ? { n: kept.n } : {})}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="card">
        <h2>{t('flows.sees')}</h2>
        <ul className="flows-rows">
          {SEES.map((who) => (
            <li key={who}>{t(`flows.sees.${who}`)}</li>
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{t('flows.scopes')}</h2>
        {GROUPS.map((group) => (
          <div key={group}>
            <h3 className="small">{t(`flows.scopes.${group}`)}</h3>
            <ScopesAsked of={group} />
          </div>
        ))}
      </section>
      {onContinue && (
        <div className="standing-actions">
          <button type="button" className="button" onClick={onContinue}>
            {t('flows.continue')}
          </button>
        </div>
      )}
    </div>
  );
}
