/** 32 random bytes as base64url. It stays in this page until it redeems what it began. */
export const newVerifier = (): string => base64Url(crypto.getRandomValues(new Uint8Array(32)));

/** What may be shown of a verifier beforehand. */
export async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64Url(new Uint8Array(hash));
}

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
