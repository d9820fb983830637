/** Number 48 of the list of hostile tests: whatever Zoho answers, for each of its services. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ProblemAnswer } from '../../server/contract/problems.ts';
import type { Fault } from '../sandbox/scenario.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);
const ODD: readonly Fault[] = [
  'http_500',
  'http_502',
  'reset',
  'half_json',
  'html',
  '200_with_error',
  '204',
  '429_minute',
  'redirect',
];
const ZOHOS_WORDS =
  /<h1>\s*(502|Scheduled)|maintenance|Internal|INTERNAL_ERROR|elsewhere|general_error|blocked/;
const DAY_MS = 25 * 3_600_000;

let world: World;
beforeAll(async () => {
  world = await openWorld(smallOrganisation());
  await world.install();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.zoho.scenario.clear();
  await world.quiet(); // what is still being read would come back
  world.later(DAY_MS); // past every pause an earlier test brought about
  await world.database.query('delete from ledger_customers');
  await world.database.query('delete from customer_links');
});

/** A problem in our own words, and nothing of the ones Zoho used. */
function expectOurOwnWords(refused: LightMyRequestResponse): void {
  const problem = ProblemAnswer.parse(refused.json());
  expect(refused.statusCode).toBe(problem.status);
  expect(problem.code).not.toBe('server.failed');
  expect(refused.body).not.toMatch(ZOHOS_WORDS);
}

describe('what Zoho answers', () => {
  test.each(ODD)(
    '48: %s leads to a refusal in our own words, nowhere else, and is over when it is over',
    async (answer) => {
      const { accessToken: token } = await world.signIn(SMALL.users.finance);
      for (const service of ['books', 'crm'] as const) {
        if (service === 'crm') world.later(60_000); // what CRM said before is too old
        world.zoho.scenario.add({ match: { service }, answer });
        expectOurOwnWords(await world.ask('GET', ASTER, { token }));
        world.zoho.scenario.clear();
      }

      const back = await world.consent((await world.begin('panel')).url, SMALL.users.rep);
      world.zoho.scenario.add({ match: { service: 'accounts' }, answer });
      const page = await world.ask('GET', back);
      world.zoho.scenario.clear();
      expect(page.statusCode).toBeGreaterThanOrEqual(400);
      expect(page.body).not.toMatch(ZOHOS_WORDS);
      expect(page.body).not.toContain('data-code');

      world.later(DAY_MS);
      const again = await world.signIn(SMALL.users.finance);
      expect(codeOf(await world.ask('GET', ASTER, { token: again.accessToken }))).toBe(200);
      expect(world.strayRequests).toEqual([]);
    },
  );
});
