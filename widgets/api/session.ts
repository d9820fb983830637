import { createStore } from 'zustand/vanilla';
import { Session } from '../../server/contract/auth.ts';
import { asProblem, ProblemError } from './problem-error.ts';
import { send, understood } from './send.ts';

export type SessionState =
  | { readonly state: 'resuming' }
  | { readonly state: 'signed_in'; readonly userName: string }
  | {
      readonly state: 'signed_out';
      /**
       * `not_kept`: the browser refused the cookie, so the sign-in is gone with the access token.
       * `other_person`: the session was somebody else's than the person CRM's page belongs to now.
       */
      readonly why: 'not_yet' | 'ended' | 'not_kept' | 'other_person';
    }
  /** Our server could not say. `since` is when it was asked, in milliseconds of the clock. */
  | { readonly state: 'unknown'; readonly problem: ProblemError; readonly since: number };

/** Who is signed in on this page, for everyone to watch. The token itself is nobody else's business. */
export const session = createStore<SessionState>(() => ({ state: 'resuming' }));

interface Access {
  readonly token: string;
  readonly endsAt: number;
}

const SPARE_MS = 15_000; // renew before the server would refuse a token that is just on its way

// In memory only: a frame inside another site may have no storage, and a token should not outlive the page.
let access: Access | null = null;
let renewing: Promise<void> | null = null;
let lastProblem: ProblemError | null = null;
let crmPerson: Promise<string | null> = Promise.resolve(null);

/** Takes over a session the server has just granted. */
export function beginSession({ accessToken, expiresInSeconds, user }: Session): void {
  access = { token: accessToken, endsAt: Date.now() + expiresInSeconds * 1000 };
  session.setState({ state: 'signed_in', userName: user.name }, true);
}

/**
 * Says whom CRM's page belongs to (`null`: CRM does not tell). It grants nothing; but a session that was begun while
 * the page belonged to somebody else is ended before anything of it is shown.
 */
export function followCrmPerson(told: Promise<string | null>): void {
  crmPerson = told;
}

/** Whom CRM's page belongs to, as far as CRM tells. */
export const personInCrm = (): Promise<string | null> => crmPerson;

/**
 * Picks up the session of this browser by its cookie, if there is one. Never rejects: the outcome is in `session`.
 * Simultaneous calls share one request, because the server takes a second use of the same handle for theft.
 */
export function resumeSession(): Promise<void> {
  renewing ??= renew().finally(() => {
    renewing = null;
  });
  return renewing;
}

/** A token that is good for a request now. @throws ProblemError when nobody is signed in or it cannot be renewed. */
export async function accessToken(): Promise<string> {
  if (renewing || !access || access.endsAt - SPARE_MS < Date.now()) await resumeSession();
  if (access) return access.token;
  throw lastProblem ?? new ProblemError('session.missing');
}

/** Every session has just been ended by what was asked for here, this one too. */
export function forgetSession(): void {
  access = null;
  session.setState({ state: 'signed_out', why: 'ended' }, true);
}

/** The server refused this token; the next question renews. */
export function dropToken(refused: string): void {
  if (access?.token === refused) access = null;
}

async function renew(): Promise<void> {
  const before = session.getState();
  lastProblem = null;
  try {
    const [renewed, person] = await Promise.all([alone(refresh), personInCrm()]);
    const same = person === null || renewed.crmPerson === null || person === renewed.crmPerson;
    if (same) return beginSession(renewed);
    access = null;
    await logOut();
    session.setState({ state: 'signed_out', why: 'other_person' }, true);
  } catch (thrown) {
    access = null;
    lastProblem = asProblem(thrown);
    session.setState(afterRefusal(lastProblem, before), true);
  }
}

const logOut = (): Promise<unknown> =>
  send('/auth/logout', { method: 'POST', body: {}, headers: { 'x-customer-360': '1' } }).catch(
    () => undefined, // the cookie then stays until its limits, and this check meets it again
  );

const refresh = async (): Promise<Session> =>
  understood(
    Session,
    // the header cannot be sent across sites without our server's consent
    await send('/auth/refresh', { method: 'POST', body: {}, headers: { 'x-customer-360': '1' } }),
  );

function afterRefusal(problem: ProblemError, before: SessionState): SessionState {
  // asked once more after it was lost: why it was is as true as before
  if (before.state === 'signed_out') return before;
  const wasSignedIn = before.state === 'signed_in';
  switch (problem.code) {
    case 'session.missing':
      return { state: 'signed_out', why: wasSignedIn ? 'not_kept' : 'not_yet' };
    case 'session.ended':
      return { state: 'signed_out', why: wasSignedIn ? 'ended' : 'not_yet' };
    default:
      // Figures on the screen outlive a passing trouble; whoever asks next is told of it.
      if (problem.retryAfterSeconds !== null)
        return wasSignedIn ? before : { state: 'unknown', problem, since: Date.now() };
      return { state: 'signed_out', why: wasSignedIn ? 'ended' : 'not_yet' };
  }
}

/** One refresh at a time over all widgets of this browser: they share the cookie, and each use changes it. */
async function alone(ask: () => Promise<Session>): Promise<Session> {
  const { locks } = navigator;
  if (!locks) return ask();
  let asked: Promise<Session> | undefined;
  return locks
    .request('customer-360-refresh', () => {
      asked = ask();
      return asked;
    })
    .catch((refused: unknown) => {
      if (asked) throw refused;
      return ask(); // a frame without storage may be refused locks as well
    });
}
