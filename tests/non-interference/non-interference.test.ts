/**
 * What somebody may not see changes nothing they can notice. Two whole runs of the product, over the same people, rules
 * and moments: in the second, Books and CRM hold other amounts within the same bands, other documents of hidden types
 * or on hidden deals, other customers and records nobody's eyes reach. Every answer of every route that knows who asks
 * must be the same in status, headers, body and log lines, byte by byte but for the request's id and the moment.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { asksOf, isOf } from './asks.ts';
import { createPlants, PLANTED_ASKS, PLANTED_ROUND, PLANTS } from './plants.ts';
import { roundsOf } from './rounds.ts';
import { type Observed, openRunner, type RoundSeen } from './run.ts';

/** Other rounds: `SEED=7 npx vitest run tests/non-interference`. */
const SEED = Number(process.env.SEED ?? 20_261_120);
const ROUNDS = Number(process.env.ROUNDS ?? 17);
const MEMBERS = ['status', 'headers', 'body', 'log'] as const;

const rounds = roundsOf(SEED, ROUNDS);

interface Run {
  readonly rounds: readonly RoundSeen[];
  /** The same short round without a leak, and with each. */
  readonly sound: RoundSeen;
  readonly planted: readonly RoundSeen[];
  readonly routes: readonly { method: string; url: string; right: string }[];
}

let first: Run;
let second: Run;
beforeAll(async () => {
  first = await run('plan');
  second = await run('twin');
}, 240_000);

async function run(which: 'plan' | 'twin'): Promise<Run> {
  const plants = createPlants();
  const runner = await openRunner(plants.plantIn);
  try {
    const seen: RoundSeen[] = [];
    for (const round of rounds) seen.push(await runner.round(round, which));
    const sound = await runner.round(PLANTED_ROUND, which, PLANTED_ASKS);
    const planted: RoundSeen[] = [];
    for (const plant of PLANTS) {
      planted.push(
        await runner.round(PLANTED_ROUND, which, PLANTED_ASKS, {
          before: () => plants.choose(plant),
          after: () => plants.choose(null),
        }),
      );
    }
    return { rounds: seen, sound, planted, routes: runner.world.app.declaredRights };
  } finally {
    await runner.close();
  }
}

/** Where two states can be told apart, with what is around the first byte that differs. */
function differences(one: RoundSeen | undefined, other: RoundSeen | undefined): readonly string[] {
  const theirs = other?.observed ?? [];
  const mine = one?.observed ?? [];
  return [
    ...(mine.length === theirs.length ? [] : [`${mine.length} answers, ${theirs.length} answers`]),
    ...mine.flatMap((answer, at) => MEMBERS.flatMap((member) => difference(answer, theirs[at], member))),
  ];
}

function difference(
  mine: Observed,
  theirs: Observed | undefined,
  member: (typeof MEMBERS)[number],
): string[] {
  const [a, b] = [String(mine[member]), String(theirs?.[member])];
  if (a === b) return [];
  let at = 0;
  while (a[at] === b[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return [`${mine.ask}: ${member}: …${around(a)}… is not …${around(b)}…`];
}

/** Rounds that count: by chance a sum crosses an edge, or an average a whole day, which the role may see. */
const fair = () =>
  rounds.flatMap((round, at) => {
    const [one, other] = [first.rounds[at], second.rounds[at]];
    return one && other && !(round.mayDiffer && one.visible !== other.visible) ? [{ round, one, other }] : [];
  });

describe('what somebody may not see', () => {
  test('changes no byte of any answer, header, error or log line', () => {
    for (const { round, one, other } of fair())
      expect([`SEED=${SEED}, ${round.name}`, differences(one, other)]).toEqual([
        `SEED=${SEED}, ${round.name}`,
        [],
      ]);
  });

  test('was different every time, and in more than a thousand answers', () => {
    for (const { round, one, other } of fair())
      expect([round.name, one.everything === other.everything]).toEqual([round.name, false]);
    const pairs = fair().reduce((sum, { one }) => sum + one.observed.length, 0);
    expect(pairs).toBeGreaterThan(ROUNDS * 60);
    expect(pairs).toBeGreaterThanOrEqual(1_000);
    expect(fair().length).toBeGreaterThanOrEqual(Math.floor(ROUNDS * 0.85));
  });

  test('was looked for by every route that knows who asks', () => {
    const [round] = rounds;
    const asks = round ? asksOf(round) : [];
    const missing = first.routes
      .filter(({ right, method }) => right !== 'public' && method !== 'HEAD')
      .filter((route) => !asks.some((ask) => isOf(ask, route)))
      .map(({ method, url }) => `${method} ${url}`);
    expect(missing).toEqual([]);
  });
});

describe('a leak that is built in', () => {
  const seenIn: Readonly<Record<(typeof PLANTS)[number], (typeof MEMBERS)[number]>> = {
    body: 'body',
    header: 'headers',
    etag: 'headers',
    status: 'status',
    order: 'body',
    count: 'body',
    'error text': 'body',
    log: 'log',
  };

  test('is not found where there is none', () => {
    expect(differences(first.sound, second.sound)).toEqual([]);
    expect(first.sound.visible).toBe(second.sound.visible);
  });

  test.each(PLANTS)('in the %s is found', (plant) => {
    const at = PLANTS.indexOf(plant);
    const found = differences(first.planted[at], second.planted[at]);
    expect(found.length).toBeGreaterThan(0);
    expect(found.some((one) => one.includes(`: ${seenIn[plant]}: `))).toBe(true);
  });
});
