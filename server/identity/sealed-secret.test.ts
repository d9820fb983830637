import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealedSecrets, SecretUnreadable } from './sealed-secret.ts';

const place = { table: 'user_grants', column: 'sealed_refresh_token', iid: 'tenant-a', rowId: '9' };
const january = { id: '2026-01', key: randomBytes(32) };
const june = { id: '2026-06', key: randomBytes(32) };

test('what was sealed opens at its own place, and never looks the same twice', () => {
  const secrets = createSealedSecrets([january]);
  const sealed = secrets.seal('1000.refresh', place);
  expect(secrets.open(sealed, place)).toBe('1000.refresh');
  expect(sealed.split('.').slice(0, 2)).toEqual(['v1', '2026-01']);
  expect(sealed).not.toContain('1000.refresh');
  expect(secrets.seal('1000.refresh', place)).not.toBe(sealed);
});

test('a secret copied to another tenant, row, column or table does not open', () => {
  const secrets = createSealedSecrets([january]);
  const sealed = secrets.seal('1000.refresh', place);
  for (const elsewhere of [
    { iid: 'tenant-b' },
    { rowId: '10' },
    { column: 'other' },
    { table: 'books_grants' },
  ]) {
    expect(() => secrets.open(sealed, { ...place, ...elsewhere })).toThrow(SecretUnreadable);
  }
});

test('a secret with any part changed does not open', () => {
  const secrets = createSealedSecrets([january]);
  const parts = secrets.seal('1000.refresh', place).split('.');
  for (let part = 0; part < parts.length; part += 1) {
    const flipped = parts.map((text, index) =>
      index === part ? (text.startsWith('A') ? 'B' : 'A') + text.slice(1) : text,
    );
    expect(() => secrets.open(flipped.join('.'), place)).toThrow(SecretUnreadable);
  }
  for (const broken of ['', 'v1', `${parts.join('.')}.x`, 'v1.2026-01....']) {
    expect(() => secrets.open(broken, place)).toThrow(SecretUnreadable);
  }
});

test('an older key still opens; a missing one does not', () => {
  const sealed = createSealedSecrets([january]).seal('1000.refresh', place);
  const rotated = createSealedSecrets([june, january]);
  expect(rotated.open(sealed, place)).toBe('1000.refresh');
  expect(rotated.keyId).toBe(june.id);
  expect(rotated.seal('x', place).split('.')[1]).toBe(june.id);
  expect(() => createSealedSecrets([june]).open(sealed, place)).toThrow(SecretUnreadable);
});
