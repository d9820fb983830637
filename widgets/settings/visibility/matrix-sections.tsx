import type { ReactNode } from 'react';
import { DocumentType } from '../../../server/contract/figures.ts';
import type { PolicyRule } from '../../../server/contract/policy.ts';
import { Template } from '../../../server/contract/settings.ts';
import type { Translate } from '../../ui/catalogue.ts';
import { FIGURE_GROUPS } from './figure-groups.ts';
import { LevelCell } from './LevelCell.tsx';
import { changeKey, type Matrix } from './matrix.ts';
import { setMayLink, setOnlyVisibleDeals, setTemplate, setTypeSeen } from './policy-edits.ts';
import { mayLink, onlyVisibleDeals, ruleKey, typesSeen } from './policy-rules.ts';

interface MatrixRow {
  readonly key: string;
  readonly name: string;
  readonly control: (rule: PolicyRule) => ReactNode;
}
export interface MatrixSection {
  readonly key: string;
  readonly heading: string;
  /** Said once below the heading. */
  readonly why?: string;
  readonly rows: readonly MatrixRow[];
}

/** What can be decided about a rule, in reading order: the same rows for the table and for the list. */
export function matrixSections(t: Translate, matrix: Matrix): readonly MatrixSection[] {
  const figures = FIGURE_GROUPS.map(
    ({ group, figures: of }): MatrixSection => ({
      key: group,
      heading: t(`visibility.group.${group}`),
      ...(group === 'documents' ? { why: t('visibility.documents.why') } : {}),
      rows: of.map((figure) => ({
        key: figure,
        name: matrix.names.figure(figure),
        control: (rule) => <LevelCell rule={rule} figure={figure} matrix={matrix} />,
      })),
    }),
  );
  return [...figures, typesSection(t, matrix), reachSection(t, matrix)];
}

export function StartsFrom({ rule, matrix }: { rule: PolicyRule; matrix: Matrix }): ReactNode {
  const { names, onEdit, changed } = matrix;
  return (
    <select
      aria-label={`${names.who(rule)}: ${names.template(rule.template)}`}
      className={changed.has(changeKey(rule, 'template')) ? 'cell-changed' : undefined}
      value={rule.template ?? ''}
      onChange={({ target }) =>
        onEdit(ruleKey(rule), setTemplate(Template.options.find((option) => option === target.value) ?? null))
      }
    >
      {[...Template.options, null].map((template) => (
        <option key={template} value={template ?? ''}>
          {names.template(template)}
        </option>
      ))}
    </select>
  );
}

function typesSection(t: Translate, matrix: Matrix): MatrixSection {
  const { reading, onEdit } = matrix;
  return {
    key: 'types',
    heading: t('visibility.group.types'),
    why: t('visibility.types.why'),
    rows: DocumentType.options.map((type) => ({
      key: `type.${type}`,
      name: t(`document.type.${type}`),
      control: (rule) => (
        <Switch
          rule={rule}
          matrix={matrix}
          row={`type.${type}`}
          name={t(`document.type.${type}`)}
          on={typesSeen(rule, reading).includes(type)}
          onSwitch={(seen) => onEdit(ruleKey(rule), setTypeSeen(type, seen, reading))}
        />
      ),
    })),
  };
}

function reachSection(t: Translate, matrix: Matrix): MatrixSection {
  const { reading, onEdit } = matrix;
  return {
    key: 'reach',
    heading: t('visibility.group.reach'),
    why: t('visibility.reach.why'),
    rows: [
      {
        key: 'only_visible_deals',
        name: t('visibility.only_visible_deals'),
        control: (rule) => (
          <Switch
            rule={rule}
            matrix={matrix}
            row="only_visible_deals"
            name={t('visibility.only_visible_deals')}
            on={onlyVisibleDeals(rule, reading)}
            onSwitch={(only) => onEdit(ruleKey(rule), setOnlyVisibleDeals(only))}
          />
        ),
      },
      {
        key: 'may_link',
        name: t('visibility.may_link'),
        control: (rule) => (
          <Switch
            rule={rule}
            matrix={matrix}
            row="may_link"
            name={t('visibility.may_link')}
            on={mayLink(rule, reading)}
            onSwitch={(allowed) => onEdit(ruleKey(rule), setMayLink(allowed))}
          />
        ),
      },
    ],
  };
}

function Switch({
  rule,
  matrix: { names, changed },
  row,
  name,
  on,
  onSwitch,
}: {
  rule: PolicyRule;
  matrix: Matrix;
  row: string;
  name: string;
  on: boolean;
  onSwitch: (on: boolean) => void;
}) {
  return (
    <span className={changed.has(changeKey(rule, row)) ? 'cell-switch cell-changed' : 'cell-switch'}>
      <input
        type="checkbox"
        aria-label={`${name}, ${names.who(rule)}`}
        checked={on}
        onChange={({ target }) => onSwitch(target.checked)}
      />
    </span>
  );
}
