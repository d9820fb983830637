/**
 * Keeps messages that only pretend to come from CRM away from the SDK, which takes them from any window.
 * Listens in the capture phase, so it runs before the SDK's listener whichever was added first.
 *
 * @param hostOrigin the only origin, together with the parent window, that may speak for CRM
 */
export function guardAgainstForgery(hostOrigin: string): void {
  window.addEventListener(
    'message',
    (message) => {
      const fromHost = message.source === window.parent && message.origin === hostOrigin;
      if (!fromHost && isForSdk(message.data)) message.stopImmediatePropagation();
    },
    { capture: true },
  );
}

/** The SDK also reads JSON text, and nothing else of ours is sent as text. */
function isForSdk(data: unknown): boolean {
  if (typeof data === 'string') return true;
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'FRAMEWORK.EVENT';
}
