import { useState } from 'react';
import type { PolicyRule } from '../../../server/contract/policy.ts';
import { useWords } from '../../ui/words.tsx';
import type { Matrix } from './matrix.ts';
import { type MatrixSection, StartsFrom } from './matrix-sections.tsx';
import { ruleKey } from './policy-rules.ts';
import { RemoveRule } from './RemoveRule.tsx';

interface Shown {
  readonly rules: readonly PolicyRule[];
  readonly sections: readonly MatrixSection[];
  readonly matrix: Matrix;
}

/** Where a table does not fit: one rule below the other, each opened when it is wanted. */
export function RuleList({ rules, sections, matrix }: Shown) {
  return (
    <div className="rule-list">
      {rules.map((rule) => (
        <OneRule key={ruleKey(rule)} rule={rule} sections={sections} matrix={matrix} />
      ))}
    </div>
  );
}

function OneRule({ rule, sections, matrix }: Omit<Shown, 'rules'> & { rule: PolicyRule }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const { names } = matrix;
  return (
    <details className="rule" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <bdi className="rule-who">{names.who(rule)}</bdi>
        <span className="small">{names.template(rule.template)}</span>
      </summary>
      {open && (
        <>
          <div className="rule-row">
            <span>{t('visibility.starts_from')}</span>
            <span className="rule-control">
              <StartsFrom rule={rule} matrix={matrix} />
            </span>
          </div>
          {sections.map(({ key, heading, why, rows }) => (
            <fieldset key={key} className="rule-section">
              <legend>{heading}</legend>
              {why && <p className="small">{why}</p>}
              {rows.map((row) => (
                <div key={row.key} className="rule-row">
                  <span>{row.name}</span>
                  <span className="rule-control">{row.control(rule)}</span>
                </div>
              ))}
            </fieldset>
          ))}
          <RemoveRule rule={rule} matrix={matrix} />
        </>
      )}
    </details>
  );
}
