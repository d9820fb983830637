import { SCOPES, type ScopeGroup } from '../../../server/contract/data-flows.ts';
import { useWords } from '../../ui/words.tsx';
import '../../ui/styles/data-flows.css';

/** What Zoho is asked for on one occasion, each with its reason: to be read before somebody consents. */
export function ScopesAsked({ of }: { of: ScopeGroup }) {
  const { t } = useWords();
  return (
    <dl className="flows-rows small">
      {SCOPES[of].map((scope) => (
        <div key={scope}>
          <dt>
            <code dir="ltr">{scope}</code>
          </dt>
          <dd>{t(`flows.scope.${scope}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
