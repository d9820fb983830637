import { type AuthRedeem, type AuthStart, AuthStarted, Session } from '../../server/contract/auth.ts';
import { challengeOf, newVerifier } from './challenge.ts';
import { createPopupFlow, type PopupFlow } from './popup-flow.ts';
import { send, understood } from './send.ts';
import { beginSession, personInCrm } from './session.ts';

/**
 * Signing in with Zoho. The verifier never leaves this page until it redeems, so a code caught on the way is useless.
 * @param purpose `setup` lets an administrator install by signing in
 */
export function createSignIn(purpose: AuthStart['purpose']): PopupFlow {
  const verifiers = new Map<string, string>();
  return createPopupFlow({
    start: async () => {
      const verifier = newVerifier();
      const serviceOrigin = new URLSearchParams(window.location.search).get('serviceOrigin');
      const body: AuthStart = {
        challenge: await challengeOf(verifier),
        purpose,
        ...(serviceOrigin ? { serviceOrigin } : {}),
      };
      const started = understood(AuthStarted, await send('/auth/start', { method: 'POST', body }));
      verifiers.set(started.tx, verifier);
      return started;
    },
    finish: async (message) => {
      const verifier = verifiers.get(message.tx);
      if (message.type !== 'customer360.signed-in' || verifier === undefined) return;
      const crmPerson = await personInCrm();
      const body: AuthRedeem = {
        tx: message.tx,
        code: message.code,
        verifier,
        ...(crmPerson ? { crmPerson } : {}),
      };
      beginSession(understood(Session, await send('/auth/redeem', { method: 'POST', body })));
    },
  });
}
