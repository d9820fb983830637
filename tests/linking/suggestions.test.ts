/** What is suggested, found and counted, per role; and who may link at all. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DealLadder } from '../../server/contract/customer-360.ts';
import { codeOf } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { EUR } from '../sandbox/small-organisation-documents.ts';
import { DOCS, type LinkingWorld, openLinkingWorld, type Person } from './linking-world.ts';

const { fitOut, expansion } = SMALL.deals;

let at: LinkingWorld;
let rep: Person;
let administrator: Person;
beforeAll(async () => {
  at = await openLinkingWorld();
  [rep, administrator] = [at.as('rep'), at.as('administrator')];
});
beforeEach(() => at.reset());
afterAll(() => at.world.close());

const numbers = async (who: Person, query: string): Promise<readonly string[]> => {
  await who.links(expansion);
  return (await who.suggestions(expansion, query)).suggestions.map(({ document }) => document.number).sort();
};

describe('suggestions', () => {
  test('are the documents of the deal’s customers that are not on it, unlinked ones first', async () => {
    await rep.links(expansion);
    const { suggestions, total } = await rep.suggestions(expansion);
    expect(total).toBe(8);
    const linked = suggestions
      .filter(({ document }) => document.id !== DOCS.voided.id)
      .map(({ document }) => document.dealId === fitOut);
    expect(linked.indexOf(true)).toBeGreaterThan(linked.lastIndexOf(false));
    const obstacles = suggestions.find(({ document }) => document.id === DOCS.late.id)?.obstacles;
    expect(obstacles).toEqual([{ code: 'linked_elsewhere', deal: { id: fitOut, name: 'Aster fit-out' } }]);
    expect(
      suggestions
        .filter(({ reasons }) => !reasons.includes('unlinked'))
        .map(({ document }) => document.dealId),
    ).toEqual(Array(4).fill(fitOut));
    // What is void is nobody's to link, and comes after what is free.
    expect(suggestions.findIndex(({ document }) => document.id === DOCS.voided.id)).toBeGreaterThan(
      linked.lastIndexOf(false),
    );
    await rep.link(expansion, DOCS.due);
    expect((await rep.suggestions(expansion)).total).toBe(7);
  });

  test('are found by number, reference and customer, in any case', async () => {
    at.wire(DOCS.paid).reference_number = 'PO Zürich-77';
    expect(await numbers(rep, 'q=inv-000002')).toEqual(['INV-000002']);
    expect(await numbers(rep, 'q=zurich')).toEqual(['INV-000003']);
    expect((await numbers(rep, 'q=aster')).length).toBe(8);
    expect(await numbers(rep, 'type=estimate')).toEqual(['EST-000001']);
    expect(await numbers(rep, 'status=draft')).toEqual(['INV-000004']);
    expect(await numbers(rep, 'q=nothing')).toEqual([]);
  });

  test('are found by amount only by those who see amounts exactly', async () => {
    // net 200, total 216
    expect(await numbers(administrator, 'q=216')).toEqual(['INV-000002']);
    expect(await numbers(administrator, 'q=216,00')).toEqual(['INV-000002']);
    expect(await numbers(administrator, 'q=1.080,00')).toEqual(['INV-000001']);
    expect(await numbers(rep, 'q=216')).toEqual([]);
  });

  test('give no reason, no amount and no order away that a role may not see', async () => {
    at.world.zoho.crmEdits.change('Deals', expansion, { Amount: 216 });
    await administrator.links(expansion);
    const [best] = (await administrator.suggestions(expansion)).suggestions;
    expect([best?.document.number, best?.reasons]).toEqual([
      'INV-000002',
      expect.arrayContaining(['amount_equals']),
    ]);
    const before = await rep.suggestions(expansion);
    expect(before.suggestions.flatMap(({ reasons }) => reasons)).not.toContain('amount_equals');
    expect(before.suggestions.flatMap(({ reasons }) => reasons)).not.toContain('amount_close');
    // Within the same band, another amount changes nothing of what this role is told.
    at.world.zoho.booksEdits.change('invoices', DOCS.due.id, { total: 300, balance: 300, sub_total: 284 });
    at.world.zoho.crmEdits.change('Deals', expansion, { Amount: 4999 });
    at.world.later(16 * 60_000);
    await at.signInAgain();
    await rep.links(expansion);
    expect(await rep.suggestions(expansion)).toEqual(before);
  });

  describe('beside a quote that was linked', () => {
    const reasonsOf = async (who: Person, { id }: { id: string }) =>
      (await who.suggestions(expansion)).suggestions.find(({ document }) => document.id === id)?.reasons;
    const papers = ['same_chain', 'same_items'] as const;
    const paperReasons = async (who: Person, document: { id: string }) =>
      (await reasonsOf(who, document))?.filter((reason) => papers.some((one) => one === reason)) ?? null;
    const ofSales = (limits: { documentTypes?: ['invoice'] }) =>
      at.policy((document) => ({
        ...document,
        rules: document.rules.map(({ documentTypes: _types, ...rule }) =>
          rule.role === SMALL.roles.sales ? { ...rule, ...limits } : rule,
        ),
      }));
    const items = (...names: readonly string[]) =>
      names.map((name, at) => ({ line_item_id: `${at + 1}`, name, quantity: 1, rate: 1, item_total: 1 }));
    /** Its page is read by linking it, and by taking that back: never for its own sake. */
    const lookedAt = async (document: typeof DOCS.due | typeof DOCS.paid) => {
      await administrator.link(expansion, document);
      await administrator.unlink(expansion, document);
    };

    beforeEach(async () => {
      at.world.zoho.booksEdits.changeDeal('estimates', DOCS.estimate.id, '');
      at.wire(DOCS.estimate).line_items = items('Oak desk', 'Lamp');
      Object.assign(at.wire(DOCS.due), { estimate_id: DOCS.estimate.id, line_items: items('Carpet') });
      at.wire(DOCS.paid).line_items = items('OAK  desk');
      await administrator.links(expansion);
      await lookedAt(DOCS.due);
      await lookedAt(DOCS.paid);
    });

    test('are what was made from it and what has its items, for those who see quotes, also without amounts', async () => {
      expect(await paperReasons(rep, DOCS.due)).toEqual([]);
      await administrator.link(expansion, DOCS.estimate);
      const before = at.world.zoho.exchanges.list('books').length;
      for (const who of [administrator, rep]) {
        expect(await paperReasons(who, DOCS.due)).toEqual(['same_chain']);
        expect(await paperReasons(who, DOCS.paid)).toEqual(['same_items']);
      }
      expect(at.world.zoho.exchanges.list('books').length).toBe(before);
    });

    test('are, for somebody who sees no quotes, what they were without it, in the same order', async () => {
      await ofSales({ documentTypes: ['invoice'] });
      try {
        const without = await rep.suggestions(expansion);
        await administrator.link(expansion, DOCS.estimate);
        expect(await rep.suggestions(expansion)).toEqual(without);
        expect(await paperReasons(rep, DOCS.due)).toEqual([]);
        // A second invoice of the same quote on the deal: that they have it in common is not theirs to know.
        at.wire(DOCS.paid).estimate_id = DOCS.estimate.id;
        await administrator.link(expansion, DOCS.paid);
        expect(await paperReasons(rep, DOCS.due)).toEqual([]);
        expect(await paperReasons(administrator, DOCS.due)).toEqual(['same_chain']);
      } finally {
        await ofSales({});
      }
    });
  });

  test('of deleted deals are as good as unlinked', async () => {
    at.world.zoho.crmEdits.delete('Deals', fitOut);
    at.world.later(61_000);
    const one = (await rep.suggestions(expansion)).suggestions.find(
      ({ document }) => document.id === DOCS.late.id,
    );
    expect([one?.obstacles, one?.document.dealId]).toEqual([[], undefined]);
    expect((await rep.preview(expansion, [DOCS.late])).obstacles).toEqual([
      { document: DOCS.late, obstacles: [] },
    ]);
  });

  test('for a role without documents are none, and nothing of that role can link', async () => {
    await at.policy((document) => ({
      ...document,
      rules: document.rules.map((rule) => ({ ...rule, template: 'least', mayLink: true })),
    }));
    try {
      expect(await rep.suggestions(expansion)).toMatchObject({ suggestions: [], total: 0 });
      expect((await rep.links(fitOut)).links).toEqual([]);
      const answer = await rep.ask('POST', `/api/v1/deals/${expansion}/links`, { documents: [DOCS.due] });
      expect(codeOf(answer)).toBe('link.no_right');
      expect((await rep.preview(expansion, [DOCS.due])).obstacles).toEqual([
        { document: DOCS.due, obstacles: [{ code: 'no_right' }] },
      ]);
    } finally {
      await at.policy((document) => ({
        ...document,
        rules: document.rules.map((rule) => ({
          ...rule,
          template: rule.role === SMALL.roles.finance ? 'exact' : 'sales',
          mayLink: true,
        })),
      }));
    }
  });

  test('deals of an account are those the person sees, by name', async () => {
    const of = async (who: Person, query = '') =>
      (
        (await who.ask('GET', `/api/v1/accounts/${SMALL.accounts.aster}/deals?${query}`)).json() as {
          deals: { name: string; amount?: unknown }[];
        }
      ).deals;
    expect((await of(administrator)).map(({ name }) => name).sort()).toEqual([
      'Aster expansion',
      'Aster fit-out',
    ]);
    expect(await of(administrator, 'q=EXP')).toMatchObject([
      { name: 'Aster expansion', amount: { level: 'exact', money: { currency: 'USD', amount: '5000.00' } } },
    ]);
    expect((await of(rep, 'q=exp'))[0]?.amount).toMatchObject({ level: 'band' });
    at.world.zoho.crmEdits.delete('Deals', expansion);
    at.world.later(61_000);
    expect((await of(administrator)).map(({ name }) => name)).toEqual(['Aster fit-out']);
    const foreign = `/api/v1/accounts/${SMALL.accounts.birch}/deals`;
    expect(codeOf(await rep.ask('GET', foreign))).toBe('record.not_found');
  });
});

describe('a preview', () => {
  test('tells the ladder before and after exactly as it then is, on one tax basis', async () => {
    await administrator.links(expansion);
    const { before, after, obstacles } = await administrator.preview(expansion, [DOCS.due, DOCS.paid]);
    expect(obstacles.flatMap((one) => one.obstacles)).toEqual([]);
    expect([before.invoiced, after.invoiced]).toMatchObject([
      { money: { amount: '0.00' } },
      { money: { amount: '700.00' } },
    ]);
    expect([after.basis, after.leftToInvoice]).toMatchObject([
      'net_of_tax',
      { money: { amount: '4300.00' } },
    ]);
    expect(at.writes()).toEqual([]);
    await administrator.link(expansion, DOCS.due, DOCS.paid);
    const path = `/api/v1/records/Deals/${expansion}/customer-360`;
    const now = ((await administrator.ask('GET', path)).json() as { ladder: DealLadder }).ladder;
    expect(now).toEqual(after);
  });

  test('counts a share, and a document in another currency at its booked rate', async () => {
    const half = await administrator.preview(expansion, [{ ...DOCS.due, share: '80' }]);
    expect(half.after.invoiced).toMatchObject({ money: { currency: 'USD', amount: '80.00' } });
    at.world.zoho.booksEdits.change('invoices', DOCS.due.id, EUR);
    at.world.later(16 * 60_000);
    await at.signInAgain();
    await administrator.links(expansion);
    const euro = await administrator.preview(expansion, [{ ...DOCS.due, share: '80' }]);
    // The amount stays the document's own; the rate stands beside it, for those who see amounts.
    const suggested = async (who: Person) =>
      (await who.suggestions(expansion)).suggestions.find(({ document }) => document.id === DOCS.due.id);
    expect(await suggested(administrator)).toMatchObject({
      document: { total: { level: 'exact', money: { currency: 'EUR' } } },
      booked: { rate: '1.1', base: { currency: 'USD', amount: expect.stringMatching(/^\d+\.\d\d$/) } },
    });
    expect((await suggested(rep))?.booked).toBeUndefined();
    expect(euro.after.invoiced).toMatchObject({
      money: { currency: 'USD', amount: '88.00' },
      caveats: expect.arrayContaining(['converted_at_booked_rates']),
    });
  });
});

describe('a connection from before links were written', () => {
  test('reads on, and asks for being connected again where somebody wants to link', async () => {
    await at.world.database.query('update books_grants set scopes = null');
    expect(await rep.links(fitOut)).toMatchObject({ mayLink: true, reconnect: true });
    const answer = await rep.ask('POST', `/api/v1/deals/${expansion}/links`, { documents: [DOCS.due] });
    expect(codeOf(answer)).toBe('link.reconnect');
    const token = at.token('administrator');
    const settings = async () => (await at.world.ask('GET', '/api/v1/settings', { token })).json();
    expect(await settings()).toMatchObject({ books: { state: 'connected', reconnectToLink: true } });
    await at.world.connectBooks(token, SMALL.users.administrator);
    expect((await rep.links(fitOut)).reconnect).toBeUndefined();
    expect((await rep.link(expansion, DOCS.due))[0]).toMatchObject({ outcome: 'linked' });
  });
});
