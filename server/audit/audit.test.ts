import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openMemoryDatabase } from '../../tests/support/memory-database.ts';
import { startTestPostgres } from '../../tests/support/test-postgres.ts';
import type { Database } from '../store/database.ts';
import { openPostgres } from '../store/postgres.ts';
import { createAudit, keptSince } from './audit.ts';
import type { AuditEvent } from './chain.ts';
import { verifyAudit } from './verify.ts';

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';
const read: AuditEvent = { action: 'record.read', who: '7', subject: 'Accounts/1', outcome: 'shown' };

let database: Database;
let now: Date;
const troubles: unknown[] = [];
const audited = (more: { mostWaiting?: number; database?: Database } = {}) =>
  createAudit({
    database,
    clock: () => now,
    onTrouble: (trouble) => troubles.push(trouble),
    batchMs: 3_600_000, // only what a test flushes is written
    ...more,
  });

beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database.close());
/** As somebody would who owns the database. */
const tamper = async (sql: string): Promise<void> => {
  await database.query("set session_replication_role = 'replica'");
  await database.query(sql);
  await database.query("set session_replication_role = 'origin'");
};
beforeEach(async () => {
  now = new Date('2026-11-10T09:00:00.000Z');
  await tamper('delete from audit_entries');
  await tamper('delete from audit_heads');
});

const write = async (installId: string, times: number): Promise<void> => {
  const audit = audited();
  for (let nth = 1; nth <= times; nth += 1)
    await database.transaction((on) => audit.record(on, installId, { ...read, subject: `Accounts/${nth}` }));
};
const broken = async () => (await verifyAudit(database)).map((state) => state.broken);

describe('the audit log', () => {
  test('counts without gaps, per install, newest first', async () => {
    const audit = audited();
    await audit.note(A, read);
    await audit.note(B, read);
    await database.transaction((on) => audit.record(on, A, { ...read, action: 'policy.changed' }));
    const page = await audit.page(A, null);
    expect(page.entries.map(({ sequence, action }) => [sequence, action])).toEqual([
      [2, 'record.read'],
      [1, 'policy.changed'],
    ]);
    expect((await audit.page(B, null)).entries).toHaveLength(1);
    expect((await audit.page(A, 2)).entries.map(({ sequence }) => sequence)).toEqual([1]);
    expect(await broken()).toEqual([null, null]);
  });

  test('an entry of something that did not happen is not written', async () => {
    const audit = audited();
    const failing = database.transaction(async (on) => {
      await audit.record(on, A, read);
      throw new Error('not saved');
    });
    await expect(failing).rejects.toThrow('not saved');
    await database.transaction((on) => audit.record(on, A, read));
    expect((await audit.page(A, null)).entries.map(({ sequence }) => sequence)).toEqual([1]);
  });

  test('two servers write one chain', async () => {
    const servers = [audited(), audited(), audited()];
    await Promise.all(
      servers.flatMap((server) => [
        database.transaction((on) => server.record(on, A, read)),
        server.note(A, read).then(() => server.flush()),
      ]),
    );
    const entries = [];
    for await (const entry of audited().all(A)) entries.push(entry.sequence);
    expect(entries).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await broken()).toEqual([null]);
  });

  test('what cannot be written now is written later, and a full queue lets answers wait', async () => {
    let broke = true;
    const moody: Database = {
      ...database,
      query: (sql, values) => database.query(sql, values),
      transaction: (work) => (broke ? Promise.reject(new Error('no database')) : database.transaction(work)),
    };
    const audit = audited({ database: moody, mostWaiting: 2 });
    await audit.note(A, { ...read, subject: 'Accounts/1' });
    await audit.note(A, { ...read, subject: 'Accounts/2' });
    await expect(audit.note(A, { ...read, subject: 'Accounts/3' })).rejects.toThrow('no database');
    broke = false;
    await audit.note(A, { ...read, subject: 'Accounts/4' });
    const page = await audit.page(A, null);
    expect(page.entries.map(({ subject }) => subject)).toEqual(['Accounts/4', 'Accounts/2', 'Accounts/1']);
  });

  test('the very same look again counts in the entry of the first, until that one is being written', async () => {
    const audit = audited();
    const look = { ...read, zohoCalls: 2 };
    const noted = await audit.note(A, look);
    expect(noted.again()).toBe(true);
    await audit.note(A, look);
    expect((await audit.note(A, { ...look, outcome: 'record.not_found' })).again()).toBe(true);
    const written = audit.flush();
    expect(noted.again()).toBe(false);
    await written;
    const entries = (await audit.page(A, null)).entries;
    expect(entries.map(({ outcome, times, zohoCalls }) => [outcome, times, zohoCalls])).toEqual([
      ['record.not_found', 2, 2],
      ['shown', 3, 4],
    ]);
  });

  test('what comes while others are written is written as well, by whoever waits for all of it', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow: Database = {
      ...database,
      transaction: async (work) => {
        await held;
        return database.transaction(work);
      },
    };
    const audit = audited({ database: slow });
    await audit.note(A, { ...read, subject: 'Accounts/1' });
    const first = audit.flush();
    await audit.note(A, { ...read, subject: 'Accounts/2' });
    const [second, third] = [audit.flush(), audit.flush()];
    letGo();
    await Promise.all([first, second, third]);
    const rows = await database.query<{ count: string }>('select count(*) as count from audit_entries');
    expect(Number(rows[0]?.count)).toBe(2);
    expect(await broken()).toEqual([null]);
  });

  test('the database itself refuses to change, remove or empty it', async () => {
    await write(A, 2);
    for (const sql of [
      "update audit_entries set entry = '{}'",
      'delete from audit_entries',
      'truncate audit_entries',
      'update audit_heads set sequence = 0',
      'delete from audit_heads',
      'truncate audit_heads',
    ])
      await expect(database.query(sql), sql).rejects.toThrow('audit log');
    expect(await broken()).toEqual([null]);
  });

  test('after a year the oldest go, what stays is still a chain, and says how much went', async () => {
    const noted: { installId: string; sequence: number; hash: string }[] = [];
    const note = async (): Promise<void> => {
      for (const { head } of await verifyAudit(database)) noted.push({ ...head });
    };
    const kept = async () =>
      (await audited().page(A, null)).entries.map(({ sequence, action, subject, outcome }) =>
        action === 'audit.pruned' ? [sequence, subject, outcome] : sequence,
      );
    const compared = async () => {
      const [state] = await verifyAudit(database, noted);
      return { broken: state?.broken ?? null, unproven: state?.unproven };
    };
    now = new Date('2020-11-10T09:00:00.000Z');
    await write(A, 2);
    await note();
    await write(A, 1);
    await note();
    now = new Date('2021-02-01T00:00:00.000Z');
    await write(A, 2);
    now = new Date('2021-11-11T23:00:00.000Z');
    await audited().prune();
    expect(await kept()).toEqual([5, 4, 3, 2, 1]); // a day is left on top, and days go whole
    now = new Date('2021-11-12T00:00:00.000Z');
    await audited().prune();
    await audited().prune();
    expect(await kept()).toEqual([[6, 'entries/1-3', 'removed_3'], 5, 4]);
    expect(await compared()).toEqual({ broken: null, unproven: [2] });
    now = new Date('2023-01-01T00:00:00.000Z');
    await audited().prune();
    await write(A, 1);
    expect(await kept()).toEqual([8, [7, 'entries/1-6', 'removed_3']]);
    expect(await compared()).toEqual({ broken: null, unproven: [2, 3] });
  });

  test('a beginning that was cut off is seen, whatever the head says', async () => {
    await write(A, 4);
    const headAt = async (sequence: number, hash?: string) => {
      const [row] = await database.query<{ hash: string }>(
        'select hash from audit_entries where sequence = $1',
        [sequence],
      );
      return { installId: A, sequence, hash: hash ?? row?.hash ?? '' };
    };
    const noted = [await headAt(1), await headAt(2)];
    const other = await headAt(2, '0'.repeat(64));
    // Within what the database allows anybody who may write: the head moves on, and what is young stays.
    await database.query(
      `update audit_heads set pruned_sequence = 2, pruned_hash = (select hash from audit_entries where sequence = 2)`,
    );
    await expect(database.query('delete from audit_entries where sequence <= 2')).rejects.toThrow(
      'audit log',
    );
    await tamper('delete from audit_entries where sequence <= 2');
    const [state] = await verifyAudit(database, noted);
    expect(state?.broken).toEqual({
      sequence: 2,
      why: 'the beginning is gone, and no entry says that it was old',
    });
    expect(state?.unproven).toEqual([1]);
    expect((await verifyAudit(database, [other]))[0]?.broken?.why).toBe(
      'what came before is not what was noted down',
    );
  });

  test.each([
    ['2028-02-29T12:00:00.000Z', '2027-02-28T00:00:00.000Z'],
    ['2027-01-01T00:00:00.000Z', '2025-12-31T00:00:00.000Z'],
    ['2026-11-10T23:59:59.999Z', '2025-11-09T00:00:00.000Z'],
  ])('at %s everything since %s is kept', (at, since) => {
    expect(keptSince(new Date(at)).toISOString()).toBe(since);
  });
});

test('three servers at one PostgreSQL write one chain', async (context) => {
  const server = await startTestPostgres();
  if ('unavailable' in server) return context.skip(server.unavailable);
  const open = () => openPostgres(server.url, (trouble) => troubles.push(trouble));
  const databases = await Promise.all([open(), open(), open()]);
  const audits = databases.map((own) => audited({ database: own }));
  const writes = audits.flatMap((audit) =>
    Array.from({ length: 10 }, async (_, nth) => {
      if (nth % 2) return audit.write(A, read);
      await audit.note(A, { ...read, subject: `Accounts/${nth}` });
      return audit.flush();
    }),
  );
  await Promise.all(writes);
  for (const own of databases)
    expect(await verifyAudit(own)).toMatchObject([{ head: { sequence: 30 }, broken: null }]);
  await Promise.all(databases.map((own) => own.close()));
  await server.stop();
});

describe('somebody who owns the database', () => {
  const row = (sequence: number) => `where install_id = '${A}' and sequence = ${sequence}`;

  test.each([
    [
      'flips a byte',
      [`update audit_entries set entry = replace(entry, 'Accounts/3', 'Accounts/4') ${row(3)}`],
      3,
    ],
    [
      'changes a time apart from its entry',
      [`update audit_entries set at = at - interval '1 day' ${row(2)}`],
      2,
    ],
    ['removes an entry', [`delete from audit_entries ${row(3)}`], 3],
    ['removes the newest entry', [`delete from audit_entries ${row(5)}`], 5],
    ['removes the oldest entry', [`delete from audit_entries ${row(1)}`], 1],
    [
      'swaps two entries',
      [
        `update audit_entries set sequence = 0 ${row(2)}`,
        `update audit_entries set sequence = 2 ${row(4)}`,
        `update audit_entries set sequence = 4 ${row(0)}`,
      ],
      2,
    ],
    ['moves an entry to another install', [`update audit_entries set install_id = '${B}' ${row(5)}`], 5],
    [
      'cuts the end off and counts the head back',
      [`delete from audit_entries ${row(5)}`, 'update audit_heads set sequence = 4'],
      4,
    ],
  ])('%s: seen', async (_, steps, sequence) => {
    await write(A, 5);
    for (const step of steps) await tamper(step);
    const [state] = await verifyAudit(database);
    expect(state?.broken?.sequence).toBe(sequence);
  });

  test('writes the chain anew: seen against a head that was noted down', async () => {
    await write(A, 3);
    const [before] = await verifyAudit(database);
    const noted = { installId: A, sequence: 3, hash: before?.head.hash ?? '' };
    await tamper('delete from audit_entries');
    await tamper('delete from audit_heads');
    expect((await verifyAudit(database, [noted]))[0]?.broken?.why).toBe('the whole chain is gone');
    now = new Date('2026-11-10T09:00:01.000Z');
    await write(A, 2);
    expect((await verifyAudit(database, [noted]))[0]?.broken?.sequence).toBe(3);
    await write(A, 2);
    expect(await broken()).toEqual([null]);
    expect((await verifyAudit(database, [noted]))[0]?.broken?.sequence).toBe(3);
  });
});
