import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPostgres } from '../../tests/support/test-postgres.ts';
import { booksUser, noteBooksUsersTrouble, saveBooksUsers } from './books-users.ts';
import type { Database } from './database.ts';
import {
  booksGrant,
  markBooksGrantRevoked,
  removeUserGrant,
  saveBooksGrant,
  saveUserGrant,
  userGrant,
} from './grants.ts';
import {
  installById,
  installOf,
  saveAdministratorProfiles,
  saveBooksOrganisation,
  saveInstall,
} from './installs.ts';
import { endLease, takeLease } from './leases.ts';
import {
  addLedgerCustomers,
  ledgerCustomers,
  saveLedgerCustomer,
  wantedLedgerCustomers,
  wantLedgerCustomers,
} from './ledger-customers.ts';
import {
  addToLedgerDocuments,
  forgetUnlistedDocuments,
  ledgerBooks,
  ledgerContents,
  saveLedgerDocuments,
} from './ledger-documents.ts';
import { ledgerProgress, saveFollowed } from './ledger-progress.ts';
import { migrate } from './migrate.ts';
import {
  holdBooksGrant,
  takeBooksGrant,
  takeUnclaimedBooksGrants,
  tryBooksGrant,
} from './pending-books-grants.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import {
  endSession,
  endSessionsOf,
  endSessionsOlderThan,
  rotateHandle,
  sessionById,
  sessionOfHandle,
  startSession,
} from './sessions.ts';
import {
  closeSignIn,
  grantCode,
  openSignIn,
  setState,
  startSignIn,
  takeRedemption,
  takeState,
  tryRedeem,
} from './sign-ins.ts';
import { addSigningKey, signingKeys } from './signing-keys.ts';
import { readDealDocuments, readLink, writeDealDocuments, writeLink } from './snapshots.ts';
import { addVersion, versionOf, versionsOf } from './versions.ts';

const server = await startTestPostgres();
if ('unavailable' in server) console.warn(`PostgreSQL server left out: ${server.unavailable}`);
afterAll(async () => {
  if ('url' in server) await server.stop();
});

const NOW = new Date('2026-03-01T09:30:00.123Z');
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const ORGANISATION = {
  dataCentre: 'eu',
  zgid: '777',
  crmOrganisationId: '3652397000000000001',
  crmOrganisationName: 'Ögon & Söner',
  crmCurrency: 'EUR',
};

describe.each([
  { name: 'PGlite', open: () => openPglite('memory'), skip: false },
  {
    name: 'a PostgreSQL server',
    open: () => openPostgres('url' in server ? server.url : '', (cause) => console.warn(cause.message)),
    skip: 'unavailable' in server,
  },
])('storage on $name', ({ open, skip }) => {
  let db: Database;
  let installId = '';
  beforeAll(async () => {
    if (skip) return;
    db = await open();
    installId = await saveInstall(db, ORGANISATION, NOW);
  });
  afterAll(async () => {
    if (!skip) await db.close();
  });

  test.skipIf(skip)('migrating a current database changes nothing', async () => {
    const before = await db.query('select name, applied_at from migrations');
    await migrate(db);
    expect(before.length).toBeGreaterThan(0);
    expect(await db.query('select name, applied_at from migrations')).toEqual(before);
  });

  test.skipIf(skip)('numbers, days and instants come out the same way', async () => {
    const [row] =
      await db.query(`select 12.50::numeric as amount, 9007199254740993::bigint as big, '2026-01-02'::date as day,
      '2026-01-02T03:04:05.678Z'::timestamptz as instant, '{"a":[1]}'::jsonb as body, array['x','y'] as list, null as nothing`);
    expect(row).toEqual({
      amount: '12.50',
      big: '9007199254740993',
      day: '2026-01-02',
      instant: new Date('2026-01-02T03:04:05.678Z'),
      body: { a: [1] },
      list: ['x', 'y'],
      nothing: null,
    });
  });

  test.skipIf(skip)('work that fails leaves nothing behind', async () => {
    const attempt = db.transaction(async (on) => {
      await on.query('update installs set crm_currency = $1', ['XXX']);
      throw new Error('half way');
    });
    await expect(attempt).rejects.toThrow('half way');
    expect((await installById(db, installId))?.crmCurrency).toBe('EUR');
  });

  test.skipIf(skip)('an organisation that installs again keeps its install', async () => {
    expect(await saveInstall(db, { ...ORGANISATION, crmOrganisationName: 'Renamed' }, NOW)).toBe(installId);
    await saveAdministratorProfiles(db, installId, ['11', '11', '12']);
    await saveBooksOrganisation(db, installId, { organisationId: '5' }, NOW);
    expect(await installOf(db, ORGANISATION)).toEqual({
      ...ORGANISATION,
      crmOrganisationName: 'Renamed',
      id: installId,
      books: { organisationId: '5' },
      booksConnectedAt: NOW,
      state: 'active',
      policyVersion: 0,
      definitions: null,
      administratorProfiles: ['11', '12'],
    });
    expect(await installOf(db, { ...ORGANISATION, dataCentre: 'us' })).toBeNull();
  });

  test.skipIf(skip)(
    'a version of a policy is added to the one in force only, and never changed',
    async () => {
      const add = (basedOn: number, document: object) =>
        addVersion(db, 'policies', installId, { basedOn, at: NOW, byId: '7', byName: 'Zoë', document });
      expect(await add(1, { rules: [0] })).toBe(false);
      expect(await Promise.all([add(0, { rules: [1] }), add(0, { rules: [2] })])).toEqual([true, false]);
      expect(await add(1, { rules: [3] })).toBe(true);
      expect((await installById(db, installId))?.policyVersion).toBe(2);
      const second = { version: 2, at: NOW, byId: '7', byName: 'Zoë', document: { rules: [3] } };
      const first = { ...second, version: 1, document: { rules: [1] } };
      expect(await versionsOf(db, 'policies', installId, 5)).toEqual([second, first]);
      expect(await versionsOf(db, 'policies', installId, 1)).toEqual([second]);
      expect(await versionOf(db, 'policies', installId, 1)).toEqual(first);
      expect(await versionOf(db, 'policies', installId, 3)).toBeNull();
      await expect(db.query("update policies set by_name = 'Nobody'")).rejects.toThrow('never changed');
    },
  );

  test.skipIf(skip)(
    'who works in Books is kept of the chosen organisation, until it is read anew',
    async () => {
      const of = (organisationId: string) => ({ installId, organisationId });
      await saveBooksOrganisation(db, installId, { organisationId: '5' }, NOW);
      expect(await booksUser(db, installId, 'a@b.example')).toBeNull();
      await noteBooksUsersTrouble(db, of('5'), { trouble: 'refused', at: NOW });
      const never = { triedAt: NOW, trouble: 'refused', readAt: null, reach: null };
      expect(await booksUser(db, installId, 'a@b.example')).toEqual(never);
      await saveBooksUsers(db, of('6'), { reaches: new Map([['a@b.example', 'part']]), at: later(1) });
      expect(await booksUser(db, installId, 'a@b.example')).toEqual(never);
      await saveBooksUsers(db, of('5'), { reaches: new Map([['a@b.example', 'part']]), at: later(1) });
      const read = { triedAt: later(1), trouble: null, readAt: later(1), reach: 'part' };
      expect(await booksUser(db, installId, 'a@b.example')).toEqual(read);
      expect(await booksUser(db, installId, 'c@d.example')).toEqual({ ...read, reach: null });
      await noteBooksUsersTrouble(db, of('5'), { trouble: 'unreachable', at: later(2) });
      expect(await booksUser(db, installId, 'a@b.example')).toEqual({
        ...read,
        triedAt: later(2),
        trouble: 'unreachable',
      });
      await saveBooksOrganisation(db, installId, { organisationId: '6' }, NOW);
      expect(await booksUser(db, installId, 'a@b.example')).toBeNull();
    },
  );

  test.skipIf(skip)('a state is good once and only the newest counts', async () => {
    const row = {
      purpose: 'panel',
      challenge: 'c',
      dataCentre: 'eu',
      installId: null,
      crmUserId: null,
      organisationHint: '60001',
      openerOrigin: 'https://0f8e2a.zappsusercontent.com',
    };
    await startSignIn(db, { ...row, tx: 'tx1', expiresAt: later(5) });
    await setState(db, 'tx1', 'state1', 'none');
    await setState(db, 'tx1', 'state2', 'consent');
    expect(await takeState(db, 'state1', NOW)).toBeNull();
    expect(await takeState(db, 'state2', later(6))).toBeNull();
    expect(await takeState(db, 'state2', NOW)).toEqual({ ...row, tx: 'tx1', prompt: 'consent' });
    expect(await takeState(db, 'state2', NOW)).toBeNull();
  });

  test.skipIf(skip)('a code can be tried five times and redeemed once', async () => {
    const row = { purpose: 'panel', challenge: 'c', dataCentre: 'eu', installId: null, crmUserId: null };
    await startSignIn(db, { ...row, tx: 'tx2', expiresAt: later(5) });
    expect(await tryRedeem(db, { tx: 'tx2', kind: 'reported', now: NOW, mostTries: 5 })).toBeNull();
    await grantCode(db, 'tx2', {
      hash: 'h',
      expiresAt: later(1),
      installId,
      userId: '9',
      userName: 'Ann',
      typed: null,
    });
    expect(await tryRedeem(db, { tx: 'tx2', kind: 'typed', now: NOW, mostTries: 5 })).toBeNull();
    expect(await openSignIn(db, 'tx2', NOW)).toBeNull();
    expect(await tryRedeem(db, { tx: 'tx2', kind: 'reported', now: later(1), mostTries: 5 })).toBeNull();
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await tryRedeem(db, { tx: 'tx2', kind: 'reported', now: NOW, mostTries: 5 })).toEqual({
        challenge: 'c',
        codeHash: 'h',
        installId,
        userId: '9',
        userName: 'Ann',
      });
    }
    expect(await tryRedeem(db, { tx: 'tx2', kind: 'reported', now: NOW, mostTries: 5 })).toBeNull();
    expect([await takeRedemption(db, 'tx2'), await takeRedemption(db, 'tx2')]).toEqual([true, false]);
    await startSignIn(db, { ...row, tx: 'tx3', expiresAt: later(5) });
    await closeSignIn(db, 'tx3');
    expect(await openSignIn(db, 'tx3', NOW)).toBeNull();
  });

  test.skipIf(skip)(
    'a refresh handle is replaced once, and ending the session ends its handles',
    async () => {
      const session = {
        id: '7b8f5a86-6b0e-4d0f-9f0b-0d5f9d0e8a11',
        installId,
        crmUserId: '9',
        userName: 'Ann',
        amr: 'zoho-oauth',
        crmPerson: null,
        createdAt: NOW,
        usedAt: NOW,
      };
      await startSession(db, session, 'r1');
      const [first, second] = await Promise.all([
        rotateHandle(db, { sessionId: session.id, spent: 'r1', next: 'r2', now: later(1) }),
        rotateHandle(db, { sessionId: session.id, spent: 'r1', next: 'r3', now: later(1) }),
      ]);
      expect([first, second].filter(Boolean)).toHaveLength(1);
      expect((await sessionOfHandle(db, 'r1'))?.spentAt).toEqual(later(1));
      expect(await sessionById(db, session.id)).toEqual({ ...session, usedAt: later(1) });
      await endSessionsOlderThan(db, { createdBefore: NOW, usedBefore: NOW });
      expect(await sessionById(db, session.id)).not.toBeNull();
      await endSession(db, session.id);
      expect(await sessionOfHandle(db, 'r1')).toBeNull();
      await startSession(db, session, 'r4');
      await endSessionsOf(db, { installId, crmUserId: '9' });
      expect(await sessionById(db, session.id)).toBeNull();
    },
  );

  test.skipIf(skip)(
    'one grant per user, one per Books connection; a revocation never hits a newer grant',
    async () => {
      const user = { installId, crmUserId: '9' };
      await saveUserGrant(db, { ...user, sealedRefreshToken: 'v1.a', scopes: ['x', 'y'], now: NOW });
      await saveUserGrant(db, { ...user, sealedRefreshToken: 'v1.b', scopes: ['x'], now: NOW });
      expect(await userGrant(db, user)).toEqual({ sealedRefreshToken: 'v1.b', scopes: ['x'] });
      await removeUserGrant(db, user);
      expect(await userGrant(db, user)).toBeNull();
      await saveBooksGrant(db, { installId, sealedRefreshToken: 'v1.c', scopes: ['b'], now: NOW });
      await markBooksGrantRevoked(db, installId, 'v1.older', NOW);
      expect(await booksGrant(db, installId)).toEqual({
        sealedRefreshToken: 'v1.c',
        grantedAt: NOW,
        revoked: false,
        revokedAt: null,
        scopes: ['b'],
      });
      await markBooksGrantRevoked(db, installId, 'v1.c', NOW);
      expect(await booksGrant(db, installId)).toMatchObject({ revoked: true, revokedAt: NOW });
    },
  );

  test.skipIf(skip)('a held Books consent is for one person of one install, and is taken once', async () => {
    const held = {
      tx: 'tx9',
      installId,
      crmUserId: '9',
      challenge: 'c',
      codeHash: 'h',
      codeExpiresAt: later(1),
      grantedScopes: ['ZohoBooks.contacts.READ'],
    };
    await holdBooksGrant(db, { ...held, sealedRefreshToken: 'v1.p' });
    const elsewhere = await saveInstall(db, { ...ORGANISATION, zgid: '778' }, NOW);
    expect(await tryBooksGrant(db, { tx: 'tx9', installId: elsewhere, crmUserId: '9' })).toBeNull();
    expect(await tryBooksGrant(db, { tx: 'tx9', installId, crmUserId: '8' })).toBeNull();
    const tried = await tryBooksGrant(db, { tx: 'tx9', installId, crmUserId: '9' });
    expect(tried).toEqual({ ...held, sealedRefreshToken: 'v1.p', tries: 1 });
    expect(await takeUnclaimedBooksGrants(db, NOW)).toEqual([]);
    const taken = await Promise.all([takeBooksGrant(db, 'tx9'), takeBooksGrant(db, 'tx9')]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    await holdBooksGrant(db, { ...held, sealedRefreshToken: 'v1.q' });
    expect((await takeUnclaimedBooksGrants(db, later(1))).map(({ tx }) => tx)).toEqual(['tx9']);
    expect(await takeBooksGrant(db, 'tx9')).toBe(false);
  });

  test.skipIf(skip)('signing keys come newest first and old ones are dropped', async () => {
    const key = (kid: string, createdAt: Date) => ({
      kid,
      publicJwk: { kid },
      sealedPrivateJwk: 'v1',
      createdAt,
    });
    const add = (kid: string, at: Date, newest: string | null, dropBefore: Date) =>
      addSigningKey(db, key(kid, at), { newest, dropBefore });
    expect(await add('a', NOW, null, NOW)).toBe(true);
    expect(await add('b', later(1), 'a', NOW)).toBe(true);
    expect(await add('x', later(1), 'a', NOW)).toBe(false);
    expect((await signingKeys(db)).map(({ kid }) => kid)).toEqual(['b', 'a']);
    expect(await add('c', later(2), 'b', later(1))).toBe(true);
    expect((await signingKeys(db)).map(({ kid }) => kid)).toEqual(['c', 'b']);
  });

  test.skipIf(skip)('another Books organisation forgets what was read of the former', async () => {
    const of = { installId, organisationId: '5' };
    const another = { installId, organisationId: '6' };
    await writeLink(db, of, 'account:1', { customerIds: ['42'], knownGoodAt: NOW });
    await writeDealDocuments(db, of, '8', { types: ['invoice'], documentIds: [], knownGoodAt: NOW });
    await addLedgerCustomers(db, of, [{ customerId: '42', body: { name: 'Zoë "Q" 💶' } }], null);
    await saveFollowed(db, of, { to: NOW, cursors: { invoice: 'x' } });
    expect(await readLink(db, of, 'account:1')).toEqual({ customerIds: ['42'], knownGoodAt: NOW });
    expect(await readDealDocuments(db, of, '8')).toMatchObject({ types: ['invoice'], documentIds: [] });
    await saveBooksOrganisation(db, installId, { organisationId: '6' }, NOW);
    expect(await readLink(db, of, 'account:1')).toBeNull();
    expect(await readDealDocuments(db, of, '8')).toBeNull();
    expect(await ledgerCustomers(db, of, ['42'])).toEqual([]);
    expect((await ledgerProgress(db, of)).followedTo).toBeNull();
    // A read that began before the choice ends after it.
    await writeLink(db, of, 'account:1', { customerIds: ['42'], knownGoodAt: NOW });
    expect(await readLink(db, another, 'account:1')).toBeNull();
  });

  test.skipIf(skip)(
    'what was asked of Books later is never overwritten by what was asked earlier',
    async () => {
      const of = { installId, organisationId: '7' };
      const customer = (name: string, filledAt: Date, wishes: number) => ({
        customerId: '42',
        body: { name },
        crmAccountId: '1',
        crmContactId: null,
        filledAt,
        restFilledAt: null,
        readLists: ['invoice'],
        warnings: [],
        silentAboutDeals: [],
        refusedParts: [],
        wishes,
      });
      const document = (id: string, total: string) => ({
        type: 'invoice',
        documentId: id,
        customerId: '42',
        dealId: null,
        body: { id, total, version: 'v1' },
      });
      expect(await saveLedgerCustomer(db, of, customer('Zoë', later(2), 0))).toBe(true);
      expect(await saveLedgerCustomer(db, of, customer('Late', later(1), 0))).toBe(false);
      await saveLedgerDocuments(
        db,
        of,
        [document('1', '10'), document('2', '20'), document('2', '20')],
        later(2),
      );
      await saveLedgerDocuments(db, of, [document('1', '9')], later(1));
      await addToLedgerDocuments(db, of, [
        {
          type: 'invoice',
          documentId: '1',
          version: 'v1',
          more: { net: '8' },
          contents: { itemNames: ['desk'] },
        },
        {
          type: 'invoice',
          documentId: '2',
          version: 'v2',
          more: { net: '8' },
          contents: { itemNames: ['lamp'] },
        },
      ]);
      await addToLedgerDocuments(db, of, [
        { type: 'invoice', documentId: '1', version: 'v1', more: { exchangeRate: '1' } },
      ]);
      expect(await ledgerContents(db, of, ['42'])).toEqual([
        { type: 'invoice', documentId: '1', contents: { itemNames: ['desk'] } },
      ]);
      await forgetUnlistedDocuments(db, of, {
        customerId: '42',
        types: ['invoice'],
        documentIds: ['1'],
        askedAt: later(1),
      });
      const { rows } = await ledgerBooks(db, of, { accountId: '1' }, 'no lease');
      expect(rows).toMatchObject([
        {
          customerId: '42',
          body: { name: 'Zoë' },
          filledAt: later(2),
          documents: {
            invoice: [
              { id: '1', total: '10', net: '8' },
              { id: '2', total: '20' },
            ],
          },
        },
      ]);
      await forgetUnlistedDocuments(db, of, {
        customerId: '42',
        types: ['invoice'],
        documentIds: ['1'],
        askedAt: later(3),
      });
      const after = await ledgerBooks(db, of, { customerIds: ['42'] }, 'no lease');
      expect(after.rows[0]?.documents).toMatchObject({ invoice: [{ id: '1' }] });
      expect(await ledgerBooks(db, of, { contactIds: ['9'] }, 'no lease')).toEqual({
        rows: [],
        mode: 'both',
        state: { followedTo: null, listedAt: null, toldAt: null, heldUntil: null },
      });
    },
  );

  test.skipIf(skip)(
    'the strongest wish and the earliest instant stay; a wish that comes during a read outlives it',
    async () => {
      const of = { installId, organisationId: '7' };
      const wish = (why: 'page' | 'changed' | 'full', minutes: number) => ({
        customerId: '42',
        why,
        since: later(minutes),
      });
      await wantLedgerCustomers(db, of, [wish('page', 5), wish('full', 4)]);
      await wantLedgerCustomers(db, of, [wish('changed', 6)]);
      const [wanted] = await ledgerCustomers(db, of, ['42']);
      expect(wanted).toMatchObject({ wantedSince: later(4), wantedWhy: 'full', wishes: 2 });
      if (!wanted) throw new Error('gone');
      await saveLedgerCustomer(db, of, { ...wanted, wishes: 1 });
      expect(await wantedLedgerCustomers(db, of, { limit: 5, except: [] })).toEqual(['42']);
      expect(await wantedLedgerCustomers(db, of, { limit: 5, except: ['42'] })).toEqual([]);
      await saveLedgerCustomer(db, of, { ...wanted, wishes: 2 });
      expect(await wantedLedgerCustomers(db, of, { limit: 5, except: [] })).toEqual([]);
    },
  );

  test.skipIf(skip)("a lease is one server's until it ends or is given back", async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const lease = { name: 'ledger', until: later(1) };
    const both = await Promise.all([
      takeLease(db, { ...lease, holder: one }, NOW),
      takeLease(db, { ...lease, holder: two }, NOW),
    ]);
    expect(both.filter(Boolean)).toHaveLength(1);
    const [holder, other] = both[0] ? [one, two] : [two, one];
    expect(await takeLease(db, { ...lease, holder }, NOW)).toBe(true);
    expect(await takeLease(db, { ...lease, until: later(2), holder: other }, later(1))).toBe(true);
    await endLease(db, { name: 'ledger', holder: other });
    expect(await takeLease(db, { ...lease, holder }, NOW)).toBe(true);
  });
});

describe('the folder of the embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'customer-360-store-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is refused to a second user, kept for the next one, and freed from a dead one', async () => {
    const first = await openPglite({ folder });
    await saveInstall(first, ORGANISATION, NOW);
    await expect(openPglite({ folder })).rejects.toThrow(/in use by process/);
    await first.close();

    writeFileSync(join(folder, 'pglite.lock'), '4194999'); // above the highest process id of a common kernel
    const second = await openPglite({ folder });
    expect((await installOf(second, ORGANISATION))?.crmCurrency).toBe('EUR');
    await second.close();
  });
});
