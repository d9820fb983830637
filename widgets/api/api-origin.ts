/**
 * Where our server is. Pages it serves itself are on its origin; pages hosted by Zoho carry it in
 * `<meta name="api-origin">`, filled in when the package is made. An unfilled placeholder is no address.
 */
export function apiOrigin(): string {
  const baked = document.querySelector('meta[name="api-origin"]')?.getAttribute('content') ?? '';
  return /^https?:\/\//.test(baked) ? new URL(baked).origin : window.location.origin;
}
