import type { Customer360 } from '../../server/contract/customer-360.ts';
import { asProblem } from '../api/problem-error.ts';
import type { SessionState } from '../api/session.ts';
import type { CrmContext } from '../crm/connect-to-crm.ts';
import type { ProblemView } from '../ui/ProblemStanding.tsx';
import type { WhySignIn } from '../ui/SignIn.tsx';

export type CrmState = CrmContext | { readonly state: 'connecting' };
export type LinkedAnswer = Extract<Customer360, { state: 'linked' }>;
export type NotLinkedAnswer = Extract<Customer360, { state: 'not_linked' }>;

/** What is happening behind figures that are on the screen. */
export interface Refresh {
  readonly running: boolean;
  /** The person asked for it and it has come. */
  readonly finished: boolean;
  /** Why the last attempt brought nothing newer. */
  readonly problem: ProblemView | null;
  readonly nextAt: Date | null;
}

/** What stands in the place of figures. */
export type RareState =
  | { readonly state: 'crm_silent' }
  | { readonly state: 'foreign_host' }
  | { readonly state: 'no_record' }
  | { readonly state: 'unsupported_module'; readonly module: string }
  | { readonly state: 'sign_in'; readonly why: WhySignIn }
  | { readonly state: 'problem'; readonly problem: ProblemView }
  /** The customer is read for the first time when it is its turn. */
  | { readonly state: 'filling'; readonly at: Date | null }
  | { readonly state: 'not_linked'; readonly answer: NotLinkedAnswer };

/** Everything the panel can show, each with a picture of its own. */
export type PanelState =
  | { readonly state: 'loading'; readonly onDeal: boolean }
  | { readonly state: 'figures'; readonly answer: LinkedAnswer; readonly refresh: Refresh }
  | RareState;

/** What a person can have the panel do. */
export interface PanelActs {
  /** Asks our server again. */
  readonly refresh: () => void;
  /** Starts the whole page again, CRM included. */
  readonly reload: () => void;
}

interface Known {
  readonly crm: CrmState;
  readonly session: SessionState;
  readonly answer: Customer360 | undefined;
  readonly error: unknown;
  readonly running: boolean;
  readonly finished: boolean;
  readonly nextAt: Date | null;
}

/** The one state that follows from all that is known. An answer once given outlives the failure of the next one. */
export function panelState({ crm, session, answer, error, ...now }: Known): PanelState {
  switch (crm.state) {
    case 'connecting':
      return { state: 'loading', onDeal: false };
    case 'silent':
      return { state: 'crm_silent' };
    case 'foreign_host':
    case 'no_record':
      return { state: crm.state };
    case 'unsupported_module':
      return { state: 'unsupported_module', module: crm.module };
    case 'record':
      break;
  }
  const loading: PanelState = { state: 'loading', onDeal: crm.module === 'Deals' };
  switch (session.state) {
    case 'resuming':
      return loading;
    case 'signed_out':
      return { state: 'sign_in', why: session.why };
    case 'unknown':
      return { state: 'problem', problem: problemView(session.problem, now.nextAt) };
    case 'signed_in':
      break;
  }
  const problem = error ? problemView(error, now.nextAt) : null;
  if (!answer) return problem ? { state: 'problem', problem } : loading;
  if (answer.state === 'filling')
    return problem ? { state: 'problem', problem } : { state: 'filling', at: now.nextAt };
  if (answer.state === 'not_linked') return { state: 'not_linked', answer };
  const refresh: Refresh = { running: now.running, finished: now.finished, problem, nextAt: now.nextAt };
  return { state: 'figures', answer, refresh };
}

/** @param retryAt when it will be asked again by itself */
export function problemView(thrown: unknown, retryAt: Date | null): ProblemView {
  const { code, requestId, fix } = asProblem(thrown);
  return { code, requestId, fix, retryAt };
}
