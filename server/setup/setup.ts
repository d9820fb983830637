import type { Audit } from '../audit/audit.ts';
import { Problem } from '../contract/problem.ts';
import { type PassableStep, type PreFlight, type Setup, SetupStep } from '../contract/setup.ts';
import type { BooksGrants } from '../identity/books-grant.ts';
import type { Caller } from '../identity/caller.ts';
import { findInstall } from '../identity/installs.ts';
import type { Database } from '../store/database.ts';
import { passSetupStep, setupOf } from '../store/setups.ts';
import { type Facts, judge } from './pre-flight.ts';

interface Needs {
  readonly database: Database;
  readonly mustAdminister: (caller: Caller) => Promise<unknown>;
  readonly booksGrants: Pick<BooksGrants, 'state'>;
  readonly factsOf: (caller: Caller) => Promise<Facts>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: () => Date;
}

/**
 * How far an organisation's set-up has come. It is kept per organisation and on the server, so that whoever
 * administers it goes on where it was left, on any page and after any restart. What can be seen is not kept: Books is
 * connected when it is, and an organisation chosen when it is.
 * @throws Problem `settings.not_administrator`
 */
export interface SetUp {
  read(caller: Caller): Promise<Setup>;
  /**
   * Somebody is done with a step. Two at once agree; the last step finishes the set-up.
   * @throws Problem `setup.unfinished`, `setup.blocked`
   */
  pass(caller: Caller, step: PassableStep): Promise<Setup>;
  preFlight(caller: Caller): Promise<PreFlight>;
}

const LAST: PassableStep = 'place';

export function createSetUp({ database, mustAdminister, booksGrants, factsOf, audit, clock }: Needs): SetUp {
  async function told(caller: Caller): Promise<Setup> {
    const install = await findInstall(database, caller.install.id);
    if (!install) throw new Problem('session.ended');
    const [row, books] = await Promise.all([setupOf(database, install.id), booksGrants.state(install.id)]);
    const stateOf = (step: SetupStep): Setup['steps'][number]['state'] => {
      const done = (is: boolean) => (is ? 'done' : 'to_do');
      switch (step) {
        case 'books':
          return books === 'revoked' || books === 'unreadable' ? 'attention' : done(books === 'good');
        case 'organisation':
          return done(install.books !== null);
        case LAST:
          return done(row?.finishedAt != null);
        default:
          // whoever was set up before there were steps has passed them all
          return done(row !== null && (row.passed.includes(step) || row.finishedAt !== null));
      }
    };
    return {
      administrator: { name: caller.name },
      crm: { organisation: install.crmOrganisationName },
      steps: SetupStep.options.map((step) => ({ step, state: stateOf(step) })),
      finishedAt: row?.finishedAt?.toISOString() ?? null,
      ...(row && row.byId !== '0'
        ? { last: { name: row.byName, yourself: row.byId === caller.crmUserId, at: row.at.toISOString() } }
        : {}),
    };
  }

  /** Everything else is done, and nothing stands in the way. */
  async function mustBeReady(caller: Caller): Promise<void> {
    const { steps } = await told(caller);
    if (steps.some(({ step, state }) => step !== LAST && state !== 'done'))
      throw new Problem('setup.unfinished');
    if (judge(await factsOf(caller)).some(({ state, blocks }) => state === 'failed' && blocks))
      throw new Problem('setup.blocked');
  }

  return {
    async read(caller) {
      await mustAdminister(caller);
      return told(caller);
    },

    async pass(caller, step) {
      await mustAdminister(caller);
      const finishes = step === LAST;
      if (finishes) await mustBeReady(caller);
      const { install, crmUserId: byId, name: byName, amr } = caller;
      await database.transaction(async (on) => {
        if (!(await passSetupStep(on, install.id, { step, finishes, byId, byName, now: clock() }))) return;
        await audit.record(on, install.id, {
          action: finishes ? 'setup.finished' : 'setup.passed',
          who: byId,
          amr,
          subject: `setup/${step}`,
          outcome: finishes ? 'finished' : 'passed',
        });
      });
      return told(caller);
    },

    async preFlight(caller) {
      await mustAdminister(caller);
      return { checkedAt: clock().toISOString(), checks: [...judge(await factsOf(caller))] };
    },
  };
}
