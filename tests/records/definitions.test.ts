import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditPage } from '../../server/contract/audit.ts';
import { Customer360 } from '../../server/contract/customer-360.ts';
import {
  type DefinitionsDocument,
  DefinitionsHistory,
  DefinitionsView,
} from '../../server/contract/definitions.ts';
import { USUAL_DEFINITIONS } from '../../server/domain/definitions.ts';
import { codeOf, figuresOf, openWorld, type World } from '../hostile/world.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';

const PATH = '/api/v1/settings/definitions';
const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const FIT_OUT = figuresOf('Deals', SMALL.deals.fitOut);
const SECOND = '3652397000000100009';

const USUAL: DefinitionsDocument = {
  ...USUAL_DEFINITIONS,
  ageingEdges: [...USUAL_DEFINITIONS.ageingEdges],
};

let world: World;
let others: string;
let administrator: string;
let second: string;
let rep: string;

beforeAll(async () => {
  const organisation = smallOrganisation();
  const [first] = organisation.crm.users;
  organisation.crm.users.push({ ...first, id: SECOND, zuid: '694570009', full_name: 'Bea Lund' });
  world = await openWorld(organisation);
  // another organisation on the same server, with people, records and Books of the same ids
  const { crm } = world.zoho.organisation.org;
  const { zgid } = crm;
  crm.zgid = '60001230000';
  others = (await world.install()).accessToken;
  crm.zgid = zgid;
  administrator = (await world.install()).accessToken;
  second = (await world.signIn(SECOND, 'setup')).accessToken;
  rep = (await world.signIn(SMALL.users.rep)).accessToken;
});
afterAll(() => world.close());

const get = (path: string, token: string) => world.ask('GET', path, { token });
const view = async (token = administrator) => DefinitionsView.parse((await get(PATH, token)).json());
const put = (document: unknown, basedOn: number, token = administrator) =>
  world.ask('PUT', PATH, { token, body: { basedOn, document } });

async function seen(path: string, token = rep) {
  const answer = Customer360.parse((await get(path, token)).json());
  if (answer.state !== 'linked') throw new Error('not linked');
  return answer;
}
const buckets = async (token = rep) =>
  (await seen(ASTER, token)).figures.ageing?.map(({ bucket }) => bucket) ?? [];
const USUAL_BUCKETS = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'over_90', 'undated'];

describe('what an organisation means by its figures', () => {
  it('is what it always was until somebody decides', async () => {
    expect(await view()).toEqual({
      version: 0,
      document: USUAL,
      usual: USUAL,
      baseCurrency: 'USD',
      usualFloor: '100',
    });
    expect(await buckets()).toEqual(USUAL_BUCKETS);
    expect((await seen(ASTER)).definitions).toEqual({
      lifetimeValue: 'collected',
      grade: { overdueSomeDays: 7, overdueLongDays: 30, lateDays: 5, approvalDaysLate: 30 },
    });
  });

  it('changes what a rep gets at the very next request, and nobody of another organisation', async () => {
    const before = await seen(FIT_OUT, administrator);
    const document: DefinitionsDocument = {
      lifetimeValue: 'invoiced_net',
      ageingEdges: [7, 14],
      grade: { ...USUAL.grade, overdueSomeDays: 1, lateDays: 2 },
      dealAmount: 'with_tax',
    };
    expect(DefinitionsView.parse((await put(document, 0)).json())).toMatchObject({ version: 1, document });
    expect(await buckets()).toEqual(['not_due', 'days_1_7', 'days_8_14', 'over_14', 'undated']);
    expect((await seen(ASTER)).definitions).toEqual({
      lifetimeValue: 'invoiced_net',
      grade: { overdueSomeDays: 1, overdueLongDays: 30, lateDays: 2, approvalDaysLate: 30 },
    });
    const after = await seen(FIT_OUT, administrator);
    // the tax of its invoices is not known apart, which matters only as long as the deal's amount is without
    expect(before.ladder).toMatchObject({
      basis: 'tax_included',
      invoiced: { caveats: expect.arrayContaining(['tax_included']) },
    });
    expect(before.ladder).not.toHaveProperty('amountWithTax');
    expect(after.ladder).toMatchObject({ basis: 'tax_included', amountWithTax: true });
    expect(JSON.stringify(after.ladder)).not.toContain('"caveats":["tax_included"');
    expect(before.freshness.missing).toContain('tax_split');
    expect(after.freshness.missing).not.toContain('tax_split');
    expect(await buckets(others)).toEqual(USUAL_BUCKETS);
    expect((await view(others)).version).toBe(0);
  });

  it('of two administrators one is first, the other is told and loses nothing', async () => {
    const { version } = await view();
    const mine: DefinitionsDocument = { ...USUAL, ageingEdges: [10] };
    const theirs: DefinitionsDocument = { ...USUAL, ageingEdges: [20] };
    const answers = await Promise.all([put(mine, version), put(theirs, version, second)]);
    expect(answers.map(codeOf).sort()).toEqual([200, 'definitions.changed_meanwhile']);
    const won = answers[0]?.statusCode === 200 ? mine : theirs;
    expect(await view(second)).toMatchObject({ version: version + 1, document: won });
  });

  it('goes back to an earlier version by a further one, written down with who it was', async () => {
    const { version } = await view();
    const history = DefinitionsHistory.parse((await get(`${PATH}/history`, second)).json());
    const [, first] = [...history.versions].reverse();
    expect(history.versions.map((one) => one.version)).toEqual([2, 1]);
    expect(codeOf(await put(USUAL, version, second))).toBe(200);
    expect(await buckets()).toEqual(USUAL_BUCKETS);
    expect(first?.by.name).toMatch(/Ada Keller|Bea Lund/);
    const { entries } = (await get('/api/v1/settings/audit', administrator)).json() as AuditPage;
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'definitions.changed', who: SECOND, subject: 'definitions/3' }),
    );
    await expect(world.database.query('update definitions set version = version + 9')).rejects.toThrow(
      /never changed/,
    );
  });

  it.each([
    ['edges that do not rise', { ageingEdges: [30, 30] }, 'definitions.contradict'],
    ['an edge of nothing', { ageingEdges: [0] }, 'request.invalid'],
    ['no edge', { ageingEdges: [] }, 'request.invalid'],
    ['six edges', { ageingEdges: [1, 2, 3, 4, 5, 6] }, 'request.invalid'],
    ['part of a day', { ageingEdges: [1.5] }, 'request.invalid'],
    ['more than two years', { ageingEdges: [731] }, 'request.invalid'],
    ['finance before late', { grade: { ...USUAL.grade, lateDays: 31 } }, 'definitions.contradict'],
    ['a negative floor', { grade: { ...USUAL.grade, materialityPercent: '-1' } }, 'request.invalid'],
    ['more than everything', { grade: { ...USUAL.grade, materialityPercent: '100.5' } }, 'request.invalid'],
    ['an unknown lifetime value', { lifetimeValue: 'predicted' }, 'request.invalid'],
    ['something else besides', { extra: 1 }, 'request.invalid'],
  ])('refuses %s, and keeps what is in force', async (_what, change, code) => {
    const { version } = await view();
    expect(codeOf(await put({ ...USUAL, ...change }, version))).toBe(code);
    expect((await view()).version).toBe(version);
  });

  it('a change of nothing that can be a version is told so, here and wherever else versions are kept', async () => {
    const { document } = await view();
    const at = '/api/v1/settings';
    const policy = (await get(`${at}/policy`, administrator)).json() as { document: unknown };
    const decision = { customerId: SMALL.customers.aster, to: { says: 'nobody' } };
    for (const wrong of [0.5, -1, 2 ** 31])
      for (const [method, path, body] of [
        ['PUT', PATH, { basedOn: wrong, document }],
        ['PUT', `${at}/policy`, { basedOn: wrong, document: policy.document }],
        ['PUT', `${at}/mapping`, { basedOn: wrong, mode: 'both', taxField: null }],
        ['POST', `${at}/mapping/decisions`, { changes: [{ ...decision, version: wrong }] }],
        ['PUT', `${at}/health/alerts`, { basedOn: wrong, channel: null }],
      ] as const) {
        const answer = await world.ask(method, path, { token: administrator, body });
        expect([path, wrong, codeOf(answer)]).toEqual([path, wrong, 'request.invalid']);
      }
  });

  it('is nobody else’s to read or change', async () => {
    expect(codeOf(await get(PATH, rep))).toBe('settings.not_administrator');
    expect(codeOf(await get(`${PATH}/history`, rep))).toBe('settings.not_administrator');
    expect(codeOf(await put(USUAL, 3, rep))).toBe('settings.not_administrator');
  });
});
