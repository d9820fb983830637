import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FigureId, Level, type PolicyDocument } from '../../../server/contract/policy.ts';
import { Template } from '../../../server/contract/settings.ts';
import {
  aDocument,
  aPolicyView,
  PROFILE,
  ROLE,
  withRepLevels,
} from '../../../tests/gallery/sample-policy.ts';
import { policyDiff, sameDocument, sizeOf } from './policy-diff.ts';
import { withBands, withEdit, withoutRule, withRule } from './policy-edits.ts';
import { reapply } from './policy-reapply.ts';
import { cellOf, ruleKey } from './policy-rules.ts';

const tables = aPolicyView();
const base = aDocument();
const merged = (mine: PolicyDocument, theirs: PolicyDocument) => reapply({ base, mine, theirs }, tables);
const rep = (document: PolicyDocument) => document.rules.find((rule) => ruleKey(rule) === `${ROLE.rep}|`);
const support = `|${PROFILE.support}`;

describe('my changes on top of somebody else’s', () => {
  it('different cells of the same role are both kept', () => {
    const { document, clashes } = merged(
      withRepLevels({ open: 'exact' }),
      withRepLevels({ collected: 'hidden' }),
    );
    expect(rep(document)?.levels).toEqual({ open: 'exact', collected: 'hidden' });
    expect(clashes).toEqual([]);
  });

  it('the same cell becomes mine, and is said to have been theirs', () => {
    const { document, clashes } = merged(withRepLevels({ open: 'exact' }), withRepLevels({ open: 'hidden' }));
    expect(rep(document)?.levels).toEqual({ open: 'exact' });
    expect(clashes).toMatchObject([{ kind: 'level', figure: 'open' }]);
  });

  it('a cell I put to a level keeps it when they change what the template says', () => {
    const mine = withRepLevels({ open: 'status' });
    const theirs = withEdit(base, `${ROLE.rep}|`, (rule) => ({ ...rule, template: 'exact' }));
    const { document } = merged(mine, theirs);
    expect(rep(document)).toMatchObject({ template: 'exact', levels: { open: 'status' } });
  });

  it('rules added by both are both there; a rule I removed and they changed is reported', () => {
    const added = merged(
      withRule(base, { role: ROLE.support, template: 'least', levels: {} }),
      withRule(base, { role: ROLE.intern, template: 'sales', levels: {} }),
    );
    expect(added.document.rules.map(ruleKey)).toEqual(
      expect.arrayContaining([`${ROLE.support}|`, `${ROLE.intern}|`]),
    );
    const removed = merged(
      withoutRule(base, support),
      withEdit(base, support, (rule) => ({ ...rule, template: 'sales' })),
    );
    expect(removed.document.rules.map(ruleKey)).not.toContain(support);
    expect(removed.clashes).toMatchObject([{ kind: 'rule', rule: { profile: PROFILE.support } }]);
  });

  it('what they removed and I left alone stays removed', () => {
    const { document, clashes } = merged(withRepLevels({ open: 'exact' }), withoutRule(base, support));
    expect(document.rules.map(ruleKey)).not.toContain(support);
    expect(clashes).toEqual([]);
  });

  it('switches, ranges and the cascade', () => {
    const mine = withBands({ ...base, cascadeFromBooks: false }, 'EUR', ['100']);
    const theirs = withEdit(withBands(base, 'USD', ['200']), support, (rule) => ({ ...rule, mayLink: true }));
    const { document } = merged(mine, theirs);
    expect(document).toMatchObject({ bands: { EUR: ['100'], USD: ['200'] }, cascadeFromBooks: false });
    expect(document.rules.find((rule) => ruleKey(rule) === support)?.mayLink).toBe(true);
    expect(merged(mine, withBands(base, 'EUR', ['300'])).clashes).toEqual([
      { kind: 'bands', currency: 'EUR' },
    ]);
  });
});

const cells = fc.dictionary(fc.constantFrom(...FigureId.options), fc.constantFrom(...Level.options), {
  maxKeys: 5,
});
const edits = fc
  .record({ template: fc.constantFrom(null, ...Template.options), levels: cells })
  .map(({ template, levels }) =>
    withEdit(base, `${ROLE.rep}|`, (rule) => ({ ...rule, template, levels: { ...levels } })),
  );

describe('for whatever two people do to one rule', () => {
  it('every cell either of them changed is theirs or mine, never what it was before', () => {
    fc.assert(
      fc.property(edits, edits, (mine, theirs) => {
        const { document, clashes } = merged(mine, theirs);
        const [was, my, their, is] = [base, mine, theirs, document].map(rep);
        if (!was || !my || !their || !is) throw new Error('The rule is gone');
        for (const figure of FigureId.options) {
          const [before, i, they, after] = [was, my, their, is].map((rule) => cellOf(rule, figure, tables));
          if (i !== before && !(i === null && is.template !== null)) expect(after, figure).toBe(i);
          if (i === before && they !== before && !(they === null && is.template !== null))
            expect(after, figure).toBe(they);
          const clash = clashes.some((of) => of.kind === 'level' && of.figure === figure);
          expect(clash, figure).toBe(i !== before && they !== before && i !== they);
        }
      }),
    );
  });

  it('nothing of mine leaves theirs as it is, and nothing of theirs leaves mine', () => {
    fc.assert(
      fc.property(edits, (changed) => {
        expect(sameDocument(merged(base, changed).document, changed)).toBe(true);
        expect(sizeOf(policyDiff(changed, merged(changed, base).document, tables))).toBe(0);
      }),
    );
  });
});
