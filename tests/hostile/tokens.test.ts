/** Numbers are those of the list of hostile tests the server must survive: 1–7 and 16. */
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSealedSecrets } from '../../server/identity/sealed-secret.ts';
import { createSigningKeys } from '../../server/identity/signing-keys.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, figuresOf, openWorld, type Person, SERVER, type World } from './world.ts';

const ASTER = figuresOf('Accounts', SMALL.accounts.aster);

let world: World;
let administrator: Person;
let rep: Person;
beforeAll(async () => {
  world = await openWorld();
  administrator = await world.install();
  rep = await world.signIn(SMALL.users.rep);
});
afterAll(() => world.close());

const claimsOf = (token: string): JWTPayload =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;
const headerOf = (token: string): JWTHeaderParameters =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as JWTHeaderParameters;
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs with the server's own key, as a stolen key or an old build could. */
async function signed(
  claims: Record<string, unknown>,
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const [id = '', key = ''] = (world.environment.SECRET_KEYS ?? '').split(':');
  const secrets = createSealedSecrets([{ id, key: Buffer.from(key, 'base64') }]);
  const keys = createSigningKeys({ database: world.database, secrets, clock: world.now });
  const { kid, key: signingKey } = await keys.current();
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'wsess+jwt', kid, ...header })
    .sign(signingKey);
}

const seen = async (token: string | undefined): Promise<string | number> =>
  codeOf(await world.ask('GET', ASTER, { token }));

describe('tokens', () => {
  test('1: no token, an empty one, and words instead of one are refused; a token in the address is no token', async () => {
    expect(await seen(undefined)).toBe('session.missing');
    for (const word of ['', 'null', 'undefined', 'a.b.c']) {
      expect((await world.ask('GET', ASTER, { token: word })).statusCode).toBe(401);
    }
    for (const name of ['access_token', 'token', 'authorization']) {
      expect((await world.ask('GET', `${ASTER}?${name}=${rep.accessToken}`)).statusCode).toBe(401);
    }
    expect(
      (await world.ask('GET', ASTER, { headers: { authorization: `Basic ${rep.accessToken}` } })).statusCode,
    ).toBe(401);
  });

  test('2: a token without a signature, or signed with the public key as if it were a secret, is refused', async () => {
    const { kid } = headerOf(rep.accessToken);
    const [, payload] = rep.accessToken.split('.');
    for (const alg of ['none', 'None', 'NONE', '']) {
      expect(await seen(`${base64({ alg, typ: 'wsess+jwt', kid })}.${payload}.`)).not.toBe(200);
      expect(await seen(`${base64({ alg, typ: 'wsess+jwt', kid })}.${payload}.AA`)).toBe('session.ended');
    }
    const [row] = await world.database.query<{ jwk: { x: string } }>(
      'select public_jwk as jwk from signing_keys',
    );
    const publicKey = Buffer.from(row?.jwk.x ?? '', 'base64url');
    const hmac = await new SignJWT(claimsOf(rep.accessToken))
      .setProtectedHeader({ alg: 'HS256', typ: 'wsess+jwt', kid: kid ?? '' })
      .sign(publicKey);
    expect(await seen(hmac)).toBe('session.ended');
  });

  test('3: a key named by the token itself is never fetched or believed', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const { kid } = headerOf(rep.accessToken);
    const jwk = await exportJWK(publicKey);
    const evil = [
      { kid: '../../etc/passwd' },
      { kid: "' or '1'='1" },
      { kid: 'x'.repeat(10_000) },
      { kid: 'unknown' },
      { kid: kid ?? '', jku: 'https://evil.example/keys' },
      { kid: kid ?? '', jwk },
      { kid: kid ?? '', x5u: 'https://evil.example/cert' },
      { kid: kid ?? '' },
    ];
    for (const header of evil) {
      const token = await new SignJWT(claimsOf(rep.accessToken))
        .setProtectedHeader({ alg: 'EdDSA', typ: 'wsess+jwt', ...header })
        .sign(privateKey);
      expect(await seen(token)).toBe('session.ended');
    }
    expect(await seen(await signed(claimsOf(rep.accessToken), { jku: 'https://evil.example/keys' }))).toBe(
      'session.ended',
    );
    expect(world.strayRequests).toEqual([]);
  });

  test('4: a token of another kind, for someone else or from someone else is refused', async () => {
    const claims = claimsOf(rep.accessToken);
    expect(await seen(await signed(claims))).toBe(200);
    for (const typ of ['refresh+jwt', 'webhook+jwt', 'JWT'])
      expect(await seen(await signed(claims, { typ }))).toBe('session.ended');
    for (const wrong of [
      { aud: 'other-api' },
      { aud: [] },
      { iss: 'https://evil.example' },
      { iss: `${SERVER}/` },
    ]) {
      expect(await seen(await signed({ ...claims, ...wrong }))).toBe('session.ended');
    }
  });

  test('5: times that have passed, are still to come, or are no times are refused', async () => {
    const claims = claimsOf(rep.accessToken);
    const now = Math.floor(world.now().getTime() / 1_000);
    const at = (iat: number) => ({ ...claims, iat, nbf: iat, exp: iat + 300 });
    expect(await seen(await signed(at(now - 309)))).toBe(200);
    expect(await seen(await signed(at(now - 311)))).toBe('session.ended');
    expect(await seen(await signed(at(now + 60)))).toBe('session.ended');
    for (const exp of [String(now + 300), now + 0.5, 1e308, -1, now + 86_400, null]) {
      expect(await seen(await signed({ ...claims, exp }))).toBe('session.ended');
    }
    for (const name of ['exp', 'nbf', 'iat', 'sub', 'iid', 'sid', 'jti', 'amr', 'aud', 'iss']) {
      const { [name]: _, ...without } = claims;
      expect(await seen(await signed(without))).toBe('session.ended');
    }
  });

  test('6: rights written into a token change nothing', async () => {
    const boasting = await signed({
      ...claimsOf(rep.accessToken),
      role: 'CEO',
      profile: 'Administrator',
      admin: true,
      template: 'exact',
    });
    const plain = await world.ask('GET', ASTER, { token: rep.accessToken });
    expect((plain.json() as { viewer: unknown }).viewer).toEqual({
      template: 'sales',
      administrator: false,
      mayLink: true,
    });
    expect((await world.ask('GET', ASTER, { token: boasting })).body).toBe(plain.body);
    expect((await world.ask('GET', '/api/v1/settings', { token: boasting })).statusCode).toBe(403);
  });

  test('7: rights written into a header or a body change nothing', async () => {
    const headers = {
      'x-user-role': 'CEO',
      'x-zoho-user': SMALL.users.administrator,
      role: 'CEO',
      userid: SMALL.users.administrator,
      orgid: '1',
    };
    const token = rep.accessToken;
    const plain = await world.ask('GET', ASTER, { token });
    expect((await world.ask('GET', ASTER, { token, headers })).body).toBe(plain.body);
    expect((await world.ask('GET', '/api/v1/settings', { token, headers })).statusCode).toBe(403);
    const roles = [{ id: SMALL.roles.sales, template: 'exact' }];
    const grab = await world.ask('PUT', '/api/v1/settings/roles', { token, body: { roles } });
    expect(codeOf(grab)).toBe('settings.not_administrator');
    const strange = { roles, userId: SMALL.users.administrator };
    expect(
      (await world.ask('PUT', '/api/v1/settings/roles', { token: administrator.accessToken, body: strange }))
        .statusCode,
    ).toBe(400);
  });

  test('16: the level a Deluge function could prove is not offered: no way to ask for it, and no session by it', async () => {
    const assertion = {
      kid: 'k1',
      iid: claimsOf(rep.accessToken).iid,
      loginuserid: SMALL.users.administrator,
      iat: Math.floor(world.now().getTime() / 1_000),
      chal: `${'a'.repeat(21)}|${'b'.repeat(20)}\n`,
      signature: 'AB'.repeat(32),
    };
    for (const path of ['challenge', 'assert', 'assertion', 'deluge', 'authorship'])
      for (const body of [assertion, { challenge: 'a'.repeat(43) }])
        expect(codeOf(await world.ask('POST', `/auth/${path}`, { body }))).toBe('request.not_found');
    const { tx } = await world.begin('panel');
    const redeemed = await world.ask('POST', '/auth/redeem', { body: { tx, ...assertion } });
    expect(codeOf(redeemed)).toBe('request.invalid');
    for (const amr of ['deluge', 'authorship', 'zoho-oauth deluge', 'ZOHO-OAUTH', '', null, ['zoho-oauth']])
      expect([amr, await seen(await signed({ ...claimsOf(rep.accessToken), amr }))]).toEqual([
        amr,
        'session.ended',
      ]);
    const sid = claimsOf(rep.accessToken).sid;
    await world.database.query("update sessions set amr = 'deluge' where id = $1", [sid]);
    expect(await seen(await signed({ ...claimsOf(rep.accessToken), amr: 'deluge' }))).toBe('session.ended');
    await world.database.query("update sessions set amr = 'zoho-oauth' where id = $1", [sid]);
    expect(await seen(rep.accessToken)).toBe(200);
  });

  test("a token for somebody else's session, user or organisation is refused", async () => {
    const claims = claimsOf(rep.accessToken);
    const other = claimsOf(administrator.accessToken);
    expect(await seen(await signed({ ...claims, sub: other.sub }))).toBe('session.ended');
    expect(await seen(await signed({ ...claims, sid: other.sid }))).toBe('session.ended');
    expect(await seen(await signed({ ...claims, iid: '7b8f5a86-6b0e-4d0f-9f0b-0d5f9d0e8a11' }))).toBe(
      'session.ended',
    );
    expect(
      await seen(await signed({ ...claims, sub: String(claims.sub).replace('zcrm:local:', 'zcrm:eu:') })),
    ).toBe('session.ended');
  });
});
