/** Everything that can stand in the way of a link, each by its own word; and what is refused before Zoho is asked. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOf } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { DOCS, type LinkingWorld, openLinkingWorld, type Person } from './linking-world.ts';

const { fitOut, expansion, birch } = SMALL.deals;

let at: LinkingWorld;
let rep: Person;
let administrator: Person;
beforeAll(async () => {
  at = await openLinkingWorld();
  rep = at.as('rep');
  administrator = at.as('administrator');
});
beforeEach(() => at.reset());
afterAll(() => at.world.close());

const refused = (...obstacles: readonly object[]) => [{ outcome: 'refused', obstacles }];
const told = async (who: Person, deal: string, document: Parameters<Person['link']>[1]) => {
  const [preview] = (await who.preview(deal, [document])).obstacles;
  return preview?.obstacles;
};

describe('in the way of a link, in the preview as in the answer, and without a write', () => {
  test('another customer, where the person sees that customer', async () => {
    expect(await told(administrator, expansion, DOCS.birch)).toEqual([{ code: 'other_customer' }]);
    expect(await administrator.link(expansion, DOCS.birch)).toMatchObject(
      refused({ code: 'other_customer' }),
    );
    expect(at.writes()).toEqual([]);
  });

  test('a document the person does not see answers like one that does not exist', async () => {
    const none = { type: 'invoice', id: '460000000000099999' } as const;
    expect(await told(rep, expansion, DOCS.birch)).toEqual([{ code: 'document_gone' }]);
    expect(await told(rep, expansion, none)).toEqual([{ code: 'document_gone' }]);
    const answers = await rep.link(expansion, DOCS.birch, none);
    expect(answers.map((answer) => ({ ...answer, document: null }))).toEqual([
      { outcome: 'refused', document: null, obstacles: [{ code: 'document_gone' }] },
      { outcome: 'refused', document: null, obstacles: [{ code: 'document_gone' }] },
    ]);
    expect(at.writes()).toEqual([]);
  });

  test('another deal, by name for those who see it', async () => {
    const elsewhere = { code: 'linked_elsewhere', deal: { id: fitOut, name: 'Aster fit-out' } };
    expect(await told(rep, expansion, DOCS.late)).toEqual([elsewhere]);
    expect(await rep.link(expansion, DOCS.late)).toMatchObject(refused(elsewhere));
    expect(at.writes()).toEqual([]);
  });

  test('another deal somebody linked here, with who and when', async () => {
    await administrator.link(fitOut, DOCS.due);
    expect(await rep.link(expansion, DOCS.due)).toMatchObject(
      refused({ code: 'linked_elsewhere', by: 'Ada Keller', at: at.world.now().toISOString() }),
    );
  });

  test('a deal that is not theirs to see is not named', async () => {
    at.world.zoho.booksEdits.changeDeal('invoices', DOCS.due.id, birch);
    expect(await rep.link(expansion, DOCS.due)).toEqual([
      { outcome: 'refused', document: DOCS.due, obstacles: [{ code: 'linked_elsewhere' }] },
    ]);
    // Not even when they claim to have seen it there: only a deal they see is theirs to take from.
    expect(await rep.link(expansion, { ...DOCS.due, seenDeal: birch })).toMatchObject([
      { outcome: 'refused' },
    ]);
    expect(at.inBooks(DOCS.due)).toBe(birch);
  });

  test('the same deal', async () => {
    expect(await told(rep, fitOut, DOCS.late)).toEqual([{ code: 'already_linked' }]);
    expect(await rep.link(fitOut, DOCS.late)).toMatchObject(refused({ code: 'already_linked' }));
  });

  test('a voided document', async () => {
    expect(await told(rep, expansion, DOCS.voided)).toEqual([{ code: 'voided' }]);
    expect(await rep.link(expansion, DOCS.voided)).toMatchObject(refused({ code: 'voided' }));
    expect(at.writes()).toEqual([]);
  });

  test('a deal without an account', async () => {
    at.world.zoho.crmEdits.change('Deals', expansion, { Account_Name: null });
    expect(await told(rep, expansion, DOCS.due)).toEqual([{ code: 'deal_without_account' }]);
    expect(await rep.link(expansion, DOCS.due)).toMatchObject(refused({ code: 'deal_without_account' }));
  });

  test('a deal deleted since it was looked at', async () => {
    await rep.links(expansion);
    at.world.zoho.crmEdits.delete('Deals', expansion);
    expect(await rep.link(expansion, DOCS.due)).toMatchObject(refused({ code: 'deal_gone' }));
    at.world.later(61_000);
    expect(codeOf(await rep.ask('GET', `/api/v1/deals/${expansion}/links`))).toBe('record.not_found');
    expect(at.writes()).toEqual([]);
  });

  test('a document deleted since it was looked at', async () => {
    await rep.links(expansion);
    at.world.zoho.booksEdits.delete('invoices', DOCS.due.id);
    expect(await rep.link(expansion, DOCS.due)).toMatchObject(refused({ code: 'document_gone' }));
  });

  test('Books that cannot be asked what the document holds', async () => {
    await rep.links(expansion);
    at.world.zoho.scenario.add({ match: { service: 'books' }, answer: 'http_502' });
    expect(await rep.link(expansion, DOCS.due)).toMatchObject(refused({ code: 'books_unreachable' }));
    at.world.zoho.scenario.clear();
    // Nothing was kept back: the same may be asked again at once.
    expect(await rep.link(expansion, DOCS.due)).toMatchObject([{ outcome: 'linked' }]);
  });

  test('no right', async () => {
    await at.policy((document) => ({
      ...document,
      rules: document.rules.map((rule) => ({ ...rule, mayLink: false })),
    }));
    try {
      expect(await told(rep, expansion, DOCS.due)).toEqual([{ code: 'no_right' }]);
      expect((await rep.links(expansion)).mayLink).toBe(false);
      const [first] = (await rep.suggestions(expansion)).suggestions;
      expect(first?.obstacles).toContainEqual({ code: 'no_right' });
      const path = `/api/v1/deals/${expansion}/links`;
      const one = `${path}/invoice/${DOCS.late.id}`;
      const answers = [
        await rep.ask('POST', path, { documents: [DOCS.due] }),
        await rep.ask('DELETE', one, {}),
        await rep.ask('POST', `${path}/undo`, { undoId: crypto.randomUUID() }),
        await rep.ask('POST', `${one}/retry`, {}),
        await rep.ask('POST', `${one}/resolve`, { keep: 'ours' }),
      ];
      expect(answers.map(codeOf)).toEqual(Array(5).fill('link.no_right'));
    } finally {
      await at.policy((document) => ({
        ...document,
        rules: document.rules.map((rule) => ({ ...rule, mayLink: true })),
      }));
    }
  });

  test('more than the document’s net amount, and a net amount nobody tells', async () => {
    const tooMuch = { ...DOCS.due, share: '200.01' };
    expect(await told(administrator, expansion, tooMuch)).toEqual([{ code: 'exceeds_net' }]);
    expect(await administrator.link(expansion, tooMuch)).toMatchObject(refused({ code: 'exceeds_net' }));
    // Dollars have cents, and nothing smaller could ever add up to the document again.
    const tooFine = { ...DOCS.due, share: '1.005' };
    expect(await told(administrator, expansion, tooFine)).toEqual([{ code: 'share_too_precise' }]);
    expect(await administrator.link(expansion, tooFine)).toMatchObject(
      refused({ code: 'share_too_precise' }),
    );
    Object.assign(at.wire(DOCS.due), { tax_total: undefined, taxes: undefined });
    expect(await administrator.link(expansion, { ...DOCS.due, share: '1' })).toMatchObject(
      refused({ code: 'net_unknown' }),
    );
    expect(at.writes()).toEqual([]);
  });

  test('a share, for whoever is not told exact amounts: the answers would tell them', async () => {
    for (const share of ['1', '199.99', '200.01', '1000000']) {
      const documents = [{ ...DOCS.due, share }];
      for (const path of ['/preview', ''])
        expect(codeOf(await rep.ask('POST', `/api/v1/deals/${expansion}/links${path}`, { documents }))).toBe(
          'request.invalid',
        );
    }
    expect(at.writes()).toEqual([]);
  });

  test('what Books will probably refuse is told beforehand, and hinders nobody', async () => {
    at.wire(DOCS.estimate).status = 'approved';
    at.world.zoho.booksEdits.changeDeal('estimates', DOCS.estimate.id, '');
    await rep.links(expansion);
    expect(await told(rep, expansion, DOCS.estimate)).toEqual([{ code: 'approved' }]);
    expect(await rep.link(expansion, DOCS.estimate)).toMatchObject([
      { outcome: 'linked', inBooks: { state: 'not_yet', reason: 'approved' } },
    ]);
    at.world.zoho.scenario.writes.set('invoices', 'refuses_locked');
    await rep.link(expansion, DOCS.due);
    await rep.unlink(expansion, DOCS.due);
    expect(await rep.link(fitOut, DOCS.paid)).toMatchObject([{ inBooks: { reason: 'locked' } }]);
    expect(await told(rep, expansion, { ...DOCS.paid, seenDeal: fitOut })).toEqual([
      { code: 'locked_period' },
    ]);
  });
});

/** But the list of users, which is read every quarter of an hour whatever is asked. */
const booksCalls = () => at.world.zoho.exchanges.list('books').filter(({ path }) => !path.endsWith('/users'));

describe('before any call to Zoho', () => {
  const links = `/api/v1/deals/${expansion}/links`;
  const invoice = { type: 'invoice', id: DOCS.due.id };
  const one = `${links}/invoice/${DOCS.due.id}`;
  const fiftyOne = Array.from({ length: 51 }, (_, id) => ({ type: 'invoice', id: String(id + 1) }));
  const senseless: readonly (readonly [string, 'GET' | 'POST' | 'DELETE', string, unknown])[] = [
    ['a deal id that is none', 'POST', '/api/v1/deals/..%2F1/links', { documents: [invoice] }],
    ['a document id that is none', 'POST', links, { documents: [{ type: 'invoice', id: 'x' }] }],
    [
      'an id longer than Zoho makes them',
      'POST',
      links,
      { documents: [{ type: 'invoice', id: '1'.repeat(21) }] },
    ],
    ['a kind that holds no deal', 'POST', links, { documents: [{ type: 'payment', id: DOCS.due.id }] }],
    ['a kind of another module', 'DELETE', `${links}/Accounts/${DOCS.due.id}`, {}],
    ['no documents', 'POST', links, { documents: [] }],
    ['more than fifty documents', 'POST', links, { documents: fiftyOne }],
    ['one document twice', 'POST', links, { documents: [invoice, invoice] }],
    ['a share of nothing', 'POST', links, { documents: [{ ...invoice, share: '0.00' }] }],
    ['a share below nothing', 'POST', links, { documents: [{ ...invoice, share: '-5' }] }],
    ['a share in words', 'POST', links, { documents: [{ ...invoice, share: '1e3' }] }],
    ['a word more than the contract has', 'POST', links, { documents: [{ ...invoice, organisation: '1' }] }],
    [
      'a share with a currency of its own',
      'POST',
      links,
      { documents: [{ ...invoice, share: '5', currency: 'EUR' }] },
    ],
    [
      'a share of more decimals than any currency',
      'POST',
      links,
      { documents: [{ ...invoice, share: '5.0001' }] },
    ],
    ['a share as a number', 'POST', links, { documents: [{ ...invoice, share: 5 }] }],
    ['a deal seen on it that is none', 'POST', links, { documents: [{ ...invoice, seenDeal: '__proto__' }] }],
    ['a kind that every object has', 'POST', links, { documents: [{ ...invoice, type: 'constructor' }] }],
    ['a list in place of a request', 'POST', links, [{ documents: [invoice] }]],
    ['the same for a preview', 'POST', `${links}/preview`, [{ documents: [invoice] }]],
    ['too much for a preview', 'POST', `${links}/preview`, { documents: fiftyOne }],
    ['a search longer than any number', 'GET', `${links}/suggestions?q=${'9'.repeat(101)}`, undefined],
    ['a kind to search that holds no deal', 'GET', `${links}/suggestions?type=payment`, undefined],
    ['a page that is none', 'GET', `${links}/suggestions?page=-1`, undefined],
    ['two searches in one', 'GET', `${links}/suggestions?q=a&q=b`, undefined],
    ['a list of a deal that is none', 'GET', '/api/v1/deals/1%27--/links', undefined],
    ['a reason no database keeps', 'DELETE', one, { reason: 'wrong\u0000deal' }],
    ['a reason with half a character', 'DELETE', one, { reason: 'wrong \ud800 deal' }],
    ['a reason longer than the log keeps', 'DELETE', one, { reason: 'x'.repeat(201) }],
    ['a list in place of a reason', 'DELETE', one, ['wrong deal']],
    ['a retry with wishes', 'POST', `${one}/retry`, { deal: fitOut }],
    ['a list in place of a retry', 'POST', `${one}/retry`, []],
    ['a decision with wishes', 'POST', `${one}/resolve`, { keep: 'ours', deal: fitOut }],
    ['an undo that is none', 'POST', `${links}/undo`, { undoId: 'yesterday' }],
    ['a decision that is none', 'POST', `${one}/resolve`, { keep: 'both' }],
  ];
  test.each(senseless)('%s is refused', async (_, method, path, body) => {
    at.world.zoho.exchanges.reset();
    // An administrator: nothing is refused for want of a right.
    expect(codeOf(await administrator.ask(method, path, body))).toBe('request.invalid');
    // Whoever wants to change something is asked of CRM afresh; nothing else is.
    const asked = at.world.zoho.exchanges
      .list()
      .filter(({ service, path: to }) => service !== 'accounts' && !to.endsWith('/crm/v8/users'));
    expect(asked).toEqual([]);
  });

  test.each(['__proto__', 'constructor'])('a body that brings a %s is refused', async (member) => {
    for (const path of [links, `${links}/preview`, `${one}/retry`]) {
      at.world.zoho.exchanges.reset();
      const answer = await at.world.app.inject({
        method: 'POST',
        url: path,
        headers: {
          authorization: `Bearer ${at.token('administrator')}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        payload: `{"documents":[{"type":"invoice","id":"${DOCS.due.id}"}],"${member}":{"prototype":{"mayLink":true}}}`,
      });
      expect(codeOf(answer)).toBe('request.invalid');
      expect(booksCalls()).toEqual([]);
    }
  });

  test('fifty documents that are none of the deal’s cost a preview ten calls to Books, not fifty', async () => {
    await administrator.links(expansion);
    at.world.zoho.exchanges.reset();
    const strangers = fiftyOne.slice(1).map(({ id }) => ({ type: 'invoice', id }) as const);
    const { obstacles } = await administrator.preview(expansion, strangers);
    expect(obstacles.flatMap((of) => of.obstacles)).toEqual(Array(50).fill({ code: 'document_gone' }));
    expect(booksCalls()).toHaveLength(10);
  });

  test('a request without an idempotency key is refused', async () => {
    const answer = await at.world.app.inject({
      method: 'POST',
      url: links,
      headers: { authorization: `Bearer ${at.token('administrator')}` },
      payload: { documents: [invoice] },
    });
    expect(codeOf(answer)).toBe('request.invalid');
  });

  test("a deal of another organisation is none of this one's", async () => {
    const foreign = '9999999000000600001';
    expect(codeOf(await rep.ask('POST', `/api/v1/deals/${foreign}/links`, { documents: [invoice] }))).toBe(
      'record.not_found',
    );
    expect(booksCalls()).toEqual([]);
  });
});
