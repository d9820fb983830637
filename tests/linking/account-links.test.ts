/** Links as seen from an account: what was just done, what needs a decision, and what deleted deals left behind. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AccountLinks } from '../../server/contract/account-links.ts';
import { codeOf } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { DOCS, type LinkingWorld, openLinkingWorld, type Person } from './linking-world.ts';

const { fitOut, expansion } = SMALL.deals;
const ASTER = `/api/v1/accounts/${SMALL.accounts.aster}/links`;
const DUE = `${ASTER}/invoice/${DOCS.due.id}`;

let at: LinkingWorld;
let rep: Person;
let administrator: Person;
beforeAll(async () => {
  at = await openLinkingWorld();
  [rep, administrator] = [at.as('rep'), at.as('administrator')];
});
beforeEach(() => at.reset());
afterAll(() => at.world.close());

async function shown(who: Person): Promise<AccountLinks> {
  const answer = await who.ask('GET', ASTER);
  expect(codeOf(answer)).toBe(200);
  await at.world.quiet();
  return AccountLinks.parse(answer.json());
}
const nextVisit = async (): Promise<void> => {
  at.world.later(16 * 60_000);
  await at.signInAgain();
};

test('what somebody linked and unlinked is named with its deal for ten minutes, and can be undone', async () => {
  await rep.link(expansion, DOCS.due);
  at.world.later(1_000);
  const { undoId } = await rep.unlink(fitOut, DOCS.late);
  const { recent } = await shown(rep);
  expect(recent).toMatchObject([
    { did: 'unlinked', document: { id: DOCS.late.id }, deal: { id: fitOut }, undoId },
    { did: 'linked', document: { id: DOCS.due.id }, deal: { id: expansion, name: 'Aster expansion' } },
  ]);
  // What others link is theirs; what was taken back anybody may put back, as on the deal.
  expect((await shown(administrator)).recent.map(({ did }) => did)).toEqual(['unlinked']);
  expect(await rep.undo(fitOut, undoId)).toBe(200);
  await rep.unlink(expansion, DOCS.due);
  expect((await shown(rep)).recent.map(({ did, deal }) => [did, deal.id])).toEqual([['unlinked', expansion]]);
  await nextVisit();
  expect((await shown(rep)).recent).toEqual([]);
});

test('a document of a deleted deal is listed until it is linked elsewhere or taken off it, in Books too', async () => {
  await rep.link(expansion, DOCS.due, DOCS.paid);
  at.world.zoho.crmEdits.delete('Deals', expansion);
  await nextVisit();
  const gone = (document: { id: string }) => ({
    what: 'deal_gone',
    document: expect.objectContaining({ id: document.id }),
    dealId: expansion,
  });
  const { attention } = await shown(rep);
  expect(attention).toHaveLength(2);
  expect(attention).toEqual(expect.arrayContaining([gone(DOCS.due), gone(DOCS.paid)]));

  await rep.link(fitOut, DOCS.paid);
  expect((await shown(rep)).attention).toEqual([gone(DOCS.due)]);

  const key = 'the-same-key-twice';
  const remove = () => rep.ask('DELETE', DUE, { dealId: expansion }, key);
  const [first, second] = [await remove(), await remove()];
  expect([first.json(), second.json()]).toEqual([
    { inBooks: { state: 'yes' } },
    { inBooks: { state: 'yes' } },
  ]);
  expect([at.inBooks(DOCS.due), at.inBooks(DOCS.paid)]).toEqual(['', fitOut]);
  expect((await shown(rep)).attention).toEqual([]);
  expect((await at.audit()).at(-1)).toMatchObject({
    action: 'link.removed',
    subject: `Deals/${expansion} invoice/${DOCS.due.id}`,
  });
});

test('nothing is taken off a deal that is there, or came back', async () => {
  await rep.link(expansion, DOCS.due);
  const remove = async (dealId: string) => codeOf(await rep.ask('DELETE', DUE, { dealId }));
  expect(await remove(expansion)).toBe('link.changed');
  at.world.zoho.crmEdits.delete('Deals', expansion);
  await nextVisit();
  expect((await shown(rep)).attention).toMatchObject([{ what: 'deal_gone' }]);
  at.world.zoho.crmEdits.restore('Deals', expansion);
  expect(await remove(expansion)).toBe('link.changed');
  expect(at.inBooks(DOCS.due)).toBe(expansion);
  expect((await shown(rep)).attention).toEqual([]);
  // Neither a document of another account, nor one that does not exist.
  for (const id of [DOCS.birch.id, '460000000000099999'])
    expect(codeOf(await rep.ask('DELETE', `${ASTER}/invoice/${id}`, { dealId: expansion }))).toBe(
      'record.not_found',
    );
});

test('a conflict and a link that Books has not taken are listed, deals named to those who may open them', async () => {
  await rep.link(expansion, DOCS.due);
  at.world.zoho.booksEdits.changeDeal('invoices', DOCS.due.id, SMALL.deals.birch);
  at.world.zoho.scenario.writes.set('invoices', 'refuses_locked');
  await rep.link(expansion, DOCS.paid);
  await nextVisit();
  await rep.links(expansion);
  const { attention } = await shown(rep);
  const deal = { id: expansion, name: 'Aster expansion' };
  expect(attention).toHaveLength(2);
  expect(attention).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: 'in_books', deal, inBooks: { state: 'conflict', booksDeal: {} } }),
      expect.objectContaining({ what: 'in_books', deal, inBooks: { state: 'not_yet', reason: 'locked' } }),
    ]),
  );
});

test('an account somebody may not open has no links', async () => {
  const birch = `/api/v1/accounts/${SMALL.accounts.birch}/links`;
  expect(codeOf(await rep.ask('GET', birch))).toBe('record.not_found');
  expect(codeOf(await rep.ask('DELETE', `${birch}/invoice/${DOCS.birch.id}`, { dealId: expansion }))).toBe(
    'record.not_found',
  );
  for (const body of [{}, [], { dealId: 'x' }, { dealId: expansion, keep: 'ours' }])
    expect(codeOf(await rep.ask('DELETE', DUE, body))).toBe('request.invalid');
  expect(at.writes()).toEqual([]);
});
