import { useState } from 'react';
import type { PolicyRule } from '../../../server/contract/policy.ts';
import { useWords } from '../../ui/words.tsx';
import type { Matrix } from './matrix.ts';
import { type MatrixSection, StartsFrom } from './matrix-sections.tsx';
import { ruleKey } from './policy-rules.ts';
import { RemoveRule } from './RemoveRule.tsx';

/** Figures down, people across; as many rules at once as fit, so that the page never scrolls sideways. */
export function RuleTable({
  rules,
  sections,
  matrix,
  columns,
}: {
  rules: readonly PolicyRule[];
  sections: readonly MatrixSection[];
  matrix: Matrix;
  /** How many rules fit beside each other. */
  columns: number;
}) {
  const { t } = useWords();
  const [wanted, setFrom] = useState(0);
  const from = Math.max(0, Math.min(wanted, rules.length - columns));
  const shown = rules.slice(from, from + columns);
  return (
    <>
      {rules.length > shown.length && (
        <div className="matrix-pages">
          <button
            type="button"
            className="button-quiet"
            aria-disabled={from === 0}
            onClick={() => setFrom(from - columns)}
          >
            {t('visibility.earlier')}
          </button>
          <span role="status" className="small">
            {t('visibility.pages', { from: from + 1, to: from + shown.length, n: rules.length })}
          </span>
          <button
            type="button"
            className="button-quiet"
            aria-disabled={from + columns >= rules.length}
            onClick={() => setFrom(from + columns)}
          >
            {t('visibility.later')}
          </button>
        </div>
      )}
      <table className="matrix">
        <caption className="unseen">{t('visibility.table')}</caption>
        <thead>
          <tr>
            <th scope="col" className="matrix-head">
              {t('visibility.figure')}
            </th>
            {shown.map((rule) => (
              <th key={ruleKey(rule)} scope="col" className="matrix-head">
                <bdi>{matrix.names.who(rule)}</bdi>
                <RemoveRule rule={rule} matrix={matrix} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="matrix-name">
              {t('visibility.starts_from')}
            </th>
            {shown.map((rule) => (
              <td key={ruleKey(rule)}>
                <StartsFrom rule={rule} matrix={matrix} />
              </td>
            ))}
          </tr>
        </tbody>
        {sections.map(({ key, heading, why, rows }) => (
          <tbody key={key}>
            <tr>
              <th scope="rowgroup" colSpan={shown.length + 1} className="matrix-group">
                {heading}
                {why && <span className="matrix-why">{why}</span>}
              </th>
            </tr>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" className="matrix-name">
                  {row.name}
                </th>
                {shown.map((rule) => (
                  <td key={ruleKey(rule)}>{row.control(rule)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </>
  );
}
