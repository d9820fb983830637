import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Customer360 } from '../../server/contract/customer-360.ts';
import { calendarDay, daysBetween } from '../../server/domain/calendar-day.ts';
import { importPipeline } from '../sandbox/import/import-pipeline.ts';
import { importReceivables } from '../sandbox/import/import-receivables.ts';
import { type Person, person } from '../support/person.ts';
import { demoUser, type Product, startProduct } from '../support/product.ts';
import { ROOT } from '../support/run.ts';

const DATA = join(ROOT, '..', 'shared', 'data');
const atHand = existsSync(DATA);
if (!atHand) console.warn('Real input left out: ../shared/data is not here.');

const TODAY = '2026-11-20';
const NOON = Date.parse(`${TODAY}T15:00:00Z`);

describe.skipIf(!atHand).each(['2012-12-31', '2013-06-30'])(
  'the accounts-receivable set as of %s',
  (asOf) => {
    let product: Product;
    let finance: Person;
    let now = NOON;
    const shift = daysBetween(calendarDay(asOf), calendarDay(TODAY));
    const expected = atHand ? rows(join(DATA, 'ar', `expected_by_customer_${asOf}.csv`)) : [];
    const organisation = atHand ? importReceivables(DATA, asOf, TODAY) : null;

    beforeAll(async () => {
      if (!organisation) return;
      product = await startProduct({ organisation, clock: () => new Date(now) });
      finance = await person(product.server, demoUser(organisation, 'administratorId'));
    });
    afterAll(() => product?.stop());

    it('gives every one of the 100 customers their open, overdue, collected, last payment and speed, to the cent', async () => {
      expect(expected).toHaveLength(100);
      const accounts = new Map(
        organisation?.crm.Accounts.map((account) => [String(account.Account_Name), String(account.id)]),
      );
      const found = [];
      for (const { customerID } of expected) {
        now += 60_000; // the organisation's calls per minute are counted on this clock
        const { status, text } = await finance.get(
          `/api/v1/records/Accounts/${accounts.get(customerID ?? '')}/customer-360`,
        );
        expect(status, text).toBe(200);
        found.push(found360(customerID ?? '', Customer360.parse(JSON.parse(text)), shift));
      }
      expect(found).toEqual(expected.map(wanted));
    }, 120_000);
  },
);

describe.skipIf(!atHand)('the CRM pipeline set', () => {
  it("every deal of an account is on its deal's panel with the amount it closed at", async () => {
    const organisation = importPipeline(DATA, TODAY);
    let now = NOON;
    const product = await startProduct({ organisation, clock: () => new Date(now) });
    try {
      const administrator = await person(product.server, demoUser(organisation, 'administratorId'));
      const kanCode = organisation.crm.Accounts.find(({ Account_Name }) => Account_Name === 'Kan-code');
      const won = organisation.crm.Deals.filter(
        ({ Account_Name, Stage }) =>
          (Account_Name as { id?: string } | null)?.id === kanCode?.id && Stage === 'Closed Won',
      );
      let sum = new Big(0);
      for (const { id, Deal_Name } of won) {
        now += 10_000;
        const { status, text } = await administrator.get(`/api/v1/records/Deals/${id}/customer-360`);
        expect(status, text).toBe(200);
        const answer = Customer360.parse(JSON.parse(text));
        expect(answer.record.name).toBe(Deal_Name);
        if (answer.state === 'filling') throw new Error(`${Deal_Name} waits for its turn`);
        const amount = answer.ladder?.dealAmount;
        if (amount?.level !== 'exact') throw new Error(`${Deal_Name}: ${amount?.level}`);
        sum = sum.plus(amount.money.amount);
      }
      expect(sum.toFixed()).toBe('341455'); // largest account by won value
    } finally {
      await product.stop();
    }
  }, 120_000);
});

function found360(customerID: string, answer: Customer360, shift: number) {
  if (answer.state !== 'linked') throw new Error(`${customerID} is not linked`);
  const { figures } = answer;
  const exact = (figure: typeof figures.open): string =>
    figure?.level === 'exact' ? new Big(figure.money.amount).toFixed(2) : `${figure?.level}`;
  const { lastPayment } = figures;
  const speed = figures.paymentSpeed?.allTime;
  return {
    customerID,
    openCount: figures.openCount,
    open: exact(figures.open),
    overdueCount: figures.overdueCount,
    overdue: exact(figures.overdue),
    oldestOverdueDays: figures.oldestOverdueDays,
    collected: exact(figures.collected),
    lastPayment: lastPayment?.level === 'known' ? unshifted(lastPayment.date, shift) : '',
    daysToPay: speed?.daysToPay ?? '',
    daysLate: speed?.daysLate ?? '',
    daysLateEarlyAsZero: speed?.daysLateEarlyAsZero ?? '',
    ties: figures.reconciliation?.level,
  };
}

function wanted(row: Record<string, string>): ReturnType<typeof found360> {
  const two = (text: string | undefined): string => (text ? new Big(text).toFixed(2) : '');
  return {
    customerID: row.customerID ?? '',
    openCount: Number(row.open_n),
    open: two(row.open),
    overdueCount: Number(row.overdue_n),
    overdue: two(row.overdue),
    oldestOverdueDays: Number(row.max_days_overdue),
    collected: two(row.collected),
    lastPayment: row.last_payment_date ?? '',
    daysToPay: two(row.w_days_to_pay),
    daysLate: two(row.w_days_late_signed),
    daysLateEarlyAsZero: two(row.w_days_late_floor0),
    ties: 'ties',
  };
}

const unshifted = (day: string, shift: number): string =>
  new Date(Date.parse(day) - shift * 86_400_000).toISOString().slice(0, 10);

/** The data sets hold no quoted cells. */
function rows(path: string): readonly Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])),
  );
}
