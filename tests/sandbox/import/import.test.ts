import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import { audit, byCustomer, total } from '../demo/audit.ts';
import { demoOrganisation } from '../demo/demo-organisation.ts';
import { daysAfter, daysBetween } from '../demo/plain-day.ts';
import { faultsOf } from '../demo/wire-integrity.ts';
import type { Wire } from '../organisation.ts';
import { parseCsv, readCsv } from './csv.ts';
import { importBoth } from './import-both.ts';
import { importPipeline, PIPELINE_ENDS } from './import-pipeline.ts';
import { importReceivables } from './import-receivables.ts';

const DATA = join(import.meta.dirname, '../../../../shared/data');
const TODAY = '2026-11-21';
const absent = !existsSync(DATA);
if (absent) process.stdout.write(`The public data sets are not at ${DATA}: their imports are not tested.\n`);

/** Stands in where the files are absent, so that the skipped tests can still be listed. */
const NOBODY = demoOrganisation({ today: TODAY });

const EXPECTED = [
  'customerID',
  'invoices',
  'invoiced',
  'collected',
  'open_n',
  'open',
  'overdue_n',
  'overdue',
  'max_days_overdue',
  'last_payment_date',
] as const;

describe('a comma-separated file', () => {
  it('keeps commas, quotes and line breaks inside quotes, and drops empty lines', () => {
    expect(parseCsv('\uFEFFa,b\r\n"x, ""y""\nz",0012\n\n,\n')).toEqual([
      ['a', 'b'],
      ['x, "y"\nz', '0012'],
      ['', ''],
    ]);
  });
});

describe.skipIf(absent).each([
  ['2012-12-31', 1277, '76064.07', '70339.01', '5725.06', 13, '788.74', 2],
  ['2013-06-30', 1930, '115444.59', '110324.74', '5119.85', 12, '835.56', 3],
])('the receivables as of %s', (asOf, count, invoiced, collected, open, lateCount, late, dueThatDay) => {
  const { books, crm, org } = absent ? NOBODY : importReceivables(DATA, asOf, TODAY);
  const left = books.invoices.filter(({ balance }) => Number(balance) > 0);
  const overdue = left.filter(({ due_date }) => String(due_date) < TODAY);

  it('sum to the totals of the set, to the cent', () => {
    expect(books.invoices).toHaveLength(count);
    expect(total(books.invoices, 'total').toFixed(2)).toBe(invoiced);
    expect(total(books.customerpayments, 'amount').toFixed(2)).toBe(collected);
    expect(total(left, 'balance').toFixed(2)).toBe(open);
    expect(overdue).toHaveLength(lateCount);
    expect(total(overdue, 'balance').toFixed(2)).toBe(late);
    expect(left.filter(({ due_date }) => due_date === TODAY)).toHaveLength(dueThatDay);
  });

  it('agree with the expected figures of each of the 100 customers', () => {
    const invoices = byCustomer(books.invoices);
    const payments = byCustomer(books.customerpayments);
    const expected = readCsv(join(DATA, `ar/expected_by_customer_${asOf}.csv`), EXPECTED);
    const shift = daysBetween(asOf, TODAY);
    expect(books.contacts).toHaveLength(100);
    expect(expected).toHaveLength(100);
    for (const row of expected) {
      const contact = books.contacts.find(({ contact_name }) => contact_name === row.customerID);
      const own = invoices.get(String(contact?.contact_id)) ?? [];
      const paid = payments.get(String(contact?.contact_id)) ?? [];
      const owed = own.filter(({ balance }) => Number(balance) > 0);
      const latest = owed.filter(({ due_date }) => String(due_date) < TODAY);
      expect({
        invoices: own.length,
        invoiced: total(own, 'total').toFixed(2),
        collected: total(paid, 'amount').toFixed(2),
        open_n: owed.length,
        open: total(owed, 'balance').toFixed(2),
        overdue_n: latest.length,
        overdue: total(latest, 'balance').toFixed(2),
        oldest: Math.max(0, ...latest.map(({ due_date }) => daysBetween(String(due_date), TODAY))),
        last:
          paid
            .map(({ date }) => String(date))
            .sort()
            .at(-1) ?? '',
        account: crm.Accounts.find(({ id }) => id === contact?.zcrm_account_id)?.Account_Name,
      }).toEqual({
        invoices: Number(row.invoices),
        invoiced: new Big(row.invoiced).toFixed(2),
        collected: new Big(row.collected).toFixed(2),
        open_n: Number(row.open_n),
        open: new Big(row.open).toFixed(2),
        overdue_n: Number(row.overdue_n),
        overdue: new Big(row.overdue).toFixed(2),
        oldest: Number(row.max_days_overdue),
        last: row.last_payment_date === '' ? '' : daysAfter(row.last_payment_date, shift),
        account: row.customerID,
      });
    }
  });

  it('tie for every customer and keep invoice numbers as text', () => {
    for (const { outstandingOff, settlementOff } of audit({ books, crm, org })) {
      expect([outstandingOff, settlementOff]).toEqual(['0', '0']);
    }
    expect(
      books.invoices.filter(({ invoice_number }) => String(invoice_number).startsWith('00')),
    ).not.toEqual([]);
    expect(faultsOf({ books, crm, org }, TODAY)).toEqual([]);
  });
});

describe.skipIf(absent)('the sales pipeline', () => {
  const { crm, books, org } = absent ? NOBODY : importPipeline(DATA, TODAY);
  const at = (stage: string): Wire[] => crm.Deals.filter(({ Stage }) => Stage === stage);

  it('has every deal in its stage, with the value it was won at', () => {
    expect(crm.Deals).toHaveLength(8800);
    expect(at('Closed Won')).toHaveLength(4238);
    expect(at('Closed Lost')).toHaveLength(2473);
    expect(at('Needs Analysis')).toHaveLength(1589);
    expect(at('Qualification')).toHaveLength(500);
    expect(total(at('Closed Won'), 'Amount').toFixed()).toBe('10005534');
  });

  it('agrees with the expected wins and losses of each account', () => {
    const columns = ['account', 'won_n', 'won_value', 'lost_n', 'open_n'] as const;
    for (const row of readCsv(join(DATA, 'crm/expected_by_account.csv'), columns)) {
      const own = crm.Deals.filter(({ Account_Name }) => (Account_Name as Wire | null)?.name === row.account); // safe because CRM nests references as objects
      const won = own.filter(({ Stage }) => Stage === 'Closed Won');
      const lost = own.filter(({ Stage }) => Stage === 'Closed Lost');
      expect([
        won.length,
        total(won, 'Amount').toFixed(),
        lost.length,
        own.length - won.length - lost.length,
      ]).toEqual([Number(row.won_n), row.won_value, Number(row.lost_n), Number(row.open_n)]);
    }
  });

  it('leaves 1,425 open deals without account, and reads GTXPro as the GTX Pro of the price list', () => {
    const without = crm.Deals.filter(({ Account_Name }) => Account_Name === null);
    expect(without).toHaveLength(1425);
    expect(without.every(({ Amount }) => Amount === null)).toBe(true);
    const ofPro = crm.Deals.filter(({ Product }) => (Product as Wire).name === 'GTX Pro'); // safe because the import writes it so
    expect(ofPro).toHaveLength(1480);
  });

  it('moves all dates by the same days, so that its last day is today', () => {
    const closings = crm.Deals.flatMap(({ Closing_Date }) =>
      Closing_Date === null ? [] : [String(Closing_Date)],
    );
    expect(closings.sort().at(-1)).toBe(TODAY);
    expect(closings[0]).toBe(daysAfter('2017-03-01', daysBetween(PIPELINE_ENDS, TODAY)));
    expect(faultsOf({ crm, books, org }, TODAY)).toEqual([]);
  });

  it('makes the 35 agents and their six managers users', () => {
    const role = (word: string) =>
      crm.users.filter(({ role }) => String((role as Wire).name).startsWith(word)); // safe because users carry their role
    const demoPeople = 8;
    expect(crm.users).toHaveLength(35 + 6 + demoPeople);
    expect(role('Sales Manager Central').length).toBeGreaterThan(0);
    expect(crm.users.find(({ id }) => id === org.demo?.repId)).toMatchObject({
      full_name: 'Darcel Schlecht',
    });
  });
});

describe.skipIf(absent)('both sets in one organisation', () => {
  it('stand side by side without touching', () => {
    const both = importBoth(DATA, '2012-12-31', TODAY);
    expect(both.crm.Accounts).toHaveLength(185);
    expect(both.books.contacts).toHaveLength(100);
    expect(both.crm.Deals).toHaveLength(8800);
    expect(faultsOf(both, TODAY)).toEqual([]);
  });
});
