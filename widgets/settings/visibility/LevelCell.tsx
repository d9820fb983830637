import { useId } from 'react';
import { type FigureId, Level, type PolicyRule } from '../../../server/contract/policy.ts';
import type { Translate } from '../../ui/catalogue.ts';
import { useWords } from '../../ui/words.tsx';
import { stepAt, stepsOf } from './figure-groups.ts';
import { changeKey, type Matrix } from './matrix.ts';
import { setLevel } from './policy-edits.ts';
import type { PolicyNames } from './policy-names.ts';
import { cellOf, grantedBy, type Limit, limitOf, ruleKey, shownBy, untouched } from './policy-rules.ts';

/** The level of one figure for the people of one rule; and where less is shown, how much and why. */
export function LevelCell({ rule, figure, matrix }: { rule: PolicyRule; figure: FigureId; matrix: Matrix }) {
  const { t } = useWords();
  const { reading, names, changed, onEdit } = matrix;
  const why = useId();
  const left = untouched(rule, figure, reading);
  const says = left ?? cellOf(rule, figure, reading);
  const shown = stepAt(figure, shownBy(rule, figure, reading));
  const below = shown !== stepAt(figure, grantedBy(rule, figure, reading));
  const limit = below ? limitOf(rule, figure, reading) : null;
  // no warning where the cell shows what is in effect already
  const isLess = below && (left === null || stepAt(figure, left) !== shown);
  const level = names.level(figure, shown);
  const followed = limit?.by === 'figures' ? limit.figures.map(names.figure).join(', ') : null;
  const note =
    limit && isLess
      ? limitText(limit, level, names, t)
      : followed !== null
        ? t('visibility.follows', { figures: followed })
        : says === null
          ? level
          : null;
  const own = rule.template !== null && rule.levels[figure] !== undefined;
  const look = [own ? 'cell-own' : '', changed.has(changeKey(rule, figure)) ? 'cell-changed' : ''].join(' ');
  return (
    <>
      <select
        aria-label={t('visibility.cell', { figure: names.figure(figure), who: names.who(rule) })}
        aria-describedby={note ? why : undefined}
        className={`level-${says === null ? 'inherited' : stepAt(figure, says)} ${look}`.trim()}
        value={says === null ? '' : stepAt(figure, says)}
        onChange={({ target }) =>
          onEdit(
            ruleKey(rule),
            setLevel(figure, Level.options.find((level) => level === target.value) ?? null, reading),
          )
        }
      >
        {(rule.template === null || says === null) && <option value="">{t('level.inherited')}</option>}
        {stepsOf(figure).map((step) => (
          <option key={step} value={step}>
            {names.level(figure, step)}
          </option>
        ))}
      </select>
      {note && (
        <span id={why} className={isLess ? 'cell-note cell-limited' : 'cell-note'}>
          {note}
        </span>
      )}
    </>
  );
}

function limitText(limit: Limit, level: string, names: PolicyNames, t: Translate): string {
  switch (limit.by) {
    case 'figures':
      return t('visibility.limited', { level, figures: limit.figures.map(names.figure).join(', ') });
    case 'types':
      return t('visibility.limited.types', {
        level,
        types: limit.types.map((type) => t(`document.type.${type}`)).join(', '),
      });
    case 'deals':
      return t('visibility.limited.deals', { level });
  }
}
