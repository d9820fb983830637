import { type AccessToken, createAuthorised } from '../authorised.ts';
import type { DataCentre } from '../data-centres.ts';
import type { Governor } from '../governor.ts';
import { readAgain } from '../read-again.ts';
import type { Transport } from '../transport.ts';
import { isUnknownToken, limitOf, troubleOf } from './answers.ts';
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

interface AskNeeds {
  readonly transport: Transport;
  readonly dataCentre: DataCentre;
  readonly accessToken: AccessToken;
  /** Absent only where no organisation is chosen yet. */
  readonly governor?: Governor;
  /** Sent with every call of one organisation. */
  readonly organisationId?: string;
}

export function createAskBooks({
  transport,
  dataCentre,
  accessToken,
  governor,
  organisationId,
}: AskNeeds): AskBooks {
  const authorised = createAuthorised(accessToken, isUnknownToken);
  return async ({ path, ids, query }, priority) => {
    const call = async (token: string) => {
      const answer = await transport({
        service: 'books',
        method: 'GET',
        origin: dataCentre.api,
        path: `${BASE}${path}`,
        ...(ids ? { ids } : {}),
        query: { ...query, ...(organisationId === undefined ? {} : { organization_id: organisationId }) },
        accessToken: token,
      });
      const limit = limitOf(answer);
      if (limit) throw limit; // the governor has to hear of it
      return answer;
    };
    const answer = await readAgain(() =>
      authorised((token) => (governor ? governor.run(priority, () => call(token)) : call(token))),
    );
    const trouble = troubleOf(answer);
    if (trouble) throw trouble;
    return answer.body;
  };
}
