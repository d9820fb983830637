import { codeOf, figuresOf, openWorld, type Person, refresh } from '../hostile/world.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { accountOf, manyDocuments } from '../support/many-documents.ts';

const MINUTE_MS = 60_000;
/** The clock moves on by this much at a time. */
const STEP_MS = 500;
/** A session's access token lives five minutes. */
const TOKEN_MS = 4 * MINUTE_MS;
/** By then everybody has figures, or something is wrong. */
const LONGEST_MS = 30 * MINUTE_MS;

interface Minute {
  readonly reps: number;
  /** At the first question: figures, `filling` with a time, or an error. */
  readonly figuresAtOnce: number;
  readonly toldWhen: number;
  readonly errors: number;
  /** Calls to Books somebody waited for. */
  readonly callsWaitedFor: number;
  /** The most calls Books got in any sixty seconds. */
  readonly mostCallsInAMinute: number;
}

interface MondayMorning {
  readonly cold: Minute & {
    /** Who was told a time had figures when that time came. */
    readonly keptWord: number;
    /** Until the last one had figures. */
    readonly secondsUntilAllHaveFigures: number;
  };
  readonly warm: Minute;
}

/**
 * Everybody opens a panel of their own within the same minute: first on a server that knows nothing, later on one that
 * knows all of them. On a clock that moves only when everything before has been done.
 */
export async function mondayMorning(reps: number): Promise<MondayMorning> {
  const world = await openWorld(sales(reps), { REQUESTS_AT_ONCE: '1000' });
  try {
    world.zoho.scenario.tokenLimits = false;
    await world.install();
    const people: (Person & { since: number })[] = [];
    for (let rep = 0; rep < reps; rep += 1)
      people.push({ ...(await world.signIn(userId(rep))), since: world.now().getTime() });

    const bookCalls: number[] = [];
    const stop = world.zoho.exchanges.follow(({ service, path }) => {
      if (service === 'books' && !path.endsWith('/organizations')) bookCalls.push(world.now().getTime());
    });

    const look = async (rep: number): Promise<Look> => {
      const person = people[rep];
      if (!person) throw new Error(`There is no rep ${rep}`);
      if (world.now().getTime() - person.since > TOKEN_MS) {
        const renewed = await refresh(world, person.cookie);
        const { accessToken } = renewed.json() as { accessToken: string };
        people[rep] = {
          accessToken,
          cookie: String(renewed.cookies[0]?.value),
          since: world.now().getTime(),
        };
      }
      const token = people[rep]?.accessToken;
      const answer = await world.ask('GET', figuresOf('Accounts', accountOf(rep)), { token });
      if (answer.statusCode !== 200) return { state: 'error', code: codeOf(answer) };
      const body = answer.json() as {
        state: 'linked' | 'filling' | 'not_linked';
        refetchAfterSeconds?: number;
      };
      return body.state === 'filling'
        ? { state: 'filling', seconds: Number(body.refetchAfterSeconds) }
        : body.state === 'linked'
          ? { state: 'figures' }
          : { state: 'error', code: body.state };
    };
    /** Lets the clock run until everybody who was due has been answered. */
    const morning = async (): Promise<{ looks: readonly (readonly Look[])[]; lastAt: number }> => {
      const start = world.now().getTime();
      const looks: Look[][] = people.map(() => []);
      const due = people.map((_, rep) => start + Math.floor((rep * MINUTE_MS) / reps));
      let asking = 0;
      let lastAt = start;
      while (asking > 0 || due.some(Number.isFinite)) {
        const now = world.now().getTime();
        if (now - start > LONGEST_MS) throw new Error('Not everybody has figures after half an hour');
        for (const [rep, at] of due.entries()) {
          if (at > now) continue;
          due[rep] = Number.POSITIVE_INFINITY;
          asking += 1;
          void look(rep).then((seen) => {
            asking -= 1;
            looks[rep]?.push(seen);
            lastAt = world.now().getTime();
            if (seen.state === 'filling') due[rep] = lastAt + seen.seconds * 1_000;
          });
        }
        await world.quiet();
        world.later(STEP_MS);
      }
      return { looks, lastAt: (lastAt - start) / 1_000 };
    };
    const waitedFor = async (): Promise<number> => {
      const [row] = await world.database.query<{ calls: number | null }>(
        "select (budget->'today'->>'interactive')::int as calls from books_budgets",
      );
      return row?.calls ?? 0;
    };
    const minute = async (): Promise<Minute & Awaited<ReturnType<typeof morning>>> => {
      const before = await waitedFor();
      bookCalls.length = 0;
      const seen = await morning();
      const first = seen.looks.map(([look]) => look?.state);
      return {
        ...seen,
        reps,
        figuresAtOnce: first.filter((state) => state === 'figures').length,
        toldWhen: first.filter((state) => state === 'filling').length,
        errors: seen.looks.flat().filter(({ state }) => state === 'error').length,
        callsWaitedFor: (await waitedFor()) - before,
        mostCallsInAMinute: Math.max(0, ...bookCalls.map((at) => within(bookCalls, at))),
      };
    };

    const { looks, lastAt, ...cold } = await minute();
    world.later(MINUTE_MS);
    await world.quiet();
    const { looks: _, lastAt: __, ...warm } = await minute();
    stop();
    return {
      cold: {
        ...cold,
        keptWord: looks.filter((of) => of.length === 2 && of[1]?.state === 'figures').length,
        secondsUntilAllHaveFigures: Math.round(lastAt),
      },
      warm,
    };
  } finally {
    await world.close();
  }
}

type Look =
  | { readonly state: 'figures' }
  | { readonly state: 'filling'; readonly seconds: number }
  | { readonly state: 'error'; readonly code: string | number };

const within = (calls: readonly number[], start: number): number =>
  calls.filter((at) => at >= start && at < start + MINUTE_MS).length;

const userId = (rep: number): string => `36523970000${String(rep).padStart(8, '0')}`;

/** Reps with a customer each, of a few documents. */
function sales(reps: number): Organisation {
  const organisation = manyDocuments({ customers: reps, invoicesEach: 4 });
  const { users, Accounts } = organisation.crm;
  const rep = users.find(({ id }) => id === SMALL.users.rep);
  const account = Accounts.find(({ id }) => id === SMALL.accounts.aster);
  if (!rep || !account) throw new Error('The small organisation has no rep or no account');
  for (let at = 0; at < reps; at += 1) {
    const id = userId(at);
    const name = `Rep ${at}`;
    users.push({ ...rep, id, zuid: id, full_name: name, email: `rep${at}@example.com` });
    Accounts.push({ ...account, id: accountOf(at), Account_Name: `Account ${at}`, Owner: { id, name } });
  }
  return organisation;
}
