/**
 * Origin of the CRM page that hosts us, when it is one the server listed in `<meta name="crm-origins">`; else `null`.
 * The SDK posts to whatever `serviceOrigin` the address names, so this is asked before the SDK starts.
 */
export function crmOrigin(): string | null {
  if (window.parent === window) return null; // opened by itself: there is no host to talk to
  const [named, ...more] = serviceOrigins(window.location.href);
  // Two of them could mean one to us and another to the SDK.
  if (named === undefined || more.length > 0) return null;
  return listedOrigins().some((listed) => isCoveredBy(named, listed)) ? named : null;
}

/** Reads the address the way the SDK does: everything after the first `?`, hash included, by `&` and `=`. */
function serviceOrigins(href: string): readonly string[] {
  return href
    .slice(href.indexOf('?') + 1)
    .split('&')
    .map((pair) => pair.split('='))
    .filter(([name]) => name === 'serviceOrigin')
    .map(([, value]) => decoded(value ?? ''));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return ''; // half an escape is no origin, and nothing is listed as ''
  }
}

function listedOrigins(): readonly string[] {
  const content = document.querySelector('meta[name="crm-origins"]')?.getAttribute('content') ?? '';
  return content.split(/\s+/).filter((origin) => origin !== '');
}

/** `https://*.zoho.com` covers every host below zoho.com, as in CSP; anything else is compared whole. */
function isCoveredBy(origin: string, listed: string): boolean {
  const [scheme, suffix] = listed.split('*');
  if (scheme === undefined || suffix === undefined) return origin === listed;
  if (!origin.startsWith(scheme) || !origin.endsWith(suffix)) return false;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(origin.slice(scheme.length, -suffix.length));
}
