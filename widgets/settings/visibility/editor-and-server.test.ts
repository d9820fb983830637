import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentType } from '../../../server/contract/figures.ts';
import { FigureId, Level, type PolicyRule } from '../../../server/contract/policy.ts';
import { Template } from '../../../server/contract/settings.ts';
import { customerFigures } from '../../../server/domain/customer-figures.ts';
import { dealLadder } from '../../../server/domain/deal-ladder.ts';
import { USUAL_DEFINITIONS } from '../../../server/domain/definitions.ts';
import { documentRows } from '../../../server/domain/document-list.ts';
import { money } from '../../../server/domain/money.ts';
import { inputsOf, madeOf } from '../../../server/visibility/figures.ts';
import { ALL_TYPES, OF_ALL_DEALS, settled } from '../../../server/visibility/policy.ts';
import { project } from '../../../server/visibility/project.ts';
import type { Customer360Raw } from '../../../server/visibility/raw.ts';
import { policyFor } from '../../../server/visibility/resolve.ts';
import { TEMPLATES } from '../../../server/visibility/templates.ts';
import {
  aBook,
  aCustomer,
  aDeal,
  anEstimate,
  anInvoice,
  aPayment,
  TODAY,
} from '../../../tests/support/builders.ts';
import { stepAt, stepsOf } from './figure-groups.ts';
import { mayLink, onlyVisibleDeals, readingOf, ruleKey, shownBy, typesSeen } from './policy-rules.ts';

const every = <Value>(of: (figure: FigureId) => Value): Record<FigureId, Value> =>
  Object.fromEntries(FigureId.options.map((figure) => [figure, of(figure)])) as Record<FigureId, Value>; // safe because every id was mapped

const tables = {
  templates: TEMPLATES,
  inputs: every((figure) => [...inputsOf(figure)]),
  madeOf: every((figure) => [...madeOf(figure)]),
  ofAllDeals: [...OF_ALL_DEALS],
};

const NOBODY = '99'; // an id no rule names
const ids = fc.option(fc.constantFrom('1', '2'), { nil: undefined });
const rule: fc.Arbitrary<PolicyRule> = fc
  .record({
    role: ids,
    profile: ids,
    template: fc.constantFrom(null, ...Template.options),
    levels: fc.dictionary(fc.constantFrom(...FigureId.options), fc.constantFrom(...Level.options)),
    documentTypes: fc.option(fc.subarray([...DocumentType.options]), { nil: undefined }),
    onlyVisibleDeals: fc.option(fc.boolean(), { nil: undefined }),
    mayLink: fc.option(fc.boolean(), { nil: undefined }),
  })
  .filter(({ role, profile }) => role !== undefined || profile !== undefined)
  .map(({ levels, ...others }) => ({ ...others, levels: { ...levels } }));
const rules = fc.uniqueArray(rule, { selector: ruleKey, maxLength: 8 });

it('the editor reads every rule as the server does, for whoever has that role and profile', () => {
  fc.assert(
    fc.property(rules, (all) => {
      const document = { rules: all, bands: {}, cascadeFromBooks: true };
      const reading = readingOf(tables, document);
      for (const one of all) {
        const holder = { roleId: one.role ?? NOBODY, profileId: one.profile ?? NOBODY };
        const policy = policyFor(holder, { version: 1, document });
        expect(every((figure) => shownBy(one, figure, reading))).toEqual(policy.levels);
        expect(new Set(typesSeen(one, reading))).toEqual(policy.documentTypes);
        expect(onlyVisibleDeals(one, reading)).toBe(policy.onlyVisibleDeals);
        expect(mayLink(one, reading)).toBe(policy.mayLink);
      }
    }),
  );
});

const books = [
  aBook({
    customer: aCustomer({ receivable: 1234.56, unusedCredits: 321.45 }),
    invoices: [
      anInvoice({ id: '11', number: 'A', total: 5432.1, due: TODAY, dated: '2025-12-01' }),
      anInvoice({
        id: '12',
        number: 'B',
        total: 2345.67,
        due: '2026-01-31',
        dated: '2026-01-01',
        deal: 'D1',
      }),
      ...['13', '14', '15', '16'].map((id) =>
        anInvoice({ id, number: id, total: 999.99, balance: 0, dated: '2025-06-01', due: '2025-07-01' }),
      ),
    ],
    payments: ['13', '14', '15', '16'].map((id) =>
      aPayment({ id: `9${id}`, amount: 999.99, of: [id], on: '2025-07-12' }),
    ),
    estimates: [anEstimate({ id: '17', total: 8765.43, deal: 'D1' })],
  }),
];
const given = { today: TODAY, baseCurrency: 'USD' };
// zero looks the same in a range and as yes or no, so nothing here is zero
const some = { known: true, money: money('USD', '4321.09'), caveats: [], byCurrency: [] } as const;
const raw: Customer360Raw = {
  state: 'linked',
  record: { module: 'Deals', id: '42', name: 'Renewal' },
  today: TODAY,
  viewer: { administrator: false },
  customers: [{ id: '1', name: 'Acme', currency: 'USD' }],
  figures: {
    ...customerFigures(books, given),
    unusedRetainers: some,
    writtenOff: some,
  },
  definitions: USUAL_DEFINITIONS,
  ladder: { ...dealLadder(aDeal({ amount: '1234.56' }), books, given), collected: some },
  rows: documentRows(books, given),
  warnings: [],
  freshness: { state: 'fresh', knownGoodAt: '2026-03-15T08:00:00.000Z', missing: [] },
};

/** Shown no better than whatever figure a document is part of. */
const COLUMNS: ReadonlySet<FigureId> = new Set(['documentTotal', 'documentBalance']);

/** The answer for somebody who sees this figure at a level, what it depends on exactly, and else nothing. */
function seenAt(figure: FigureId, level: Level): string {
  const needed = (of: FigureId): readonly FigureId[] =>
    COLUMNS.has(of) ? FigureId.options : inputsOf(of).flatMap((input) => [input, ...needed(input)]);
  const grants = { ...Object.fromEntries(needed(figure).map((input) => [input, 'exact'])), [figure]: level };
  const { viewer: _template, ...told } = project(
    raw,
    settled({
      version: 1,
      grants,
      documentTypes: ALL_TYPES,
      onlyVisibleDeals: false,
      mayLink: false,
      bands: {},
    }),
  );
  return JSON.stringify(told);
}

/** Not in the answer of a record that is linked, or nothing on its own. */
const ELSEWHERE: ReadonlySet<FigureId> = new Set(['suggestions', 'lastPaymentAmount', 'ageingCounts']);

describe.each(FigureId.options.filter((figure) => !ELSEWHERE.has(figure)))('the choices for %s', (figure) => {
  it('leave out only levels that look like another one', () => {
    for (const level of Level.options)
      expect(seenAt(figure, level), level).toBe(seenAt(figure, stepAt(figure, level)));
  });

  it('each look different', () => {
    const looks = stepsOf(figure).map((step) => seenAt(figure, step));
    expect(new Set(looks).size).toBe(looks.length);
  });
});
