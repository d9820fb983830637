import type { Lifecycle, Uninstalled } from '../../server/contract/lifecycle.ts';
import type { Setup } from '../../server/contract/setup.ts';
import { asProblem } from '../api/problem-error.ts';
import type { SessionState } from '../api/session.ts';
import type { PopupView } from '../ui/PopupSteps.tsx';
import type { ProblemView } from '../ui/ProblemStanding.tsx';
import type { WhySignIn } from '../ui/SignIn.tsx';

/** Everything the settings page can show. */
export type SettingsState =
  | { readonly state: 'loading' }
  | {
      readonly state: 'sign_in';
      readonly why: WhySignIn;
      readonly popup: PopupView;
      /** What the same person comes back to, with everything that is not saved yet. */
      readonly kept?: Setup | undefined;
    }
  /** Ended here just now; afterwards nobody is signed in. */
  | { readonly state: 'uninstalled'; readonly uninstalled: UninstalledHere; readonly popup: PopupView }
  /** Signed in as somebody who may not change anything, or too weakly; may sign in again. */
  | { readonly state: 'not_administrator'; readonly problem: ProblemView; readonly popup: PopupView }
  | { readonly state: 'problem'; readonly problem: ProblemView }
  | {
      readonly state: 'settings';
      readonly setup: Setup;
      /** When what is stored is erased, while it is being uninstalled. */
      readonly eraseAt?: string | undefined;
    };

type UninstalledHere = Uninstalled & { readonly organisation: string };

/** Refusals that another sign-in may answer: as somebody else, or not by a typed code. */
export const MENDED_BY_SIGNING_IN: ReadonlySet<string> = new Set([
  'settings.not_administrator',
  'settings.signed_in_by_code',
]);

/** The one state that follows from all that is known. */
export function settingsState({
  session,
  popup,
  setup,
  lifecycle,
  uninstalled,
  error,
}: {
  session: SessionState;
  popup: PopupView;
  setup: Setup | undefined;
  lifecycle: Lifecycle | undefined;
  uninstalled: UninstalledHere | undefined;
  error: unknown;
}): SettingsState {
  switch (session.state) {
    case 'resuming':
      return { state: 'loading' };
    case 'signed_out':
      if (uninstalled) return { state: 'uninstalled', uninstalled, popup };
      // of somebody else nothing is kept
      return {
        state: 'sign_in',
        why: session.why,
        popup,
        kept: session.why === 'other_person' ? undefined : setup,
      };
    case 'unknown':
      return { state: 'problem', problem: view(session.problem) };
    case 'signed_in':
      break;
  }
  if (error) {
    const problem = view(error);
    if (MENDED_BY_SIGNING_IN.has(problem.code)) return { state: 'not_administrator', problem, popup };
    // a passing trouble must not take away what somebody is in the middle of editing
    if (!setup) return { state: 'problem', problem };
  }
  if (!setup) return { state: 'loading' };
  return lifecycle?.state === 'uninstalling'
    ? { state: 'settings', setup, eraseAt: lifecycle.erasure?.at }
    : { state: 'settings', setup };
}

function view(thrown: unknown): ProblemView {
  const { code, requestId, fix } = asProblem(thrown);
  return { code, requestId, fix, retryAt: null };
}
