import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { DOCS, type LinkingWorld, openLinkingWorld, type Person } from './linking-world.ts';

const { fitOut, expansion } = SMALL.deals;

let at: LinkingWorld;
let rep: Person;
beforeAll(async () => {
  at = await openLinkingWorld();
  rep = at.as('rep');
});
beforeEach(() => at.reset());
afterAll(() => at.world.close());

const unlinked = async (deal: string, { type, id }: { type: string; id: string }): Promise<unknown> =>
  (await rep.ask('DELETE', `/api/v1/deals/${deal}/links/${type}/${id}`, {})).json();

describe('somebody who does not see quotes', () => {
  const types = ['invoice', 'payment', 'credit_note'] as const;
  beforeAll(() =>
    at.policy((document) => ({
      ...document,
      rules: document.rules.map((rule) =>
        rule.role === SMALL.roles.sales ? { ...rule, documentTypes: [...types] } : rule,
      ),
    })),
  );
  afterAll(() =>
    at.policy((document) => ({
      ...document,
      rules: document.rules.map(({ documentTypes: _, ...rule }) => rule),
    })),
  );

  test('can neither unlink nor link nor retry nor decide about one, and Books is not asked to', async () => {
    for (const deal of [fitOut, expansion]) {
      expect(await unlinked(deal, DOCS.estimate)).toMatchObject({ code: 'record.not_found' });
      expect(await rep.retry(deal, DOCS.estimate)).toBe('record.not_found');
      expect(await rep.resolve(deal, DOCS.estimate, 'books')).toBe('record.not_found');
      expect(await rep.link(deal, DOCS.estimate)).toMatchObject([
        { outcome: 'refused', obstacles: [{ code: 'document_gone' }] },
      ]);
    }
    expect(at.writes()).toEqual([]);
    expect(at.inBooks(DOCS.estimate)).toBe(fitOut);
  });

  test('is told the same of one that does not exist', async () => {
    const absent = { type: 'estimate', id: '460000000000999999' } as const;
    expect(await unlinked(fitOut, absent)).toMatchObject({ code: 'record.not_found' });
    expect(await rep.link(fitOut, absent)).toMatchObject([
      { outcome: 'refused', obstacles: [{ code: 'document_gone' }] },
    ]);
  });
});

test.each([
  ['of a kind somebody does not see', { documentTypes: ['estimate' as const] }],
  ['where only deals count that somebody sees', { onlyVisibleDeals: true }],
])("another customer's document %s is told like one that does not exist", async (_, limits) => {
  const birch = at.world.zoho.organisation.crm.Accounts.find(({ id }) => id === SMALL.accounts.birch);
  if (!birch) throw new Error('The organisation has changed');
  birch.Owner = { id: SMALL.users.rep, name: 'Rep' };
  const answers = async () => [
    (await rep.preview(expansion, [DOCS.birch])).obstacles[0]?.obstacles,
    (await rep.link(expansion, DOCS.birch))[0],
  ];
  expect(await answers()).toMatchObject([[{ code: 'other_customer' }], { outcome: 'refused' }]);
  await at.policy((document) => ({
    ...document,
    rules: document.rules.map((rule) => (rule.role === SMALL.roles.sales ? { ...rule, ...limits } : rule)),
  }));
  expect(await answers()).toMatchObject([
    [{ code: 'document_gone' }],
    { obstacles: [{ code: 'document_gone' }] },
  ]);
  await at.policy((document) => ({
    ...document,
    rules: document.rules.map(({ documentTypes: _types, onlyVisibleDeals: _deals, ...rule }) => rule),
  }));
});

describe('where an administrator decided whose a customer is', () => {
  const { aster, birch } = SMALL.customers;
  const decide = async (customerId: string, version: number, account: string | null): Promise<void> => {
    const to = account ? { says: 'record', module: 'Accounts', id: account } : { says: 'books' };
    const answer = await at.world.ask('POST', '/api/v1/settings/mapping/decisions', {
      token: at.token('administrator'),
      body: { changes: [{ customerId, version, to }] },
    });
    expect(answer.json()).toMatchObject({ results: [{ outcome: 'changed' }] });
  };
  const idsFor = async (who: Person, deal: string): Promise<readonly string[]> =>
    (await who.suggestions(deal)).suggestions.map(({ document }) => document.id);
  let administrator: Person;
  beforeEach(async () => {
    administrator = at.as('administrator');
    // Whoever is decided about has to be in the copy.
    await rep.links(expansion);
    await administrator.links(SMALL.deals.birch);
  });

  test('its documents are suggested and linked on deals of that account, by whoever sees the account', async () => {
    expect(await idsFor(rep, expansion)).not.toContain(DOCS.birch.id);
    await decide(birch, 0, SMALL.accounts.aster);
    expect(await idsFor(rep, expansion)).toContain(DOCS.birch.id);
    expect((await rep.preview(expansion, [DOCS.birch])).obstacles).toMatchObject([{ obstacles: [] }]);
    expect(await rep.link(expansion, DOCS.birch)).toMatchObject([{ outcome: 'linked' }]);
    expect(at.inBooks(DOCS.birch)).toBe(expansion);
    // On the account that Books names it is found no longer.
    expect(await idsFor(administrator, SMALL.deals.birch)).toEqual([]);
    await decide(birch, 1, null);
  });

  test('documents of another account are not, and are told apart from none only where that account is seen', async () => {
    await decide(aster, 0, SMALL.accounts.birch);
    expect(await idsFor(rep, expansion)).toEqual([]);
    expect(await idsFor(administrator, expansion)).toEqual([]);
    // Books has it on an account the representative sees; what was decided counts.
    for (const [who, code] of [
      [rep, 'document_gone'],
      [administrator, 'other_customer'],
    ] as const) {
      expect((await who.preview(expansion, [DOCS.due])).obstacles[0]?.obstacles).toEqual([{ code }]);
      expect(await who.link(expansion, DOCS.due)).toMatchObject([
        { outcome: 'refused', obstacles: [{ code }] },
      ]);
    }
    expect(at.writes()).toEqual([]);
    expect(await idsFor(administrator, SMALL.deals.birch)).toContain(DOCS.due.id);
    await decide(aster, 1, null);
  });
});

test('a deal that has nothing to do with a document decides nothing about it', async () => {
  expect(await rep.retry(expansion, DOCS.late)).toBe('record.not_found');
  expect(await rep.resolve(expansion, DOCS.late, 'books')).toBe('record.not_found');
  expect(at.writes()).toEqual([]);
  expect(at.inBooks(DOCS.late)).toBe(fitOut);
});

test('whoever does not see a deal is not asked why they take an automation’s link off it', async () => {
  await rep.link(expansion, DOCS.due);
  await at.world.database.query("update deal_links set origin = 'automation'");
  expect(await unlinked(expansion, DOCS.due)).toMatchObject({ code: 'request.invalid' });
  const { crm } = at.world.zoho.organisation;
  for (const record of [...crm.Deals, ...crm.Accounts])
    record.Owner = { id: SMALL.users.administrator, name: 'Somebody else' };
  expect(await unlinked(expansion, DOCS.due)).toMatchObject({ code: 'record.not_found' });
});

test('a deal that was taken away from somebody a moment ago can no longer be changed by them', async () => {
  await rep.links(fitOut);
  const deal = at.world.zoho.organisation.crm.Deals.find(({ id }) => id === fitOut);
  const account = at.world.zoho.organisation.crm.Accounts.find(({ id }) => id === SMALL.accounts.aster);
  if (!deal || !account) throw new Error('The organisation has changed');
  const other = { id: SMALL.users.administrator, name: 'Somebody else' };
  deal.Owner = other;
  account.Owner = other;
  expect(await unlinked(fitOut, DOCS.late)).toMatchObject({ code: 'record.not_found' });
  expect(at.writes()).toEqual([]);
});
