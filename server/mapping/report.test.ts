import { describe, expect, it } from 'vitest';
import type { CrmListed } from '../zoho/crm/crm.ts';
import { knownReport, type ReportInputs } from './report.ts';

const listed = (id: string, name: string, accountId: string | null = null): readonly [string, CrmListed] => [
  id,
  { id, name, website: null, taxNumber: null, email: null, accountId },
];
const customer = (
  id: string,
  name: string,
  is: { crmAccountId: string | null; isFilled: boolean },
): ReportInputs['customers'][number] => ({
  customerId: id,
  body: { name },
  knownBy: null,
  crmContactId: null,
  ...is,
});
const inputs = (given: Partial<ReportInputs>): ReportInputs => ({
  roll: {
    accounts: new Map([listed('1', 'Aster Foods'), listed('2', 'Dune Travel')]),
    contacts: new Map([listed('3', 'Mara Larch', '1'), listed('4', 'Noor Said')]),
    state: 'complete',
    version: 1,
    others: new Map(),
  },
  mode: 'both',
  customers: [],
  decisions: [],
  isListed: true,
  ...given,
});
const aster = customer('91', 'Aster Foods', { crmAccountId: '1', isFilled: true });
const groups = (given: Partial<ReportInputs>): readonly string[] =>
  knownReport(inputs(given)).rows.map(({ record, group }) => `${record.name}: ${group}`);

describe('a record without a customer', () => {
  it('is unlinked only once every customer of Books has been read', () => {
    expect(groups({ customers: [aster] })).toEqual([
      'Aster Foods: linked',
      'Dune Travel: unlinked',
      'Noor Said: unlinked',
    ]);
    expect(groups({ customers: [aster], isListed: false })).toEqual([
      'Aster Foods: linked',
      'Dune Travel: waiting',
      'Noor Said: waiting',
    ]);
    const unread = customer('92', 'Birch & Co', { crmAccountId: null, isFilled: false });
    expect(groups({ customers: [aster, unread] })).toContain('Dune Travel: waiting');
  });

  it('is counted, and those that stand in no group are counted beside them', () => {
    expect(knownReport(inputs({})).alongside).toBe(1);
    expect(knownReport(inputs({ mode: 'accounts' })).alongside).toBe(2);
  });
});
