/** One document over several deals, changes made in Books itself, deals that go, and two people at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DealLadder } from '../../server/contract/customer-360.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
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

const usd = (amount: string) => ({ level: 'exact', money: { currency: 'USD', amount } });

/** As the finance role, which sees amounts, is told once everything has been read. */
async function ladderOf(deal: string): Promise<DealLadder> {
  const ask = () => administrator.ask('GET', `/api/v1/records/Deals/${deal}/customer-360`);
  for (let again = 0; again < 3; again += 1) {
    await ask();
    await at.world.quiet();
  }
  return ((await ask()).json() as { ladder: DealLadder }).ladder;
}
const linkOn = async (who: Person, deal: string, id: string) =>
  (await who.links(deal)).links.find(({ document }) => document.id === id);
/** Books is read again after this long, and CRM asked again. */
async function nextVisit(): Promise<void> {
  at.world.later(16 * 60_000);
  await at.signInAgain();
}

describe('one document over several deals', () => {
  test('the larger share is the one in Books, and every ladder counts its own', async () => {
    // net 1000 and tax 80, of which 500 are paid
    await nextVisit();
    expect(await administrator.link(expansion, { ...DOCS.late, share: '400' })).toMatchObject([
      { outcome: 'linked', inBooks: { state: 'second_share' } },
    ]);
    expect([at.inBooks(DOCS.late), at.writes()]).toEqual([fitOut, []]);
    expect(await ladderOf(expansion)).toMatchObject({
      basis: 'net_of_tax',
      invoiced: usd('400.00'),
      // 500 ÷ 1.08, and 400 of the 1000 of it
      collected: usd('185.19'),
    });
    expect(await ladderOf(fitOut)).toMatchObject({ invoiced: usd('600.00'), collected: usd('277.78') });
    expect(await linkOn(administrator, expansion, DOCS.late.id)).toMatchObject({ share: usd('400.00') });
    expect(await linkOn(administrator, fitOut, DOCS.late.id)).toMatchObject({ share: usd('600.00') });

    // The share grows beyond the other one: now it is the one in Books.
    expect(await administrator.link(expansion, { ...DOCS.late, share: '700' })).toMatchObject([
      { outcome: 'linked', inBooks: { state: 'yes' } },
    ]);
    expect(at.inBooks(DOCS.late)).toBe(expansion);
    expect(await ladderOf(fitOut)).toMatchObject({ invoiced: usd('300.00') });
    expect((await at.audit()).map(({ outcome }) => outcome)).toEqual([
      'linked second_share',
      'share_changed yes',
    ]);
  });

  test('shares never exceed the net amount, however they are asked for', async () => {
    await administrator.link(expansion, { ...DOCS.due, share: '150' });
    expect(await administrator.link(fitOut, { ...DOCS.due, share: '50.01' })).toMatchObject([
      { outcome: 'refused', obstacles: [{ code: 'exceeds_net' }] },
    ]);
    expect(await administrator.link(fitOut, { ...DOCS.due, share: '30' })).toMatchObject([
      { outcome: 'linked' },
    ]);
    // Whoever names no share gets what is left, and nothing is left over it.
    expect(await administrator.link(fitOut, { ...DOCS.due, share: '50' })).toMatchObject([
      { outcome: 'linked' },
    ]);
    expect(await administrator.link(fitOut, { ...DOCS.due, share: '60' })).toMatchObject([
      { outcome: 'refused' },
    ]);
    const shares = await at.world.database.query<{ share: string }>(
      'select share from deal_links where removed_at is null order by share',
    );
    expect(shares.map(({ share }) => Number(share))).toEqual([50, 150]);
  });

  test('a document that became smaller in Books is handed out up to what it is', async () => {
    await administrator.link(expansion, { ...DOCS.due, share: '150' });
    await administrator.link(fitOut, { ...DOCS.due, share: '50' });
    at.world.zoho.booksEdits.changeAmount('invoices', DOCS.due.id, 160);
    await nextVisit();
    expect(await ladderOf(expansion)).toMatchObject({ invoiced: usd('150.00') });
    const ofFitOut = await linkOn(administrator, fitOut, DOCS.due.id);
    expect(ofFitOut).toMatchObject({ share: usd('10.00') });
  });

  test('when the larger share is taken back, the other one takes its place in Books', async () => {
    await administrator.link(expansion, { ...DOCS.due, share: '150' });
    await administrator.link(fitOut, { ...DOCS.due, share: '40' });
    const { undoId } = await administrator.unlink(expansion, DOCS.due);
    expect(at.inBooks(DOCS.due)).toBe(fitOut);
    await administrator.undo(expansion, undoId);
    expect(at.inBooks(DOCS.due)).toBe(expansion);
    expect(await linkOn(administrator, expansion, DOCS.due.id)).toMatchObject({ share: usd('150.00') });
  });

  test('a share looks as the document’s amounts do to each role', async () => {
    await administrator.link(expansion, { ...DOCS.late, share: '400' });
    const { share, document } = (await linkOn(rep, expansion, DOCS.late.id)) ?? {};
    expect(share?.level).toBe(document?.total?.level);
    expect(share?.level).not.toBe('exact');
  });

  test('moving a whole document names the deal it is taken from', async () => {
    expect(await rep.link(expansion, { ...DOCS.late, seenDeal: fitOut })).toMatchObject([
      { outcome: 'linked' },
    ]);
    expect(at.inBooks(DOCS.late)).toBe(expansion);
    expect((await rep.links(fitOut)).links.map(({ document }) => document.id)).not.toContain(DOCS.late.id);
    // What the person saw is no longer so: nothing is overwritten.
    expect(await rep.link(fitOut, { ...DOCS.late, seenDeal: null })).toMatchObject([{ outcome: 'refused' }]);
    expect(at.inBooks(DOCS.late)).toBe(expansion);
  });
});

describe('a link somebody changed in Books', () => {
  const conflict = async (): Promise<void> => {
    await rep.link(expansion, DOCS.due);
    at.world.zoho.booksEdits.changeDeal('invoices', DOCS.due.id, fitOut);
    await nextVisit();
    await rep.links(expansion);
  };

  test('is a conflict: Books counts, both sides show it, and it is written down once', async () => {
    await conflict();
    const inBooks = { state: 'conflict', booksDeal: { id: fitOut, name: 'Aster fit-out' } };
    expect(await linkOn(rep, expansion, DOCS.due.id)).toMatchObject({ inBooks });
    expect(await linkOn(rep, fitOut, DOCS.due.id)).toMatchObject({ inBooks, origin: 'books' });
    expect(await ladderOf(fitOut)).toMatchObject({ invoiced: usd('1200.00') });
    expect(await ladderOf(expansion)).toMatchObject({ invoiced: usd('0.00') });
    const outside = (await at.audit()).filter(({ action }) => action === 'link.changed_outside');
    expect(outside).toMatchObject([{ outcome: 'conflict', subject: `invoice/${DOCS.due.id}` }]);
    expect(at.inBooks(DOCS.due)).toBe(fitOut);
  });

  test('to a deal somebody may not open is not named to them', async () => {
    await rep.link(expansion, DOCS.due);
    at.world.zoho.booksEdits.changeDeal('invoices', DOCS.due.id, SMALL.deals.birch);
    await nextVisit();
    expect((await linkOn(rep, expansion, DOCS.due.id))?.inBooks).toEqual({
      state: 'conflict',
      booksDeal: {},
    });
    expect((await linkOn(administrator, expansion, DOCS.due.id))?.inBooks).toMatchObject({
      booksDeal: { name: expect.any(String) },
    });
  });

  test('is put back when somebody decides so', async () => {
    await conflict();
    expect(await rep.resolve(expansion, DOCS.due, 'ours')).toBe(200);
    expect(at.inBooks(DOCS.due)).toBe(expansion);
    expect(await linkOn(rep, expansion, DOCS.due.id)).toMatchObject({ inBooks: { state: 'yes' } });
    expect(await linkOn(rep, fitOut, DOCS.due.id)).toBeUndefined();
  });

  test('is taken over when somebody decides so, without a write', async () => {
    await conflict();
    const before = at.writes().length;
    expect(await rep.resolve(expansion, DOCS.due, 'books')).toBe(200);
    expect([at.inBooks(DOCS.due), at.writes().length]).toEqual([fitOut, before]);
    expect(await linkOn(rep, expansion, DOCS.due.id)).toBeUndefined();
    expect(await linkOn(rep, fitOut, DOCS.due.id)).toMatchObject({
      origin: 'books',
      inBooks: { state: 'yes' },
    });
  });

  test('is not decided about when Books says something else by now', async () => {
    await conflict();
    at.world.zoho.booksEdits.changeDeal('invoices', DOCS.due.id, '');
    expect(await rep.resolve(expansion, DOCS.due, 'ours')).toBe('link.changed');
    expect(at.inBooks(DOCS.due)).toBe('');
  });

  test('is over when Books itself goes back', async () => {
    await conflict();
    at.world.zoho.booksEdits.changeDeal('invoices', DOCS.due.id, expansion);
    await nextVisit();
    expect(await linkOn(rep, expansion, DOCS.due.id)).toMatchObject({ inBooks: { state: 'yes' } });
  });

  test('between our look and our write is not overwritten', async () => {
    let done = false;
    at.world.zoho.scenario.writes.set(DOCS.due.id, 'needs_full');
    const stop = at.world.zoho.exchanges.follow(({ method }) => {
      if (method !== 'PUT' || done) return;
      done = true;
      at.world.zoho.booksEdits.changeDeal('invoices', DOCS.due.id, fitOut);
    });
    expect(await rep.link(expansion, DOCS.due)).toMatchObject([
      { outcome: 'refused', obstacles: [{ code: 'linked_elsewhere', deal: { id: fitOut } }] },
    ]);
    stop();
    expect(at.inBooks(DOCS.due)).toBe(fitOut);
  });

  test('and never ours simply follows Books', async () => {
    await rep.links(fitOut);
    at.world.zoho.booksEdits.changeDeal('invoices', DOCS.late.id, expansion);
    await nextVisit();
    expect(await linkOn(rep, expansion, DOCS.late.id)).toMatchObject({
      origin: 'books',
      inBooks: { state: 'yes' },
    });
    expect(await linkOn(rep, fitOut, DOCS.late.id)).toBeUndefined();
  });
});

describe('a deal that goes', () => {
  test('stands in nobody’s way, and its document can be linked again', async () => {
    await rep.link(expansion, DOCS.due);
    at.world.zoho.crmEdits.delete('Deals', expansion);
    await nextVisit();
    expect(await rep.link(fitOut, DOCS.due)).toMatchObject([
      { outcome: 'linked', inBooks: { state: 'yes' } },
    ]);
    expect(at.inBooks(DOCS.due)).toBe(fitOut);
    expect((await at.audit()).map(({ action, subject }) => `${action} ${subject.split(' ')[0]}`)).toEqual([
      `link.created Deals/${expansion}`,
      `link.removed Deals/${expansion}`,
      `link.created Deals/${fitOut}`,
    ]);
  });

  test('by a merge keeps its links by id; nothing moves to the winner by itself', async () => {
    await rep.link(expansion, DOCS.due);
    at.world.zoho.crmEdits.merge('Deals', fitOut, [expansion]);
    await nextVisit();
    expect(at.inBooks(DOCS.due)).toBe(expansion);
    expect(await linkOn(rep, fitOut, DOCS.due.id)).toBeUndefined();
    expect(await rep.link(fitOut, DOCS.due)).toMatchObject([{ outcome: 'linked' }]);
  });

  test('and comes back has its links again', async () => {
    await rep.link(expansion, DOCS.due);
    at.world.zoho.crmEdits.delete('Deals', expansion);
    await nextVisit();
    await rep.suggestions(fitOut);
    at.world.zoho.crmEdits.restore('Deals', expansion);
    await nextVisit();
    expect(await linkOn(rep, expansion, DOCS.due.id)).toMatchObject({ inBooks: { state: 'yes' } });
  });
});

describe('two people at the same moment', () => {
  test('one wins, the other is told who, and nothing is overwritten', async () => {
    at.world.zoho.scenario.latencyMs = 5;
    const answers = await Promise.all([rep.link(expansion, DOCS.due), administrator.link(fitOut, DOCS.due)]);
    at.world.zoho.scenario.latencyMs = 0;
    const results = answers.flat();
    const [winner] = results.filter(({ outcome }) => outcome === 'linked');
    const [loser] = results.filter(({ outcome }) => outcome === 'refused');
    expect([winner, loser]).not.toContain(undefined);
    expect(loser).toMatchObject({
      obstacles: [
        {
          code: 'linked_elsewhere',
          by: expect.stringMatching(/Ravi Menon|Ada Keller/),
          at: expect.any(String),
        },
      ],
    });
    expect(at.writes()).toHaveLength(1);
    expect((await at.audit()).filter(({ action }) => action === 'link.created')).toHaveLength(1);
  });

  test('on two servers too', async () => {
    const other = await at.anotherServer();
    at.world.zoho.scenario.latencyMs = 5;
    const answers = await Promise.all([
      rep.link(expansion, DOCS.due),
      at.as('administrator', other).link(fitOut, DOCS.due),
    ]);
    at.world.zoho.scenario.latencyMs = 0;
    expect(
      answers
        .flat()
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['linked', 'refused']);
    expect(at.writes()).toHaveLength(1);
    await other.close();
  });
});
