import type { PolicyRule } from '../../../server/contract/policy.ts';
import { useWords } from '../../ui/words.tsx';
import type { Matrix } from './matrix.ts';
import { ruleKey } from './policy-rules.ts';

export function RemoveRule({ rule, matrix: { names, onRemove } }: { rule: PolicyRule; matrix: Matrix }) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className="button-plain"
      aria-label={t('visibility.remove_rule', { who: names.who(rule) })}
      onClick={() => onRemove(ruleKey(rule))}
    >
      {t('visibility.remove')}
    </button>
  );
}
