import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarDay, dayIn, daysBetween } from '../../server/domain/calendar-day.ts';
import { DEMO_TIME_ZONE } from '../sandbox/demo/demo-organisation.ts';
import { importReceivables } from '../sandbox/import/import-receivables.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoUser, type Product, startProduct } from '../support/product.ts';
import { ROOT } from '../support/run.ts';
import { seen } from './seen.ts';
import { visitor } from './visitor.ts';

const DATA = join(ROOT, '..', 'shared', 'data');
const atHand = existsSync(DATA);
if (!atHand) console.warn('Real input in the browser left out: ../shared/data is not here.');

/** Largest overdue, slowest, fastest, most open without overdue, and one who owes nothing. */
const FIVE = ['8102-ABPKQ', '2621-XCLEH', '2820-XGXSB', '4640-FGEJI', '0187-ERLSR'];
const AS_OF = '2012-12-31';

describe.skipIf(!atHand)('the accounts-receivable set on the screen', () => {
  let browser: Browser;
  let product: Product;
  const today = dayIn(DEMO_TIME_ZONE, new Date());
  const organisation = atHand ? importReceivables(DATA, AS_OF, today) : null;

  beforeAll(async () => {
    if (!organisation) return;
    [browser, product] = await Promise.all([launchBrowser(), startProduct({ organisation })]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('shows five customers as computed from the raw file, to the cent', async () => {
    if (!organisation) throw new Error('skipped without the data');
    const administrator = organisation.crm.users.find(
      ({ id }) => id === demoUser(organisation, 'administratorId'),
    );
    const finance = await visitor(browser, product);
    const expected = new Map(rows().map((row) => [row.customerID, row]));
    for (const [index, customerID] of FIVE.entries()) {
      const account = organisation.crm.Accounts.find(({ Account_Name }) => Account_Name === customerID);
      await finance.opens('accounts', String(account?.id));
      if (index === 0) await finance.signsIn({ name: String(administrator?.full_name) });
      await seen(finance.panel.locator('.verdict')).toBeVisible({ timeout: 20_000 });
      const row = expected.get(customerID);
      const amount = (text: string | undefined): string =>
        new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(Number(text));
      expect(await finance.figure('Overdue'), customerID).toContain(amount(row?.overdue));
      expect(await finance.figure('Open'), customerID).toContain(amount(row?.open));
      expect(await finance.figure('Collected to date'), customerID).toContain(amount(row?.collected));
      const paid = finance.panel
        .locator('.figure')
        .filter({ hasText: /^Last payment/ })
        .locator('time');
      expect(await paid.getAttribute('datetime'), customerID).toBe(
        shifted(row?.last_payment_date ?? '', today),
      );
      if (row?.overdue_n !== '0')
        await seen(finance.panel.locator('.verdict')).toContainText(`${row?.overdue_n} invoice`);
    }
    expect(finance.complaints).toEqual([]);
    await finance.leaves();
  });
});

function shifted(day: string, today: string): string {
  const days = daysBetween(calendarDay(AS_OF), calendarDay(today));
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function rows(): readonly Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(join(DATA, 'ar', `expected_by_customer_${AS_OF}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
}
