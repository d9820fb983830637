import type {
  Customer360,
  CustomerFigures,
  DealLadder,
  Freshness,
} from '../../server/contract/customer-360.ts';
import type { AgeingEntry, DocumentRow, MoneyFigure } from '../../server/contract/figures.ts';

export type Linked = Extract<Customer360, { state: 'linked' }>;
export type NotLinked = Extract<Customer360, { state: 'not_linked' }>;

export const exact = (amount: string, currency = 'EUR'): MoneyFigure => ({
  level: 'exact',
  money: { currency, amount },
});
export const band = (from: string | null, to: string | null, currency = 'EUR'): MoneyFigure => ({
  level: 'band',
  band: { currency, from, to },
});
export const status = (word: 'none' | 'some'): MoneyFigure => ({ level: 'status', status: word });

const BUCKETS = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'over_90', 'undated'];
export const ageing = (figures: readonly MoneyFigure[], counts: readonly number[] = []): AgeingEntry[] =>
  figures.flatMap((figure, at) => {
    const bucket = BUCKETS[at];
    const count = counts[at];
    return bucket ? [{ bucket, figure, ...(count === undefined ? {} : { count }) }] : [];
  });

const fresh = (): Freshness => ({ state: 'fresh', knownGoodAt: new Date().toISOString(), missing: [] });

const row = (over: Partial<DocumentRow> & Pick<DocumentRow, 'number'>): DocumentRow => ({
  type: 'invoice',
  id: over.number.replace(/\D/g, ''),
  date: '2026-11-03',
  status: 'sent',
  href: 'https://books.example/',
  ...over,
});

const ROWS: readonly DocumentRow[] = [
  row({
    number: 'INV-004182',
    date: '2026-09-18',
    dueDate: '2026-10-18',
    daysOverdue: 34,
    status: 'overdue',
    total: exact('8450.00'),
    balance: exact('8450.00'),
    dealId: '4000000001',
  }),
  row({
    number: 'INV-004207',
    date: '2026-10-09',
    dueDate: '2026-11-08',
    daysOverdue: 13,
    status: 'overdue',
    total: exact('5200.00'),
    balance: exact('1733.40'),
  }),
  row({
    number: 'INV-004251',
    date: '2026-11-06',
    dueDate: '2026-11-21',
    status: 'due_today',
    total: exact('980.00'),
    balance: exact('980.00'),
  }),
  row({
    type: 'estimate',
    number: 'QT-00318',
    date: '2026-11-12',
    status: 'accepted',
    total: exact('24600.00'),
    dealId: '4000000001',
  }),
  row({
    type: 'payment',
    number: 'PMT-1190',
    date: '2026-11-09',
    status: 'received',
    total: exact('3466.60'),
    balance: exact('0.00'),
  }),
];

const FIGURES: CustomerFigures = {
  verdict: {
    grade: 'pays_late',
    reasons: [
      { code: 'overdue_some', oldestDays: 34, count: 2 },
      { code: 'pays_late_on_average', days: 12.4 },
    ],
    computedOn: '2026-11-21',
  },
  overdue: exact('10183.40'),
  overdueCount: 2,
  oldestOverdueDays: 34,
  open: exact('31410.15'),
  openCount: 7,
  collected: exact('184902.77'),
  lastPayment: { level: 'known', date: '2026-11-09', ageDays: 12, amount: exact('3466.60') },
  ageing: ageing(
    [exact('21226.75'), exact('1733.40'), exact('8450.00'), exact('0'), exact('0')],
    [5, 1, 1, 0, 0],
  ),
  reconciliation: { level: 'ties' },
};

export const LADDER: DealLadder = {
  stage: 'Negotiation',
  basis: 'net_of_tax',
  dealAmount: exact('42000.00'),
  quoted: exact('42000.00'),
  invoiced: exact('17500.00'),
  collected: exact('9050.00'),
  leftToInvoice: exact('24500.00'),
  overInvoiced: false,
};

/** A healthy answer; members are replaced by what a state is about. */
export function aLinked({
  figures,
  ...over
}: Partial<Omit<Linked, 'figures'>> & { figures?: Partial<CustomerFigures> } = {}): Linked {
  return {
    state: 'linked',
    record: { module: 'Accounts', id: '4000000100', name: 'Brightwater Logistics' },
    today: '2026-11-21',
    viewer: { template: 'exact', administrator: false },
    customers: [
      { id: '46000001', name: 'Brightwater Logistics GmbH', currency: 'EUR', href: 'https://books.example/' },
    ],
    currency: 'EUR',
    baseCurrency: 'EUR',
    hasTransactions: true,
    definitions: {
      lifetimeValue: 'collected',
      grade: { overdueSomeDays: 7, overdueLongDays: 30, lateDays: 5, approvalDaysLate: 30 },
    },
    documents: { rows: [...ROWS], total: 37, types: ['invoice', 'estimate', 'payment'] },
    warnings: [],
    freshness: fresh(),
    ...over,
    figures: { ...FIGURES, ...figures },
  };
}

export const onDeal = { module: 'Deals', id: '4000000001', name: 'Warehouse robots' } as const;

/** What role sales gets of the same customer. */
export function forSales(): Linked {
  return aLinked({
    viewer: { template: 'sales', administrator: false },
    figures: {
      overdue: status('some'),
      open: band('10000', '50000'),
      collected: band('100000', '500000'),
      lastPayment: { level: 'known', date: '2026-11-09', ageDays: 12, amount: band('1000', '10000') },
      ageing: ageing(
        [status('some'), status('some'), status('some'), status('none'), status('none')],
        [5, 1, 1, 0, 0],
      ),
    },
    documents: {
      rows: ROWS.map((one) => ({
        ...one,
        total: band('1000', '10000'),
        balance: one.type === 'estimate' ? undefined : status(one.type === 'payment' ? 'none' : 'some'),
      })),
      total: 37,
      types: ['invoice', 'estimate', 'payment'],
    },
  });
}

/** What a role nobody decided about gets: the verdict and the names of what is hidden. */
export function forLeast(): Linked {
  return {
    ...aLinked({
      viewer: { template: 'least', administrator: false },
      documents: { rows: [], total: 0, types: [] },
    }),
    figures: FIGURES.verdict ? { verdict: FIGURES.verdict } : {},
  };
}

/** Another customer, with nothing wrong at all. */
export function aGoodPayer(): Linked {
  return aLinked({
    figures: {
      verdict: {
        grade: 'good_payer',
        reasons: [{ code: 'nothing_overdue' }, { code: 'pays_on_time', days: -2.1 }],
        computedOn: '2026-11-21',
      },
      overdue: exact('0'),
      overdueCount: 0,
      oldestOverdueDays: 0,
      open: exact('980.00'),
      openCount: 1,
      ageing: ageing([exact('980.00'), exact('0'), exact('0'), exact('0'), exact('0')]),
    },
    documents: { rows: ROWS.slice(2), total: 3, types: ['invoice', 'estimate', 'payment'] },
  });
}

const inYen = (amount: string): MoneyFigure => exact(amount, 'JPY');

/** Amounts too long for a narrow panel, in a currency without decimals that is not the organisation's. */
export function inLargeYen(): Linked {
  return aLinked({
    currency: 'JPY',
    figures: {
      overdue: inYen('123456789'),
      open: inYen('2345678901'),
      collected: inYen('98765432100'),
      lastPayment: { level: 'known', date: '2026-02-03', ageDays: 291, amount: inYen('45000000') },
      ageing: ageing([
        inYen('2222222112'),
        inYen('0'),
        inYen('0'),
        inYen('0'),
        inYen('123456789'),
        inYen('0'),
      ]),
    },
  });
}

/** A name and texts that run from right to left inside a page that does not. */
export function withArabicName(): Linked {
  return aLinked({
    customers: [{ id: '46000007', name: 'شركة النور للتجارة 🌙 "ذ.م.م"', currency: 'KWD' }],
    baseCurrency: 'KWD',
    currency: 'KWD',
    figures: {
      overdue: exact('120.500', 'KWD'),
      open: exact('1820.750', 'KWD'),
      collected: exact('20340.125', 'KWD'),
      lastPayment: { level: 'none' },
      ageing: ageing([
        exact('1700.250', 'KWD'),
        exact('120.500', 'KWD'),
        exact('0', 'KWD'),
        exact('0', 'KWD'),
        exact('0', 'KWD'),
      ]),
    },
    documents: {
      rows: [
        row({
          number: 'INV-77',
          dueDate: '2026-11-01',
          daysOverdue: 20,
          status: 'overdue',
          total: exact('120.500', 'KWD'),
          balance: exact('120.500', 'KWD'),
        }),
      ],
      total: 1,
      types: ['invoice'],
    },
  });
}

export function aNotLinked(over: Partial<NotLinked> = {}): NotLinked {
  return {
    state: 'not_linked',
    record: { module: 'Accounts', id: '4000000100', name: 'Brightwater Logistics' },
    today: '2026-11-21',
    viewer: { template: 'sales', administrator: false },
    reason: 'no_customer',
    suggestions: [
      { customerId: '46000001', name: 'Brightwater Logistics GmbH', evidence: 'similar_name' },
      { customerId: '46000002', name: 'Brightwater Logistics', evidence: 'same_name' },
    ],
    ...over,
  };
}
