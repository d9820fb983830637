const TIMEOUT_MS = 8_000; // the SDK itself waits for ever

let announce: (sdk: ZohoSdk) => void;
const started = new Promise<ZohoSdk>((resolve) => {
  announce = resolve;
});

/** Tells everyone who waits in `askZoho` that the host has answered and the SDK may be called. */
export function sdkStarted(sdk: ZohoSdk): void {
  announce(sdk);
}

/**
 * One call of the SDK, as soon as the host has answered it. The SDK throws at once, rejects with plain objects, or
 * never settles; here each of these is a rejection with an `Error`.
 *
 * @param what named in the error, e.g. `user preference`
 */
export function askZoho(
  what: string,
  call: (sdk: ZohoSdk) => Promise<unknown> | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`CRM did not answer: ${what} (${TIMEOUT_MS} ms)`)),
      TIMEOUT_MS,
    );
    started
      .then(call)
      .then(resolve, (refusal: unknown) => reject(asError(what, refusal)))
      .finally(() => clearTimeout(timer));
  });
}

function asError(what: string, refusal: unknown): Error {
  if (refusal instanceof Error)
    return new Error(`CRM refused: ${what}: ${refusal.message}`, { cause: refusal });
  const code =
    typeof refusal === 'object' && refusal !== null && 'code' in refusal ? String(refusal.code) : 'no code';
  return new Error(`CRM refused: ${what} (${code})`, { cause: refusal });
}
