/** One document, one deal: made, taken back, restored; for every kind of document and every mood of Books. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordExchanges, validateExchange } from '../contract/contract.ts';
import { areDescriptionsHere } from '../contract/openapi.ts';
import { differencesBetween, snapshotBooks } from '../sandbox/books/books-differences.ts';
import type { WriteBehaviour } from '../sandbox/books/write-rules.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { DOCS, type LinkingWorld, openLinkingWorld, type Person, RESOURCES } from './linking-world.ts';

const { fitOut, expansion } = SMALL.deals;

let at: LinkingWorld;
let rep: Person;
beforeAll(async () => {
  at = await openLinkingWorld();
  rep = at.as('rep');
});
beforeEach(() => at.reset());
afterAll(() => at.world.close());

const changed = (before: ReturnType<typeof snapshotBooks>) =>
  differencesBetween(before, snapshotBooks(at.world.zoho.organisation))
    .map(({ id, field }) => `${id} ${field}`)
    .filter((change) => !/last_modified_time|zcrm_potential_name/.test(change))
    .sort();
/** Kinds of which the fit-out deal has one. */
const OF_FIT_OUT = [DOCS.late, DOCS.estimate, DOCS.order, DOCS.expense];

describe('a link', () => {
  test('is in Books, in the list and in the audit log, and nothing else of Books has changed', async () => {
    const before = snapshotBooks(at.world.zoho.organisation);
    expect(await rep.link(expansion, DOCS.due)).toEqual([
      { outcome: 'linked', document: DOCS.due, inBooks: { state: 'yes' } },
    ]);
    expect(at.inBooks(DOCS.due)).toBe(expansion);
    expect(changed(before)).toEqual([`${DOCS.due.id} zcrm_potential_id`]);
    expect(at.writes()).toEqual([`PUT invoices {"zcrm_potential_id":"${expansion}"}`]);
    const { links, mayLink } = await rep.links(expansion);
    expect(mayLink).toBe(true);
    expect(links).toMatchObject([
      { document: { id: DOCS.due.id }, inBooks: { state: 'yes' }, origin: 'person', by: 'Ravi Menon' },
    ]);
    expect(await at.audit()).toMatchObject([
      {
        action: 'link.created',
        who: SMALL.users.rep,
        subject: `Deals/${expansion} invoice/${DOCS.due.id}`,
        outcome: 'linked yes',
      },
    ]);
  });

  test('shows on the deal at once, before Books is read again', async () => {
    const ladder = async (): Promise<unknown> => {
      const path = `/api/v1/records/Deals/${expansion}/customer-360`;
      return ((await rep.ask('GET', path)).json() as { ladder: { invoiced: unknown } }).ladder.invoiced;
    };
    const finance = at.as('finance');
    expect(await ladder()).toMatchObject({ level: 'status', status: 'none' });
    await finance.ask('GET', `/api/v1/records/Deals/${expansion}/customer-360`);
    await rep.link(expansion, DOCS.due);
    expect(await ladder()).toMatchObject({ level: 'band' });
  });

  test('asked for twice with one key is made once, and answered alike', async () => {
    const ask = () =>
      rep.ask('POST', `/api/v1/deals/${expansion}/links`, { documents: [DOCS.due] }, 'one-and-the-same-key');
    const [first, second] = [await ask(), await ask()];
    expect([first.statusCode, first.json()]).toEqual([200, second.json()]);
    expect(at.writes()).toHaveLength(1);
    expect(await at.audit()).toHaveLength(1);
  });

  test.each(OF_FIT_OUT)(
    'of $type is taken off the deal, in Books too, and put back exactly as it was',
    async (document) => {
      const before = snapshotBooks(at.world.zoho.organisation);
      expect((await rep.links(fitOut)).links.map((link) => [link.document.id, link.origin])).toContainEqual([
        document.id,
        'books',
      ]);
      const { undoId, inBooks } = await rep.unlink(fitOut, document);
      expect([inBooks, at.inBooks(document)]).toEqual([{ state: 'yes' }, '']);
      expect(changed(before)).toEqual([`${document.id} zcrm_potential_id`]);
      const { links, undo } = await rep.links(fitOut);
      expect(links.map((link) => link.document.id)).not.toContain(document.id);
      expect(undo).toMatchObject([{ undoId, document: { id: document.id } }]);

      expect(await rep.undo(fitOut, undoId)).toBe(200);
      expect(at.inBooks(document)).toBe(fitOut);
      expect(changed(before)).toEqual([]);
      expect((await rep.links(fitOut)).undo).toEqual([]);
      expect((await at.audit()).map(({ action, outcome }) => [action, outcome])).toEqual([
        ['link.removed', 'unlinked yes'],
        ['link.restored', 'restored yes'],
      ]);
    },
  );

  test('can be restored for ten minutes, and no longer', async () => {
    const { undoId } = await rep.unlink(fitOut, DOCS.late);
    at.world.later(10 * 60_000 + 1);
    await at.signInAgain();
    expect(await rep.undo(fitOut, undoId)).toBe('link.undo_over');
    expect((await rep.links(fitOut)).undo).toEqual([]);
    expect(at.inBooks(DOCS.late)).toBe('');
  });

  test('made by an automation is only taken back with a reason', async () => {
    await rep.link(expansion, DOCS.due);
    await at.world.database.query("update deal_links set origin = 'automation'");
    await expect(rep.unlink(expansion, DOCS.due)).rejects.toThrow('request.invalid');
    await rep.unlink(expansion, DOCS.due, 'belongs to nobody');
    expect(at.inBooks(DOCS.due)).toBe('');
    expect(await at.world.database.query('select origin, removed_reason from deal_links')).toEqual([
      { origin: 'automation', removed_reason: 'belongs to nobody' },
    ]);
  });
});

describe('whatever Books does with a link', () => {
  const NOT_YET = {
    drops: 'dropped',
    refuses_locked: 'locked',
    refuses_void: 'void',
    refuses_approved: 'approved',
    refuses_right: 'refused',
  } as const satisfies Partial<Record<WriteBehaviour, string>>;
  const kinds = OF_FIT_OUT.map((document) => document.type);
  const cases = kinds.flatMap((type) =>
    (['takes', 'needs_full', ...(Object.keys(NOT_YET) as (keyof typeof NOT_YET)[])] as const).map(
      (mood) => [type, mood] as const,
    ),
  );

  test.each(cases)('for %s, when Books %s it, the product is right', async (type, mood) => {
    const document = OF_FIT_OUT.find((one) => one.type === type) ?? DOCS.late;
    at.world.zoho.booksEdits.changeDeal(RESOURCES[type], document.id, '');
    const before = snapshotBooks(at.world.zoho.organisation);
    at.world.zoho.scenario.writes.set(RESOURCES[type], mood);
    const recorded = recordExchanges(at.world.zoho.exchanges);
    const [result] = await rep.link(expansion, document);
    recorded.stop();
    const taken = mood === 'takes' || mood === 'needs_full';
    const inBooks = taken ? { state: 'yes' } : { state: 'not_yet', reason: NOT_YET[mood] };
    expect(result).toEqual({ outcome: 'linked', document, inBooks });
    expect(changed(before)).toEqual(taken ? [`${document.id} zcrm_potential_id`] : []);
    const { links } = await rep.links(expansion);
    expect(links).toMatchObject([{ document: { id: document.id }, inBooks }]);
    // A line somebody typed has no item, and goes back without one.
    const faults = recorded.all.flatMap(validateExchange).filter((fault) => !fault.includes('"item_id"'));
    if (areDescriptionsHere) expect(faults).toEqual([]);

    if (taken) return;
    // The reason goes away, and a retry succeeds.
    at.world.zoho.scenario.writes.clear();
    expect(await rep.retry(expansion, document)).toBe(200);
    expect(at.inBooks(document)).toBe(expansion);
    expect((await rep.links(expansion)).links).toMatchObject([{ inBooks: { state: 'yes' } }]);
  });

  test('a link Books does not let go of no longer counts, is shown, and goes with a retry', async () => {
    at.world.zoho.scenario.writes.set('invoices', 'drops');
    const { inBooks } = await rep.unlink(fitOut, DOCS.late);
    expect(inBooks).toEqual({ state: 'not_yet', reason: 'dropped' });
    const still = (await rep.links(fitOut)).links.find(({ document }) => document.id === DOCS.late.id);
    expect(still).toMatchObject({ takenBack: true, inBooks: { state: 'not_yet', reason: 'dropped' } });
    at.world.zoho.scenario.writes.clear();
    expect(await rep.retry(fitOut, DOCS.late)).toBe(200);
    expect(at.inBooks(DOCS.late)).toBe('');
    const after = (await rep.links(fitOut)).links.map(({ document }) => document.id);
    expect(after).not.toContain(DOCS.late.id);
  });

  test.each([
    ['done_then_502', { state: 'yes' }],
    ['http_502', { state: 'not_yet', reason: 'unreachable' }],
  ] as const)(
    'an answer lost with %s is looked into, and the write never repeated',
    async (answer, inBooks) => {
      at.world.zoho.scenario.add({ match: { service: 'books', method: 'PUT' }, answer, times: 1 });
      expect(await rep.link(expansion, DOCS.due)).toMatchObject([{ outcome: 'linked', inBooks }]);
      expect(at.writes()).toHaveLength(1);
    },
  );

  test('a total that changes in the same moment is told loudly', async () => {
    at.world.zoho.exchanges.follow(({ method }) => {
      if (method === 'PUT') at.wire(DOCS.due).total = 999;
    });
    expect(await rep.link(expansion, DOCS.due)).toMatchObject([{ outcome: 'linked', altered: true }]);
    expect((await at.audit()).map(({ outcome }) => outcome)).toEqual(['linked yes altered']);
    expect(at.world.logs()).toContain('a document changed in more than its deal while it was linked');
  });
});
