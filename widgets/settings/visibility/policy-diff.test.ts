import { describe, expect, it } from 'vitest';
import {
  aDocument,
  aPolicyView,
  PROFILE,
  ROLE,
  withRepLevels,
} from '../../../tests/gallery/sample-policy.ts';
import { policyDiff, sameDocument, sizeOf } from './policy-diff.ts';
import { withBands, withEdit, withoutRule, withRule } from './policy-edits.ts';

const tables = aPolicyView();
const diff = (to: ReturnType<typeof aDocument>) => policyDiff(aDocument(), to, tables);

describe('what changes', () => {
  it('nothing, and its size is zero', () => {
    expect(sizeOf(diff(aDocument()))).toBe(0);
  });

  it('a cell, with its level before and after, and what follows from it', () => {
    const [{ rule, changes } = { rule: null, changes: [] }, ...others] = diff(
      withRepLevels({ overdue: 'hidden' }),
    ).rules;
    expect(rule).toMatchObject({ role: ROLE.rep });
    expect(changes).toEqual([
      {
        kind: 'level',
        figure: 'overdue',
        from: { says: 'status', shown: 'status' },
        to: { says: 'hidden', shown: 'hidden' },
        follows: false,
      },
      {
        kind: 'level',
        figure: 'ageing',
        from: { says: 'band', shown: 'status' },
        to: { says: 'band', shown: 'hidden' },
        follows: true,
      },
      {
        kind: 'level',
        figure: 'documentBalance',
        from: { says: 'status', shown: 'status' },
        to: { says: 'status', shown: 'hidden' },
        follows: true,
      },
    ]);
    expect(others).toEqual([]); // the profile below shows none of them anyway
  });

  it('a raised cell that its inputs hold down is still told', () => {
    const [first] = diff(withRepLevels({ ageing: 'exact' })).rules;
    expect(first?.changes).toEqual([
      expect.objectContaining({
        figure: 'ageing',
        from: { says: 'band', shown: 'status' },
        to: { says: 'exact', shown: 'status' },
      }),
    ]);
  });

  it('a level that looks the same for its figure is no change', () => {
    expect(sizeOf(diff(withRepLevels({ verdict: 'exact' })))).toBe(0);
    expect(sameDocument(aDocument(), withRepLevels({ verdict: 'exact' }))).toBe(false);
  });

  it('an added rule is told by its template and what differs from it; a removed one by its end', () => {
    const added = withRule(aDocument(), {
      role: ROLE.support,
      template: 'sales',
      levels: { open: 'hidden' },
      mayLink: true,
    });
    const { changes = [] } = diff(added).rules[0] ?? {};
    expect(changes.map(({ kind }) => kind)).toEqual(['added', 'level', 'may_link']);
    expect(diff(withoutRule(aDocument(), `|${PROFILE.support}`)).rules.at(-1)).toMatchObject({
      changes: [{ kind: 'removed' }],
    });
  });

  it('types, switches, ranges and the cascade', () => {
    const key = `${ROLE.rep}|`;
    const edited = withEdit(withBands(aDocument(), 'EUR', null), key, (rule) => ({
      ...rule,
      documentTypes: ['invoice'],
      onlyVisibleDeals: true,
    }));
    const { rules, bands, cascade } = diff({ ...edited, cascadeFromBooks: false });
    const [told, following] = [false, true].map((follows) =>
      rules[0]?.changes.filter((change) => (change.kind === 'level' && change.follows) === follows),
    );
    expect(told?.map(({ kind }) => kind)).toEqual(['types', 'only_visible_deals']);
    expect(following?.map((change) => change.kind === 'level' && change.figure)).toContain('quoted');
    expect(bands).toEqual([{ currency: 'EUR', from: ['1000', '5000', '25000', '100000'], to: null }]);
    expect(cascade).toEqual({ to: false });
  });

  it('the order of rules, cells and types says nothing', () => {
    const turned = aDocument({ rules: aDocument().rules.toReversed() });
    expect(sameDocument(aDocument(), turned)).toBe(true);
    expect(sizeOf(diff(turned))).toBe(0);
  });
});
