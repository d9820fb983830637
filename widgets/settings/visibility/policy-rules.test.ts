import { describe, expect, it } from 'vitest';
import { FigureId, type PolicyRule } from '../../../server/contract/policy.ts';
import { aDocument, aPolicyView, PROFILE, ROLE } from '../../../tests/gallery/sample-policy.ts';
import { FIGURE_GROUPS, stepAt, stepsOf } from './figure-groups.ts';
import { setLevel, setTypeSeen } from './policy-edits.ts';
import { cellOf, grantedBy, limitOf, mayLink, readingOf, shownBy, typesSeen } from './policy-rules.ts';

const reading = readingOf(aPolicyView(), aDocument());
const rep: PolicyRule = { role: ROLE.rep, template: 'sales', levels: {} };
const supportingRep: PolicyRule = { role: ROLE.rep, profile: PROFILE.support, template: null, levels: {} };

describe('the groups of the matrix', () => {
  it('hold every figure exactly once', () => {
    const shown = FIGURE_GROUPS.flatMap(({ figures }) => figures);
    expect(shown.toSorted()).toEqual(FigureId.options.toSorted());
  });

  it('a count is shown or hidden, and a range of it is hidden', () => {
    expect(stepsOf('openCount')).toEqual(['hidden', 'exact']);
    expect(stepAt('openCount', 'band')).toBe('hidden');
  });

  it('a grade is shown at every level but hidden', () => {
    expect(stepAt('verdict', 'status')).toBe('exact');
    expect(stepAt('verdict', 'hidden')).toBe('hidden');
  });

  it('an amount has all four levels', () => {
    expect(stepsOf('open')).toEqual(['hidden', 'status', 'band', 'exact']);
  });
});

describe('what one rule comes to', () => {
  it('a cell of its own beats the template, a cell the template does not name is hidden', () => {
    expect(cellOf({ ...rep, levels: { open: 'exact' } }, 'open', reading)).toBe('exact');
    expect(cellOf(rep, 'open', reading)).toBe('band');
    expect(cellOf({ ...rep, template: 'least' }, 'open', reading)).toBe('hidden');
  });

  it('a role within a profile starts from the stricter of the two, cell by cell', () => {
    expect(grantedBy(supportingRep, 'open', reading)).toBe('hidden'); // the role a range, the profile nothing
    expect(grantedBy(supportingRep, 'overdueCount', reading)).toBe('exact');
  });

  it('a rule without a template and without others below it grants the least', () => {
    const alone: PolicyRule = { role: ROLE.intern, template: null, levels: {} };
    expect(grantedBy(alone, 'verdict', reading)).toBe('status');
    expect(grantedBy(alone, 'open', reading)).toBe('hidden');
  });

  it('a derived figure is shown no higher than what it is derived from, which is named', () => {
    expect(grantedBy(rep, 'ageing', reading)).toBe('band');
    expect(shownBy(rep, 'ageing', reading)).toBe('status');
    expect(limitOf(rep, 'ageing', reading)).toEqual({ by: 'figures', figures: ['overdue'] });
    expect(limitOf(rep, 'open', reading)).toBeNull();
  });

  it('a limit reaches through what lies between', () => {
    const hidden: PolicyRule = { ...rep, levels: { invoiced: 'hidden' } };
    expect(shownBy(hidden, 'overInvoiced', reading)).toBe('hidden');
    expect(limitOf(hidden, 'overInvoiced', reading)).toEqual({ by: 'figures', figures: ['leftToInvoice'] });
  });

  it('a figure made of a type that is not seen is hidden, and so is what comes from it', () => {
    const noInvoices: PolicyRule = { ...rep, documentTypes: ['payment'] };
    expect(limitOf(noInvoices, 'open', reading)).toEqual({ by: 'types', types: ['invoice'] });
    expect(shownBy(noInvoices, 'netExposure', reading)).toBe('hidden');
    expect(shownBy(noInvoices, 'collected', reading)).toBe('band');
  });

  it('what Books tells of all deals together is hidden where only some of them count', () => {
    expect(limitOf({ ...rep, onlyVisibleDeals: true }, 'unusedCredits', reading)).toEqual({ by: 'deals' });
    expect(limitOf(rep, 'unusedCredits', reading)).toBeNull();
  });

  it('linking needs somebody to allow it, and types are all seen unless somebody names them', () => {
    expect(mayLink(rep, reading)).toBe(false);
    expect(typesSeen(rep, reading)).toHaveLength(6);
    const rules = [{ ...rep, documentTypes: ['invoice' as const] }];
    expect(typesSeen(supportingRep, { rules })).toEqual(['invoice']);
  });
});

describe('editing', () => {
  it('a cell set back to where its template starts follows the template again', () => {
    const own = setLevel('open', 'exact', reading)(rep);
    expect(own.levels).toEqual({ open: 'exact' });
    expect(setLevel('open', 'band', reading)(own).levels).toEqual({});
    expect(rep.levels).toEqual({});
  });

  it('the first type taken away names all the others', () => {
    expect(setTypeSeen('expense', false, reading)(rep).documentTypes).toEqual([
      'invoice',
      'estimate',
      'sales_order',
      'credit_note',
      'payment',
    ]);
  });
});
