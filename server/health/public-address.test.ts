import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { postHook, signature } from './post-hook.ts';
import { hookAddress, isPublicAddress } from './public-address.ts';

test.each([
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '3fff::1',
  'localhost',
  '127.1',
  '2130706433',
  '',
])('nobody on the internet is at %s', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001:82a::200e'])(
  'somebody can be at %s',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  'http://hooks.somewhere.com/x',
  'ftp://hooks.somewhere.com/x',
  'https://hooks.somewhere.com:8443/x',
  'https://user@hooks.somewhere.com/x',
  'https://user:secret@hooks.somewhere.com/x',
  'https://hooks.somewhere.com/x#part',
  'https://localhost/x',
  'https://localhost./x',
  'https://intranet/x',
  'https://printer.local/x',
  'https://db.internal/x',
  'https://app.localhost/x',
  'https://127.0.0.1/x',
  'https://2130706433/x',
  'https://0x7f000001/x',
  'https://0177.0.0.1/x',
  'https://127.1/x',
  'https://8.8.8.8/x',
  'https://[::1]/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://[2606:4700:4700::1111]/x',
  'https://①②⑦.⓪.⓪.①/x',
  'https:///x',
  'hooks.somewhere.com/x',
  '//hooks.somewhere.com/x',
  '',
])('%s is no address of a web hook', (text) => {
  expect(hookAddress(text)).toBeNull();
});

test('a name on the internet is, at the usual port, with whatever path', () => {
  expect(hookAddress('https://hooks.somewhere.com/services/T0/B0?x=1')?.hostname).toBe('hooks.somewhere.com');
  expect(hookAddress('https://hooks.somewhere.com:443/x')?.port).toBe('');
  expect(hookAddress('https://HOOKS.Somewhere.COM')?.href).toBe('https://hooks.somewhere.com/');
});

const hook = {
  url: 'https://hooks.somewhere.com/x',
  secret: 'secret',
  deliveryId: '1',
  body: '{"kind":"test"}',
  at: new Date('2026-11-20T09:00:00Z'),
};

test('a name that leads inside, or only partly outside, is not called, though a server listens there', async () => {
  let heard = 0;
  const server = createServer((_request, response) => {
    heard += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  server.on('connection', () => {
    heard += 1;
  });
  await new Promise((listening) => server.once('listening', listening));
  expect((server.address() as AddressInfo).port).toBeGreaterThan(0);
  for (const addresses of [
    ['127.0.0.1'],
    ['::1'],
    ['8.8.8.8', '10.0.0.1'],
    ['::ffff:10.0.0.1'],
    ['169.254.169.254'],
  ])
    expect(await postHook(hook, async () => addresses)).toEqual({ outcome: 'address_refused', status: null });
  expect(heard).toBe(0);
  server.close();
});

test('a name nobody knows is told as such', async () => {
  const unknown = { outcome: 'unknown_host', status: null };
  expect(await postHook(hook, async () => [])).toEqual(unknown);
  expect(await postHook(hook, () => Promise.reject(new Error('ENOTFOUND')))).toEqual(unknown);
});

test('the signature covers the time and the body', () => {
  // printf '1795165200.{"kind":"test"}' | openssl dgst -sha256 -hmac secret
  expect(signature(hook)).toBe(
    't=1795165200,v1=83ca402d78df866afb2aaca3d44cebc7bccfce96ae8ab5c278573e42f629bf23',
  );
  expect(signature({ ...hook, at: new Date('2026-11-20T09:00:01Z') }).split(',')[1]).not.toBe(
    signature(hook).split(',')[1],
  );
});
