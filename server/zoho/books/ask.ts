import { type AccessToken, createAuthorised } from '../authorised.ts';
import type { DataCentre } from '../data-centres.ts';
import type { Governor } from '../governor.ts';
import { readAgain } from '../read-again.ts';
import type { Transport, ZohoAnswer } from '../transport.ts';
import { dayToldBy, isUnknownToken, limitOf, troubleOf } from './answers.ts';
import type { Priority } from './books.ts';

/** @see books v3: one place to move when Zoho does */
const BASE = '/books/v3';

interface BooksQuestion {
  readonly path: string;
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** Answers the body of a good answer; throws `ZohoTrouble` for everything else. */
export type AskBooks = (question: BooksQuestion, priority: Priority) => Promise<unknown>;

/**
 * Writes once: a write that got no answer may have been done, so whoever wrote looks before writing again. What Books
 * answers is the caller's to judge; no answer, limits and a token that is no longer good throw `ZohoTrouble`.
 */
export type WriteBooks = (change: BooksQuestion & { readonly json: object }) => Promise<ZohoAnswer>;

interface AskNeeds {
  readonly transport: Transport;
  readonly dataCentre: DataCentre;
  readonly accessToken: AccessToken;
  /** Absent only where no organisation is chosen yet. */
  readonly governor?: Governor;
  /** Sent with every call of one organisation. */
  readonly organisationId?: string;
}

export function createAskBooks(needs: AskNeeds): AskBooks {
  const call = createCall(needs);
  return async (question, priority) => {
    const answer = await readAgain(() => call({ method: 'GET', ...question }, priority));
    const trouble = troubleOf(answer);
    if (trouble) throw trouble;
    return answer.body;
  };
}

/** Somebody waits for every write. */
export function createWriteBooks(needs: AskNeeds): WriteBooks {
  const call = createCall(needs);
  return (change) => call({ method: 'PUT', ...change }, 'write');
}

type Called = BooksQuestion & { readonly method: 'GET' | 'PUT'; readonly json?: object };

function createCall({ transport, dataCentre, accessToken, governor, organisationId }: AskNeeds) {
  const authorised = createAuthorised(accessToken, isUnknownToken);
  return ({ method, path, ids, query, json }: Called, priority: Priority): Promise<ZohoAnswer> => {
    const call = async (token: string): Promise<ZohoAnswer> => {
      const answer = await transport({
        service: 'books',
        method,
        origin: dataCentre.api,
        path: `${BASE}${path}`,
        ...(ids ? { ids } : {}),
        query: { ...query, ...(organisationId === undefined ? {} : { organization_id: organisationId }) },
        ...(json ? { json } : {}),
        accessToken: token,
        purpose: priority,
      });
      const day = dayToldBy(answer);
      if (day) governor?.heard(day);
      const limit = limitOf(answer);
      if (limit) throw limit; // the governor has to hear of it
      return answer;
    };
    return authorised((token) => (governor ? governor.run(priority, () => call(token)) : call(token)));
  };
}
