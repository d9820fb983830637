import type { PolicyRule } from '../../../server/contract/policy.ts';
import type { PolicyDiff, RuleChange } from './policy-diff.ts';
import type { RuleEdit } from './policy-edits.ts';
import type { PolicyNames } from './policy-names.ts';
import { type Reading, ruleKey } from './policy-rules.ts';

/** What every cell of the matrix needs, whichever way it is laid out. */
export interface Matrix {
  readonly reading: Reading;
  readonly names: PolicyNames;
  /** Cells that differ from what is in force, as `changeKey` names them. */
  readonly changed: ReadonlySet<string>;
  readonly onEdit: (key: string, edit: RuleEdit) => void;
  readonly onRemove: (key: string) => void;
}

export const changeKey = (rule: PolicyRule, row: string): string => `${ruleKey(rule)}:${row}`;

/** The cells a diff is about. What merely follows from another cell is told there, not here. */
export const changedCells = ({ rules }: Pick<PolicyDiff, 'rules'>): ReadonlySet<string> =>
  new Set(
    rules.flatMap(({ rule, changes }) =>
      changes.flatMap((change) => rowsOf(change).map((row) => changeKey(rule, row))),
    ),
  );

function rowsOf(change: RuleChange): readonly string[] {
  switch (change.kind) {
    case 'level':
      return change.follows ? [] : [change.figure];
    case 'types':
      return [...change.gained, ...change.lost].map((type) => `type.${type}`);
    case 'template':
    case 'only_visible_deals':
    case 'may_link':
      return [change.kind];
    case 'added':
    case 'removed':
      return [];
  }
}
