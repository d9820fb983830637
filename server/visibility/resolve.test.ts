import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentType } from '../contract/figures.ts';
import type { PolicyDocument, PolicyRule } from '../contract/policy.ts';
import { Template } from '../contract/settings.ts';
import { FIGURE_IDS } from './figures.ts';
import { atLeast, LEVELS } from './levels.ts';
import { type Policy, policyOf } from './policy.ts';
import { BASE_DOCUMENT, noMoreThanLeast, policyFor, policyOfAdministrator } from './resolve.ts';

const REP = { roleId: '10', profileId: '20' };
const inForce = (rules: readonly PolicyRule[], bands: PolicyDocument['bands'] = {}) => ({
  version: 3,
  document: { rules: [...rules], bands, cascadeFromBooks: true },
});
const forRep = (...rules: readonly PolicyRule[]): Policy => policyFor(REP, inForce(rules));
const rule = (over: Partial<PolicyRule>): PolicyRule => ({ template: null, levels: {}, ...over });

describe('who no rule speaks of', () => {
  it('sees the least, and may not link', () => {
    const { levels, mayLink, template } = forRep(rule({ role: '11', template: 'exact', mayLink: true }));
    expect(levels).toEqual(policyOf('least').levels);
    expect([mayLink, template]).toEqual([false, 'least']);
    expect(policyFor(REP, { version: 0, document: BASE_DOCUMENT }).levels).toEqual(policyOf('least').levels);
  });

  it('is also who a rule without role and profile would be for', () => {
    expect(forRep(rule({ template: 'exact' })).template).toBe('least');
  });
});

describe('a rule for a role and a profile', () => {
  it('is for whoever has both, and for nobody who has one of them', () => {
    expect(forRep(rule({ role: '10', profile: '20', template: 'sales' })).template).toBe('sales');
    expect(forRep(rule({ role: '10', profile: '21', template: 'sales' })).template).toBe('least');
    expect(forRep(rule({ role: '11', profile: '20', template: 'sales' })).template).toBe('least');
    expect(forRep(rule({ profile: '20', template: 'sales' })).template).toBe('sales');
  });

  it('decides on types, deals and linking too, and leaves to the others what it does not say', () => {
    const either = rule({ role: '10', documentTypes: ['payment'], onlyVisibleDeals: true, mayLink: true });
    const both = rule({ role: '10', profile: '20', template: 'exact', documentTypes: ['expense'] });
    const policy = forRep(either, both);
    expect([...policy.documentTypes]).toEqual(['expense']);
    expect([policy.onlyVisibleDeals, policy.mayLink]).toEqual([true, true]);
    expect([...forRep(either, { ...both, documentTypes: undefined }).documentTypes]).toEqual(['payment']);
  });

  it('keeps what was decided of a figure that is hidden for want of a type', () => {
    const { levels, grants } = forRep(rule({ role: '10', template: 'exact', documentTypes: ['payment'] }));
    expect([levels.collected, grants.collected]).toEqual(['hidden', 'exact']);
    expect(forRep(rule({ role: '10', levels: { open: 'band' } })).grants).toMatchObject({
      open: 'band',
      collected: 'hidden',
      verdict: 'status',
    });
  });
});

describe('of several rules', () => {
  it('one for role and profile beats one for either, cell by cell', () => {
    const { levels } = forRep(
      rule({ role: '10', template: 'sales' }),
      rule({ role: '10', profile: '20', levels: { open: 'exact', collected: 'hidden' } }),
    );
    expect(levels).toMatchObject({ open: 'exact', collected: 'hidden', invoicedNet: 'band' });
  });

  it('the stricter of two equally specific ones wins each cell', () => {
    const { levels } = forRep(
      rule({ role: '10', levels: { open: 'exact', collected: 'status' } }),
      rule({ profile: '20', levels: { open: 'band', collected: 'band', invoicedNet: 'exact' } }),
    );
    expect(levels).toMatchObject({ open: 'band', collected: 'status', invoicedNet: 'exact' });
  });

  it('a template speaks of the figures it hides too; no template leaves them to others', () => {
    const sales = rule({ role: '10', template: 'sales' });
    expect(forRep(sales, rule({ profile: '20', template: 'least' })).levels.open).toBe('hidden');
    expect(forRep(sales, rule({ profile: '20', levels: { overdue: 'hidden' } })).levels.open).toBe('band');
  });

  it('types seen are those all of the deciding rules name, deals and linking as the stricter says', () => {
    const policy = forRep(
      rule({ role: '10', documentTypes: ['invoice', 'payment'], onlyVisibleDeals: false, mayLink: true }),
      rule({ profile: '20', documentTypes: ['invoice', 'estimate'], onlyVisibleDeals: true, mayLink: false }),
    );
    expect([...policy.documentTypes]).toEqual(['invoice']);
    expect([policy.onlyVisibleDeals, policy.mayLink]).toEqual([true, false]);
    const both = rule({ role: '10', profile: '20', onlyVisibleDeals: false, mayLink: true });
    const more = forRep(rule({ role: '10', onlyVisibleDeals: true, mayLink: false }), both);
    expect([more.onlyVisibleDeals, more.mayLink]).toEqual([false, true]);
  });

  it('a type that two of three deciding rules name is not seen', () => {
    const naming = (...documentTypes: DocumentType[]) => rule({ role: '10', documentTypes });
    const policy = forRep(naming('invoice', 'expense'), naming('invoice', 'expense'), naming('invoice'));
    expect([...policy.documentTypes]).toEqual(['invoice']);
  });

  it('no type at all is an answer too', () => {
    expect(forRep(rule({ role: '10', template: 'exact', documentTypes: [] })).levels.open).toBe('hidden');
  });
});

it('somebody capped sees no more than the least, whatever was granted', () => {
  const capped = noMoreThanLeast(forRep(rule({ role: '10', template: 'exact', mayLink: true })));
  expect([capped.levels, capped.mayLink, capped.template]).toEqual([
    policyOf('least').levels,
    false,
    'least',
  ]);
  const scoped = { documentTypes: ['invoice' as const], onlyVisibleDeals: true };
  const kept = noMoreThanLeast(forRep(rule({ role: '10', template: 'exact', ...scoped })));
  expect([[...kept.documentTypes], kept.onlyVisibleDeals, kept.version]).toEqual([['invoice'], true, 3]);
  expect(kept.levels.verdict).toBe('hidden');
  const blind = noMoreThanLeast(forRep(rule({ role: '10', levels: { verdict: 'hidden' } })));
  expect(blind.levels.verdict).toBe('hidden');
});

it('an administrator sees everything and may link, in the bands of the organisation', () => {
  const policy = policyOfAdministrator(inForce([], { EUR: ['5'] }));
  expect(policy).toMatchObject({ template: 'exact', mayLink: true, version: 3, bands: { EUR: ['5'] } });
  expect([policy.documentTypes.size, policy.onlyVisibleDeals]).toEqual([6, false]);
});

const id = fc.constantFrom('10', '11', '20', '21');
const aRule: fc.Arbitrary<PolicyRule> = fc
  .record({
    role: fc.option(id, { nil: undefined }),
    profile: fc.option(id, { nil: undefined }),
    template: fc.constantFrom(null, ...Template.options),
    levels: fc.dictionary(fc.constantFrom(...FIGURE_IDS), fc.constantFrom(...LEVELS)),
    documentTypes: fc.option(fc.subarray([...DocumentType.options]), { nil: undefined }),
    onlyVisibleDeals: fc.option(fc.boolean(), { nil: undefined }),
    mayLink: fc.option(fc.boolean(), { nil: undefined }),
  })
  .map((made) => JSON.parse(JSON.stringify(made)) as PolicyRule); // safe because undefined members go, as on the wire
const rules = fc.array(aRule, { maxLength: 6 });
const holder = fc.record({ roleId: id, profileId: id });

/** Whether nothing of one policy is more than of the other. */
function noMoreThan(less: Policy, more: Policy): boolean {
  return (
    FIGURE_IDS.every((figure) => atLeast(more.levels[figure], less.levels[figure])) &&
    [...less.documentTypes].every((type) => more.documentTypes.has(type)) &&
    (less.onlyVisibleDeals || !more.onlyVisibleDeals) &&
    (more.mayLink || !less.mayLink)
  );
}

describe('whatever the rules', () => {
  it('their order is irrelevant', () => {
    fc.assert(
      fc.property(
        rules.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        holder,
        ([some, shuffled], who) => {
          const [one, other] = [some, shuffled].map((of) => policyFor(who, inForce(of)));
          expect({ ...other, documentTypes: [...(other?.documentTypes ?? [])].sort() }).toEqual({
            ...one,
            documentTypes: [...(one?.documentTypes ?? [])].sort(),
          });
        },
      ),
    );
  });

  it('one that becomes stricter never shows more to anybody', () => {
    fc.assert(
      fc.property(rules, aRule, aRule, holder, (others, before, wish, who) => {
        const stricter: PolicyRule = {
          ...before,
          levels: Object.fromEntries(
            Object.entries(before.levels).map(([figure, level]) => {
              const wished = wish.levels[figure as keyof PolicyRule['levels']] ?? level; // safe because the keys are figure ids
              return [figure, atLeast(level, wished) ? wished : level];
            }),
          ),
          ...(before.documentTypes && {
            documentTypes: before.documentTypes.filter((type) => wish.documentTypes?.includes(type) ?? true),
          }),
          ...(before.onlyVisibleDeals === undefined ? {} : { onlyVisibleDeals: true }),
          ...(before.mayLink === undefined ? {} : { mayLink: false }),
        };
        const was = policyFor(who, inForce([...others, before]));
        const is = policyFor(who, inForce([...others, stricter]));
        expect(noMoreThan(is, was)).toBe(true);
        expect(noMoreThan(noMoreThanLeast(is), is)).toBe(true);
      }),
    );
  });

  it('a role or a profile is one by its id only: other ids, and names, change nothing', () => {
    fc.assert(
      fc.property(rules, holder, fc.string(), (some, who, text) => {
        const foreign = some.filter(({ role, profile }) => role !== who.roleId && profile !== who.profileId);
        const named = [...foreign, rule({ role: `${who.roleId}${text || ' '}`, template: 'exact' })];
        expect(policyFor(who, inForce(named)).levels).toEqual(policyOf('least').levels);
      }),
    );
  });
});
