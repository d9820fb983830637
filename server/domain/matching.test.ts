import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SuggestionReason } from '../contract/links.ts';
import { addDays, calendarDay } from './calendar-day.ts';
import type { CustomerId, DealId, DocumentId } from './documents.ts';
import { rankedDocuments } from './matching.ts';
import { MATCH_REASONS } from './matching-evidence.ts';
import type { MatchDeal, MatchDocument, MatchQuestion } from './matching-question.ts';
import { money } from './money.ts';

const TODAY = calendarDay('2026-03-15');
const CLOSED = calendarDay('2026-02-01');
// safe because ids are any text here
const idOf = (id: string): DocumentId => id as DocumentId;
const dealId = (id: string): DealId => id as DealId;
const customerId = (id: string): CustomerId => id as CustomerId;

const aDeal = (given: Partial<MatchDeal> = {}): MatchDeal => ({
  id: dealId('9001'),
  name: 'Acme – meeting rooms',
  accountName: 'Acme',
  amount: money('USD', 12_000),
  closingDate: CLOSED,
  created: addDays(CLOSED, -60),
  stage: 'Closed Won',
  ...given,
});

let last = 0;
/** Far from the deal in every respect, unless said otherwise. */
function aDocument(given: Partial<MatchDocument> = {}): MatchDocument {
  last += 1;
  return {
    type: 'invoice',
    id: idOf(String(100 + last)),
    number: `INV-${String(last).padStart(6, '0')}`,
    reference: null,
    customerId: customerId('C1'),
    customerName: 'Acme',
    date: addDays(CLOSED, -400),
    total: money('USD', 777),
    net: money('USD', 700),
    exchangeRate: '1',
    dealId: null,
    ...given,
  };
}

const asked = (candidates: readonly MatchDocument[], given: Partial<MatchQuestion> = {}): MatchQuestion => ({
  deal: aDeal(),
  customersOfDeal: [customerId('C1')],
  candidates,
  baseCurrency: 'USD',
  today: TODAY,
  ...given,
});

/** Reasons told for the first of the candidates. */
function reasonsFor(question: MatchQuestion): readonly string[] {
  const [subject] = question.candidates;
  return rankedDocuments(question).find(({ candidate }) => candidate === subject)?.reasons ?? [];
}

const firstOf = (question: MatchQuestion): MatchDocument | undefined =>
  rankedDocuments(question)[0]?.candidate;

describe('documents ranked for a deal', () => {
  it('reasons are those people are told, who are also told what is on no deal yet', () => {
    expect([...MATCH_REASONS, 'unlinked'].sort()).toEqual([...SuggestionReason.options].sort());
  });

  it('says the same customer, and puts another customer’s document behind', () => {
    const [own, other] = [aDocument(), aDocument({ customerId: customerId('C2') })];
    expect(reasonsFor(asked([own, other]))).toEqual(['same_customer']);
    expect(reasonsFor(asked([other, own]))).toEqual([]);
    expect(firstOf(asked([other, own]))).toBe(own);
  });

  it('compares the amount with the deal’s, without tax or with it', () => {
    expect(reasonsFor(asked([aDocument({ net: money('USD', '12000.01') })]))).toContain('amount_equals');
    expect(reasonsFor(asked([aDocument({ net: null, total: money('USD', 12_000) })]))).toContain(
      'amount_equals',
    );
    expect(reasonsFor(asked([aDocument({ net: money('USD', '12600') })]))).toContain('amount_close');
    expect(
      reasonsFor(asked([aDocument({ net: money('USD', '12600.10'), total: money('USD', 13_500) })])),
    ).toEqual(['same_customer']);
  });

  it('compares an invoice with what is left to invoice; voided and drafted ones took nothing of it', () => {
    const onDeal = { dealId: dealId('9001'), total: money('USD', 8_800), net: money('USD', 8_000) };
    const rest = aDocument({ net: money('USD', 4_000) });
    expect(reasonsFor(asked([rest, aDocument(onDeal)]))).toContain('amount_equals');
    expect(reasonsFor(asked([rest, aDocument({ ...onDeal, status: 'void' })]))).not.toContain(
      'amount_equals',
    );
    expect(reasonsFor(asked([rest, aDocument(onDeal), aDocument({ ...onDeal, status: 'draft' })]))).toContain(
      'amount_equals',
    );
  });

  it('once the deal is invoiced in full, a further invoice goes behind, whatever its amount', () => {
    const offered = { dealId: dealId('9001'), net: money('USD', 12_000), total: money('USD', 13_200) };
    const [quote, invoice] = [aDocument({ ...offered, type: 'estimate' }), aDocument(offered)];
    const [again, revised] = [aDocument(offered), aDocument({ ...offered, type: 'estimate' })].map((one) => ({
      ...one,
      dealId: null,
    }));
    if (!again || !revised) throw new Error('Two were made');
    expect(reasonsFor(asked([again, quote]))).toContain('amount_equals');
    expect(reasonsFor(asked([again, quote, invoice]))).toEqual(['same_customer']);
    expect(reasonsFor(asked([revised, quote, invoice]))).toContain('amount_equals');
    const other = aDocument({ date: again.date });
    const scoreOf = (subject: MatchDocument) =>
      rankedDocuments(asked([again, other, invoice])).find(({ candidate }) => candidate === subject)?.score;
    expect(scoreOf(again)).toBe(scoreOf(other));
  });

  it('compares another currency only through the booked rate, and then never calls it equal', () => {
    const euros = aDocument({
      total: money('EUR', 12_000),
      net: money('EUR', 10_000),
      exchangeRate: '1.2',
    });
    expect(reasonsFor(asked([euros]))).toContain('amount_close');
    expect(reasonsFor(asked([{ ...euros, exchangeRate: null }]))).toEqual(['same_customer']);
    expect(reasonsFor(asked([euros], { baseCurrency: 'KWD' }))).toEqual(['same_customer']);
    const kwd = aDeal({ amount: money('KWD', 10_000) });
    expect(reasonsFor(asked([euros], { deal: kwd }))).toEqual(['same_customer']);
  });

  it('an expense is compared with no amount: what a deal costs is no part of what it brings in', () => {
    const visit = aDocument({ type: 'expense', net: money('USD', 12_000), date: CLOSED });
    expect(reasonsFor(asked([visit]))).toEqual(['same_customer', 'date_close']);
  });

  it('finds the document’s number in the deal’s name, however it is written', () => {
    const quote = aDocument({ type: 'estimate', number: 'QT-000412' });
    const named = (name: string) => reasonsFor(asked([quote], { deal: aDeal({ name }) }));
    expect(named('Meeting rooms as of qt 412')).toContain('number_in_deal_name');
    expect(named('Meeting rooms QT-4120')).not.toContain('number_in_deal_name');
    expect(named('Meeting rooms 412')).not.toContain('number_in_deal_name');
  });

  it('finds the deal’s name, number or id in the reference, but not the account’s name or a year', () => {
    const because = (reference: string, deal = aDeal({ number: 'D-1042' })) =>
      reasonsFor(asked([aDocument({ reference })], { deal })).includes('name_in_reference');
    expect(because('re: MEETING ROOMS, 2nd part')).toBe(true);
    expect(because('your D1042')).toBe(true);
    expect(because('9001')).toBe(true);
    expect(because('Acme')).toBe(false);
    expect(because('2026', aDeal({ name: 'Refit 2026' }))).toBe(false);
    expect(because('rooms', aDeal({ name: 'Acme – three meeting rooms' }))).toBe(false);
    expect(because('غرف الاجتماعات', aDeal({ name: 'أكمي – غُرَف الاجتماعات' }))).toBe(true);
  });

  it('a name two deals share tells half as much of either', () => {
    const candidates = [aDocument({ reference: 'Meeting rooms' })];
    const twin = aDeal({ id: dealId('9002'), amount: null });
    const score = (otherDeals: readonly MatchDeal[]) =>
      rankedDocuments(asked(candidates, { otherDeals }))[0]?.score ?? 0;
    expect(score([]) - score([twin])).toBe(22);
  });

  it('knows the seasons: quotes before the close, orders and invoices after, nothing long after', () => {
    const on = (type: MatchDocument['type'], days: number) =>
      reasonsFor(asked([aDocument({ type, date: addDays(CLOSED, days) })])).includes('date_close');
    expect([on('estimate', -30), on('estimate', 1)]).toEqual([true, false]);
    expect([on('sales_order', 3), on('sales_order', 31)]).toEqual([true, false]);
    expect([on('invoice', -15), on('invoice', -14), on('invoice', 90), on('invoice', 91)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([on('expense', -30), on('expense', 31)]).toEqual([true, false]);
  });

  it('an open deal past its date is still being worked on; one without dates since a quarter', () => {
    const late = aDeal({ stage: 'Verhandlung' });
    const recent = aDocument({ type: 'estimate', date: addDays(TODAY, -3) });
    expect(reasonsFor(asked([recent], { deal: late }))).toContain('date_close');
    const undated = aDeal({ stage: 'Negotiation', closingDate: null, created: null });
    expect(reasonsFor(asked([recent], { deal: undated }))).toContain('date_close');
    const old = aDocument({ type: 'estimate', date: addDays(TODAY, -91) });
    expect(reasonsFor(asked([old], { deal: undated }))).not.toContain('date_close');
  });

  it('follows quote, order and invoice, references to one another, and the customer’s order number', () => {
    const quote = aDocument({
      type: 'estimate',
      number: 'QT-7',
      dealId: dealId('9001'),
      net: null,
      total: money('USD', 12_500),
    });
    const order = aDocument({ type: 'sales_order', number: 'SO-7', estimateId: quote.id });
    const invoice = aDocument({ salesOrderId: order.id });
    expect(reasonsFor(asked([invoice, order, quote]))).toContain('same_chain');
    expect(reasonsFor(asked([aDocument({ reference: 'as quoted, qt-007' }), quote]))).toContain('same_chain');
    const theirs = { reference: 'PO 4711' };
    const ordered = { ...quote, ...theirs };
    expect(reasonsFor(asked([aDocument(theirs), ordered]))).toContain('same_chain');
    expect(
      reasonsFor(asked([aDocument({ ...theirs, customerId: customerId('C2') }), ordered])),
    ).not.toContain('same_chain');
    expect(
      reasonsFor(asked([aDocument({ reference: 'Attn. Kim' }), { ...quote, reference: 'Attn. Kim' }])),
    ).toEqual(['same_customer']);
  });

  it('what another deal’s chain has made goes behind', () => {
    const order = aDocument({ type: 'sales_order', dealId: dealId('9002') });
    const theirs = aDocument({ salesOrderId: order.id, date: CLOSED });
    const free = aDocument({ date: CLOSED });
    expect(firstOf(asked([theirs, free, order]))).toBe(free);
  });

  it('an instalment is known by its quote: the chain moves up with the one that has the amount', () => {
    const quote = aDocument({ type: 'estimate', net: money('USD', 12_000) });
    const part = aDocument({ estimateId: quote.id, net: money('USD', 3_000), date: CLOSED });
    const stray = aDocument({ net: money('USD', 3_000), date: CLOSED });
    const [first, second] = rankedDocuments(asked([stray, part, quote]));
    expect([first?.candidate, second?.candidate]).toContain(part);
    expect(rankedDocuments(asked([stray, part, quote]))[2]?.candidate).toBe(stray);
  });

  it('finds the items of what is on the deal, and weighs rare ones more', () => {
    const quote = aDocument({
      type: 'estimate',
      dealId: dealId('9001'),
      itemNames: ['Chair', 'Wall display', 'Desk'],
    });
    const rare = aDocument({ itemNames: ['WALL DISPLAY'] });
    const usual = aDocument({ itemNames: ['Chair'] });
    const strange = aDocument({ itemNames: ['Toner', 'Chair'] });
    const ranking = rankedDocuments(asked([usual, strange, rare, quote]));
    expect(ranking.map(({ candidate }) => candidate)).toEqual([rare, usual, strange, quote]);
    expect(ranking.map(({ reasons }) => reasons.includes('same_items'))).toEqual([true, true, false, true]);
  });

  it('goes behind where another deal of the account fits better', () => {
    const document = aDocument({ net: money('USD', 5_000), date: CLOSED });
    const otherwise = aDocument({ date: CLOSED });
    const other = aDeal({ id: dealId('9002'), name: 'Acme – chairs', amount: money('USD', 5_000) });
    expect(firstOf(asked([document, otherwise]))?.id).toBe(otherwise.id); // alike, so the newer id
    const better = { ...document, id: idOf('99999') };
    expect(firstOf(asked([better, otherwise]))).toBe(better);
    expect(firstOf(asked([better, otherwise], { otherDeals: [other] }))).toBe(otherwise);
  });

  it('puts linked elsewhere and void behind, and what is on the deal already last', () => {
    const here = aDocument({ dealId: dealId('9001'), reference: 'Meeting rooms', date: CLOSED });
    const elsewhere = aDocument({ dealId: dealId('9002'), date: CLOSED });
    const gone = aDocument({ status: 'void', date: addDays(CLOSED, 30) });
    const free = aDocument();
    const order = rankedDocuments(asked([here, elsewhere, gone, free])).map(({ candidate }) => candidate);
    expect(order).toEqual([free, elsewhere, gone, here]);
  });

  it('decides ties by date, then id', () => {
    const alike = { reference: null, date: addDays(CLOSED, -500) };
    const [a, b] = [aDocument({ ...alike, id: idOf('99') }), aDocument({ ...alike, id: idOf('100') })];
    const newer = aDocument({ date: addDays(CLOSED, -499) });
    expect(rankedDocuments(asked([a, newer, b])).map(({ candidate }) => candidate)).toEqual([newer, b, a]);
  });
});

const AMOUNTS = [700, 4_000, 8_000, 12_000, 12_300, 90_000];
const documents: fc.Arbitrary<readonly MatchDocument[]> = fc.uniqueArray(
  fc
    .record({
      type: fc.constantFrom(
        'invoice' as const,
        'estimate' as const,
        'sales_order' as const,
        'expense' as const,
      ),
      id: fc.integer({ min: 1, max: 40 }),
      reference: fc.constantFrom(null, 'PO 4711', 'meeting rooms', 'chairs', 'QT-12'),
      customer: fc.constantFrom('C1', 'C1', 'C1', 'C2'),
      days: fc.integer({ min: -120, max: 40 }),
      amount: fc.constantFrom(...AMOUNTS),
      currency: fc.constantFrom('USD', 'USD', 'EUR'),
      deal: fc.constantFrom(null, null, null, '9001', '9002'),
      from: fc.option(fc.integer({ min: 1, max: 40 })),
      itemNames: fc.subarray(['Chair', 'Desk', 'Wall display', 'Toner']),
    })
    .map(
      ({ type, id, customer, days, amount, currency, deal, from, reference, itemNames }): MatchDocument => ({
        type,
        id: idOf(String(id)),
        number: `${type === 'estimate' ? 'QT' : 'INV'}-${id}`,
        reference,
        customerId: customerId(customer),
        customerName: customer,
        date: addDays(CLOSED, days),
        total: money(currency, amount * 1.1),
        net: money(currency, amount),
        exchangeRate: currency === 'EUR' ? '1.1' : '1',
        dealId: deal === null ? null : dealId(deal),
        estimateId: from === null || type === 'estimate' ? null : idOf(String(from)),
        itemNames,
      }),
    ),
  { selector: ({ type, id }) => `${type} ${id}`, maxLength: 14 },
);
const OTHERS = [
  aDeal({ id: dealId('9002'), name: 'Acme – chairs', amount: money('USD', 4_000) }),
  aDeal({ id: dealId('9003'), name: 'Acme – meeting rooms 2', amount: null, stage: 'Negotiation' }),
];
const keyOf = ({ type, id }: MatchDocument): string => `${type} ${id}`;
const told = (question: MatchQuestion) =>
  rankedDocuments(question).map(
    ({ candidate, reasons, score }) => [keyOf(candidate), reasons, score] as const,
  );

/** What is left of a question for somebody who sees no amounts. */
function withoutAmounts(question: MatchQuestion): MatchQuestion {
  const { amount: _deal, ...deal } = question.deal;
  return {
    ...question,
    deal,
    candidates: question.candidates.map(({ total: _total, net: _net, exchangeRate: _rate, ...rest }) => rest),
    otherDeals: (question.otherDeals ?? []).map(({ amount: _amount, ...rest }) => rest),
  };
}

describe('whatever the documents', () => {
  it('their order, and that of the other deals, does not matter', () => {
    const pair = documents.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray([...given], { minLength: given.length, maxLength: given.length }),
      ),
    );
    fc.assert(
      fc.property(pair, ([given, shuffled]) => {
        expect(told(asked(shuffled, { otherDeals: [...OTHERS].reverse() }))).toEqual(
          told(asked(given, { otherDeals: OTHERS })),
        );
      }),
    );
  });

  it('each comes once, scores fall, and none is suggested before the free ones that is on the deal already', () => {
    fc.assert(
      fc.property(documents, (given) => {
        const ranking = rankedDocuments(asked(given, { otherDeals: OTHERS }));
        expect(ranking.map(({ candidate }) => keyOf(candidate)).sort()).toEqual(given.map(keyOf).sort());
        const scores = ranking.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        const linked = ranking.map(({ candidate }) => candidate.dealId === '9001');
        expect(linked).toEqual([...linked].sort((a, b) => Number(a) - Number(b)));
      }),
    );
  });

  it('hiding amounts takes away the reasons that speak of amounts, and no other', () => {
    fc.assert(
      fc.property(documents, (given) => {
        const question = asked(given, { otherDeals: OTHERS });
        const seen = new Map(
          told(question).map(([key, reasons]) => [key, reasons.filter((one) => !one.startsWith('amount_'))]),
        );
        for (const [key, reasons] of told(withoutAmounts(question))) expect(reasons).toEqual(seen.get(key));
      }),
    );
  });

  it('where amounts are hidden, no amount changes order, score or reasons', () => {
    const changed = documents.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.array(fc.constantFrom(...AMOUNTS), { minLength: given.length, maxLength: given.length }),
        fc.constantFrom(...AMOUNTS),
      ),
    );
    fc.assert(
      fc.property(changed, ([given, amounts, dealAmount]) => {
        const others = given.map((document, at) => ({
          ...document,
          total: money('USD', amounts[at] ?? 0),
          net: money('USD', amounts[at] ?? 0),
        }));
        const deal = aDeal({ amount: money('USD', dealAmount) });
        expect(told(withoutAmounts(asked(others, { deal, otherDeals: OTHERS })))).toEqual(
          told(withoutAmounts(asked(given, { otherDeals: OTHERS }))),
        );
      }),
    );
  });

  it('an amount of another currency without a rate is compared with nothing', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(...AMOUNTS), (given, amount) => {
        const foreign = (units: number) =>
          given.map((document) => ({
            ...document,
            dealId: null,
            exchangeRate: null,
            ...(document.net?.currency === 'EUR'
              ? { total: money('EUR', units), net: money('EUR', units) }
              : {}),
          }));
        expect(told(asked(foreign(amount), { otherDeals: OTHERS }))).toEqual(
          told(asked(foreign(12_000), { otherDeals: OTHERS })),
        );
      }),
    );
  });
});
