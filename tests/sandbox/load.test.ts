import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOrganisation } from './load.ts';
import { smallOrganisation } from './small-organisation.ts';

describe('an organisation folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'organisation-'));
    mkdirSync(join(folder, 'crm'));
    mkdirSync(join(folder, 'books'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (file: string, content: unknown): void =>
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

  it('comes back as it was written', () => {
    const small = smallOrganisation();
    write('org.json', small.org);
    for (const [name, rows] of Object.entries(small.crm)) write(`crm/${name}.json`, rows);
    for (const [name, rows] of Object.entries(small.books)) write(`books/${name}.json`, rows);
    expect(loadOrganisation(folder)).toEqual(small);
  });

  it('a missing file means none', () => {
    write('org.json', { crm: { id: '1', zgid: '2' } });
    expect(loadOrganisation(folder).crm.Deals).toEqual([]);
    expect(loadOrganisation(folder).books.invoices).toEqual([]);
  });

  it.each([
    ['org.json', '{', /org\.json is not JSON/],
    ['org.json', { crm: {} }, /org\.json needs an object "crm"/],
    ['crm/Deals.json', { data: [] }, /Deals\.json is not a JSON array/],
    ['books/invoices.json', [{}, 7], /invoices\.json: entry 1 is not an object/],
  ])('a broken %s is named', (file, content, message) => {
    write('org.json', { crm: { id: '1', zgid: '2' } });
    write(file, content);
    expect(() => loadOrganisation(folder)).toThrow(message);
  });

  it('a folder that is not there, or has no org.json, is told', () => {
    expect(() => loadOrganisation(join(folder, 'nowhere'))).toThrow(/nowhere is not a folder/);
    expect(() => loadOrganisation(folder)).toThrow(/org\.json is missing/);
  });
});
