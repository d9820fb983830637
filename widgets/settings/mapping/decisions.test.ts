import { describe, expect, it } from 'vitest';
import type { MappingRow } from '../../../server/contract/mapping.ts';
import { bulkChanges, clearOnes, outcomes, type Result, rowKey, undoing } from './decisions.ts';

const suggestion = (id: string): MappingRow['suggestions'][number] => ({
  customer: { id, version: 0 },
  reasons: ['name'],
  strength: 'likely',
  ambiguous: true,
});
const aRow = (id: string, more: Partial<MappingRow> = {}): MappingRow => ({
  record: { module: 'Accounts', id, name: `Account ${id}` },
  customers: [],
  suggestions: [],
  faults: [],
  ...more,
});
const none = new Map<string, string>();

describe('what one press decides for all that are ticked', () => {
  it('confirms the likeliest suggestion of each row, or the one that was chosen', () => {
    const row = aRow('1', { suggestions: [suggestion('91'), suggestion('92')] });
    const chosen = new Map([[rowKey(row), '92']]);
    const to = { says: 'record', module: 'Accounts', id: '1' };
    expect([...bulkChanges('suggested', [row], none).values()]).toEqual([
      [{ customerId: '91', version: 0, to }],
    ]);
    expect([...bulkChanges('suggested', [row], chosen).values()]).toEqual([
      [{ customerId: '92', version: 0, to }],
    ]);
  });

  it('ticks all but those somebody has to choose between first', () => {
    const [clear, doubtful] = [
      aRow('1', { suggestions: [{ ...suggestion('91'), ambiguous: false }] }),
      aRow('2', { suggestions: [suggestion('92'), suggestion('93')] }),
    ];
    const rows = [clear, doubtful];
    expect(clearOnes(rows, bulkChanges('suggested', rows, none), none)).toEqual([rowKey(clear)]);
    const chosen = new Map([[rowKey(doubtful), '93']]);
    expect(clearOnes(rows, bulkChanges('suggested', rows, chosen), chosen)).toEqual(rows.map(rowKey));
  });

  it('gives no customer to two records: the second row has to wait for a choice', () => {
    const rows = [
      aRow('1', { suggestions: [suggestion('91')] }),
      aRow('2', { suggestions: [suggestion('91')] }),
    ];
    expect([...bulkChanges('suggested', rows, none).keys()]).toEqual([rowKey(rows[0] ?? aRow(''))]);
  });

  it('ends what Books says by deciding otherwise, and what was decided by taking it back', () => {
    const row = aRow('1', {
      customers: [
        { id: '81', version: 0, source: 'books' },
        { id: '82', version: 3, source: 'confirmed' },
        { id: '83', version: 1, source: 'separated' },
      ],
    });
    expect(bulkChanges('linked', [row], none).get(rowKey(row))).toEqual([
      { customerId: '81', version: 0, to: { says: 'nobody' } },
      { customerId: '82', version: 3, to: { says: 'books' } },
    ]);
    expect(bulkChanges('unlinked', [aRow('2')], none).size).toBe(0);
  });
});

describe('what became of it', () => {
  const result = (customerId: string, outcome: Result['outcome']): Result => ({
    customerId,
    outcome,
    before: { version: 4, to: { says: 'nobody' } },
    now: { version: 5, to: { says: 'books' } },
  });
  const results = [result('1', 'changed_meanwhile'), result('2', 'changed'), result('3', 'changed')];

  it('is counted by kind, what was done first', () => {
    expect(outcomes(results)).toEqual([
      ['changed', 2],
      ['changed_meanwhile', 1],
    ]);
  });

  it('is taken back as far as it was done, based on what it left', () => {
    expect(undoing(results)).toEqual([
      { customerId: '2', version: 5, to: { says: 'nobody' } },
      { customerId: '3', version: 5, to: { says: 'nobody' } },
    ]);
  });
});
