import { BlockList, isIP } from 'node:net';

/** Networks nobody on the internet has an address in, or that lead back to this machine or its neighbours. */
const NOT_PUBLIC_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** Of IPv6 only this is handed out at all; loopback, link-local, private, mapped and translated addresses lie outside. */
const GLOBAL_V6 = ['2000::', 3] as const;
/** … and in it are tunnels to any IPv4 address, and addresses for documents and tests. */
const NOT_PUBLIC_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refusedV4 = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_V4) refusedV4.addSubnet(net, prefix, 'ipv4');
const globalV6 = new BlockList();
globalV6.addSubnet(...GLOBAL_V6, 'ipv6');
const refusedV6 = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_V6) refusedV6.addSubnet(net, prefix, 'ipv6');

/**
 * Whether an address, as the resolver writes it, is one anybody on the internet could have.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refusedV4.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && globalV6.check(address, 'ipv6') && !refusedV6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Names that mean something else inside a network than outside. */
const INSIDE =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|test|invalid|example|onion|arpa)$/;
const NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The address of a web hook, if it may be one: https at its usual port, a name with a dot, and neither a person nor a
 * number in front of it. What the name leads to is looked at again before each delivery.
 */
export function hookAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  // parsing turns every way to write a number into the dotted one, which is no name
  const url = new URL(text);
  const { protocol, username, password, port, hash, hostname } = url;
  const isPlain = protocol === 'https:' && username === '' && password === '' && port === '' && hash === '';
  return isPlain && NAME.test(hostname) && !INSIDE.test(hostname) ? url : null;
}
