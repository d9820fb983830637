import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cut, fits, mirroredDeal, partsOf, portionOf } from './deal-shares.ts';
import type { DealId, DealShare } from './documents.ts';
import { compare, type Money, money, sum } from './money.ts';

const A = '1' as DealId;
const B = '2' as DealId;
const usd = (amount: number): Money => money('USD', amount);
const share = (dealId: DealId, amount: number | null): DealShare => ({
  dealId,
  net: amount === null ? null : usd(amount),
});

const arbitraryShares = fc
  .uniqueArray(fc.constantFrom('1', '2', '3', '4'), { minLength: 1 })
  .chain((deals) =>
    fc
      .tuple(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: deals.length, maxLength: deals.length }),
        fc.boolean(),
      )
      .map(([amounts, hasRest]) =>
        deals.map((deal, at) => share(deal as DealId, hasRest && at === 0 ? null : (amounts[at] ?? 1))),
      ),
  );

it('parts are never more than the document, and all of it where one deal has the rest', () => {
  fc.assert(
    fc.property(arbitraryShares, fc.integer({ min: 0, max: 1000 }), (shares, net) => {
      const parts = [...partsOf(shares, usd(net)).values()];
      const all = sum('USD', parts);
      expect(compare(all, usd(net))).toBeLessThanOrEqual(0);
      if (shares.some((one) => one.net === null)) expect(all).toEqual(usd(net));
      // Shares that fit are handed out as they are.
      if (fits(shares, usd(net)))
        for (const one of shares)
          if (one.net) expect(partsOf(shares, usd(net)).get(one.dealId)).toEqual(one.net);
    }),
  );
});

it('a document without shares is wholly its deal’s', () => {
  const document = { dealId: A, total: usd(108), net: null };
  expect(portionOf(document, B)).toBeNull();
  const portion = portionOf(document, A);
  expect(portion && cut(usd(108), portion)).toEqual(usd(108));
});

it('an amount is cut to the deal’s part, by the net amount the shares were made on', () => {
  const document = {
    dealId: A,
    total: usd(108),
    net: null,
    sharedNet: usd(100),
    shares: [share(A, null), share(B, 25)],
  };
  const [a, b] = [portionOf(document, A), portionOf(document, B)];
  expect([a && cut(usd(108), a), b && cut(usd(108), b)]).toEqual([usd(81), usd(27)]);
  expect(portionOf({ ...document, sharedNet: undefined }, A)).toBeNull();
});

it('the largest part is the one in Books, and of equal ones the one that is there', () => {
  expect(mirroredDeal([share(A, null), share(B, 60)], usd(100), A)).toBe(B);
  expect(mirroredDeal([share(A, 50), share(B, 50)], usd(100), B)).toBe(B);
  expect(mirroredDeal([share(A, 50), share(B, 50)], usd(100), null)).toBe(A);
  expect(mirroredDeal([], usd(100), A)).toBeNull();
  expect(mirroredDeal([share(A, null)], null, null)).toBe(A);
});
