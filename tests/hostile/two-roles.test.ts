/** Number 32 of the list of hostile tests: people of different roles at the same address at the same time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from '../sandbox/small-organisation.ts';
import { DIRECTOR, fourPeople } from './four-people.ts';
import { figuresOf, openWorld, type World } from './world.ts';

const ROUNDS = 1_000;
/** So many rounds are on their way together. */
const AT_ONCE = 20;
const DEAL = figuresOf('Deals', SMALL.deals.fitOut);
const DOCUMENTS = `/api/v1/records/Deals/${SMALL.deals.fitOut}/documents`;

let world: World;
const tokens: string[] = [];
beforeAll(async () => {
  world = await openWorld(fourPeople());
  await world.install();
  for (const userId of [SMALL.users.finance, SMALL.users.rep, DIRECTOR])
    tokens.push((await world.signIn(userId)).accessToken);
  // until nothing is read behind the answers any more, which they would tell
  let readingOn = true;
  while (readingOn) {
    const { body } = await world.ask('GET', DEAL, { token: tokens[0] });
    readingOn = body.includes('refetchAfterSeconds');
    await world.quiet();
  }
});
afterAll(() => world.close());

const seen = async (who: number, path: string): Promise<string> => {
  const { body, headers } = await world.ask('GET', path, { token: tokens[who] });
  return `${headers['content-length']} ${body}`;
};

describe('two roles', () => {
  test('32: asking for the same record at the same moment, each gets its own answer, in either order', async () => {
    const own = new Map<string, readonly string[]>();
    for (const path of [DEAL, DOCUMENTS])
      own.set(path, await Promise.all(tokens.map((_, who) => seen(who, path))));
    for (const answers of own.values()) expect(new Set(answers).size).toBe(tokens.length);

    const wrong: string[] = [];
    const round = async (at: number): Promise<void> => {
      const path = at % 3 === 0 ? DOCUMENTS : DEAL;
      const first = at % tokens.length;
      const pair = [first, (first + 1 + (at % 2)) % tokens.length];
      const asked = at % 4 < 2 ? pair : pair.reverse();
      const answers = await Promise.all(asked.map((who) => seen(who, path)));
      for (const [nth, who] of asked.entries())
        if (answers[nth] !== own.get(path)?.[who]) wrong.push(`round ${at}, person ${who}`);
    };
    for (let at = 0; at < ROUNDS; at += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, nth) => round(at + nth)));
    expect(wrong).toEqual([]);
  }, 120_000);
});
