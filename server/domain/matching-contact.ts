/** Hosts anybody may have a mailbox at: sharing one says nothing. */
const PUBLIC_HOSTS = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com icloud.com ' +
    'me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com mail.ru yandex.ru ' +
    'yandex.com proton.me protonmail.com pm.me zoho.com zohomail.com zoho.eu zoho.in fastmail.com hey.com tutanota.com ' +
    'tuta.io qq.com 163.com 126.com sina.com naver.com daum.net orange.fr wanadoo.fr free.fr laposte.net libero.it ' +
    'tiscali.it virgilio.it btinternet.com sky.com virginmedia.com comcast.net verizon.net att.net rediffmail.com ' +
    'bol.com.br uol.com.br terra.com.br seznam.cz wp.pl o2.pl onet.pl interia.pl bluewin.ch telenet.be ziggo.nl kpnmail.nl'
  ).split(' '),
);
/** `yahoo.co.uk`, `hotmail.fr`: the same hosts in other countries. */
const PUBLIC_NAMES = /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|aol|gmx|yandex)\./;
/** An address and a host as they are compared; a longer one is none. */
const LONGEST = 254;

/** The address for comparing, without case; `null` where the text is none. */
export function mailAddress(text: string): string | null {
  const address = text.trim().toLowerCase();
  if (address.length > LONGEST || /\s/.test(address)) return null;
  const at = address.lastIndexOf('@');
  return at > 0 && hostOf(address.slice(at + 1)) !== null ? address : null;
}

/** The host of an address that only one organisation has; `null` for public mail hosts. */
export function ownHost(address: string): string | null {
  const host = hostOf(address.slice(address.lastIndexOf('@') + 1));
  return host === null || isPublicHost(host) ? null : host;
}

/** The host of a website, without `www.`; `null` where the text names none. */
export function websiteHost(text: string): string | null {
  const [host = ''] = text
    .trim()
    .toLowerCase()
    .slice(0, LONGEST)
    .replace(/^[a-z]+:\/\//, '')
    .split(/[/?#:]/);
  const found = hostOf(host.replace(/^www\d?\./, ''));
  return found === null || isPublicHost(found) ? null : found;
}

const isPublicHost = (host: string): boolean => PUBLIC_HOSTS.has(host) || PUBLIC_NAMES.test(host);

function hostOf(text: string): string | null {
  const labels = text.length <= LONGEST ? text.split('.') : [];
  return labels.length > 1 && labels.every((label) => /^[\p{L}\p{N}-]+$/u.test(label)) ? text : null;
}

/** Shorter ones, and those of one sign only, are what people type where they have none. */
const SHORTEST_TAX_NUMBER = 6;

/**
 * A registration number for comparing: letters and digits only, so that `DE 811.907-980` and `de811907980` are one.
 * `null` for what cannot be one.
 */
export function taxNumber(text: string): string | null {
  const signs = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return signs.length < SHORTEST_TAX_NUMBER || new Set(signs).size < 3 || !/\p{N}/u.test(signs)
    ? null
    : signs;
}
