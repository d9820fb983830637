/** The settings page, told the same host as this page: it picks the data centre to sign in at. */
export function settingsHref(): string {
  const serviceOrigin = new URLSearchParams(window.location.search).get('serviceOrigin');
  return serviceOrigin
    ? `./settings.html?serviceOrigin=${encodeURIComponent(serviceOrigin)}`
    : './settings.html';
}
