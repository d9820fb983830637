/** How a member is seen: as itself, as an amount at a level, or not at all. */
export type Shown = 'plain' | 'exact' | 'band' | 'status' | 'absent';

const all = (shown: Shown): readonly [Shown, Shown, Shown] => [shown, shown, shown];
/** Also for the role that sees no documents. */
const PLAIN = all('plain');
/** Rows of documents, and what is told about them. */
const ROW = ['plain', 'plain', 'absent'] as const;
const BAND = ['exact', 'band', 'absent'] as const;
const STATUS = ['exact', 'status', 'absent'] as const;

/**
 * Every member of an answer about a linked deal, or of a page of its documents (under `documents`), as the roles exact, sales and least see it; written by hand, so that
 * no table of the server can be wrong on both sides. `[]` stands for the members of a list.
 */
export const EXPECTED: Readonly<Record<string, readonly [Shown, Shown, Shown]>> = {
  'record.module': PLAIN,
  'record.id': PLAIN,
  'record.name': PLAIN,
  today: PLAIN,
  'viewer.template': PLAIN,
  'viewer.administrator': PLAIN,
  'viewer.mayLink': ROW,
  state: PLAIN,
  'customers[].id': PLAIN,
  'customers[].name': PLAIN,
  'customers[].currency': PLAIN,
  currency: PLAIN,
  baseCurrency: PLAIN,
  hasTransactions: PLAIN,
  'figures.verdict.grade': PLAIN,
  'figures.verdict.computedOn': PLAIN,
  'figures.verdict.reasons[].code': PLAIN,
  'figures.verdict.reasons[].oldestDays': ROW,
  'figures.verdict.reasons[].count': ROW,
  'figures.verdict.reasons[].days': ROW,
  'figures.overdue': STATUS,
  'figures.overdueCount': ROW,
  'figures.oldestOverdueDays': ROW,
  'figures.open': BAND,
  'figures.openCount': ROW,
  'figures.collected': BAND,
  'figures.invoicedNet': BAND,
  'figures.unusedCredits': BAND,
  'figures.unusedRetainers': ['exact', 'status', 'absent'], // nothing: a band of nothing is told as "none"
  'figures.netExposure': BAND,
  'figures.writtenOff': ['exact', 'status', 'absent'],
  'figures.lastPayment.level': ROW,
  'figures.lastPayment.date': ROW,
  'figures.lastPayment.ageDays': ROW,
  'figures.lastPayment.amount': BAND,
  'figures.ageing[].bucket': ROW,
  'figures.ageing[].count': ROW,
  'figures.ageing[].figure': ['exact', 'status', 'absent'],
  'figures.paymentSpeed.lastTwelveMonths.daysToPay': ROW,
  'figures.paymentSpeed.lastTwelveMonths.daysLate': ROW,
  'figures.paymentSpeed.lastTwelveMonths.daysLateEarlyAsZero': ROW,
  'figures.paymentSpeed.lastTwelveMonths.daysLateIncludingUnpaid': ROW,
  'figures.paymentSpeed.lastTwelveMonths.paidInvoices': ROW,
  'figures.paymentSpeed.allTime.daysToPay': ROW,
  'figures.paymentSpeed.allTime.daysLate': ROW,
  'figures.paymentSpeed.allTime.daysLateEarlyAsZero': ROW,
  'figures.paymentSpeed.allTime.daysLateIncludingUnpaid': ROW,
  'figures.paymentSpeed.allTime.paidInvoices': ROW,
  'figures.paymentSpeed.enoughHistory': ROW,
  'figures.paymentSpeed.unsplitPayments': ROW,
  'figures.reconciliation.level': ROW,
  // how the figures are reckoned, which is no secret to whoever sees one
  'definitions.lifetimeValue': PLAIN,
  'definitions.grade.overdueSomeDays': PLAIN,
  'definitions.grade.overdueLongDays': PLAIN,
  'definitions.grade.lateDays': PLAIN,
  'definitions.grade.approvalDaysLate': PLAIN,
  'ladder.stage': PLAIN,
  'ladder.basis': PLAIN,
  'ladder.dealAmount': BAND,
  'ladder.quoted': BAND,
  'ladder.invoiced': BAND,
  'ladder.collected': BAND,
  // both amounts lie in one range, so none can be told of what is between them
  'ladder.leftToInvoice': ['exact', 'absent', 'absent'],
  'ladder.leftToInvoice.level': ['absent', 'plain', 'absent'],
  'ladder.leftToInvoice.reason': ['absent', 'plain', 'absent'],
  'ladder.overInvoiced': ['plain', 'absent', 'absent'],
  'documents.total': PLAIN,
  'documents.page': PLAIN,
  'documents.pageSize': PLAIN,
  'documents.types[]': ROW,
  'documents.rows[].type': ROW,
  'documents.rows[].id': ROW,
  'documents.rows[].number': ROW,
  'documents.rows[].date': ROW,
  'documents.rows[].dueDate': ROW,
  'documents.rows[].daysOverdue': ROW,
  'documents.rows[].status': ROW,
  'documents.rows[].dealId': ROW,
  'documents.rows[].total': BAND,
  'documents.rows[].balance': STATUS,
  'freshness.state': PLAIN,
  'freshness.knownGoodAt': PLAIN,
};

/** Each member of an answer by its place, and how it is seen. Several members of a list must be seen alike. */
export function shownAt(answer: unknown): ReadonlyMap<string, Shown> {
  const found = new Map<string, Shown>();
  walk(answer, '', found);
  return found;
}

function walk(value: unknown, at: string, found: Map<string, Shown>): void {
  if (Array.isArray(value)) {
    for (const member of value) walk(member, `${at}[]`, found);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    found.set(at, 'plain');
    return;
  }
  found.delete(at);
  const level = amountLevel(value);
  if (level) {
    // In a list the most telling one counts: nothing at all is only ever told as "none".
    const order: readonly (Shown | undefined)[] = ['status', 'band', 'exact'];
    if (order.indexOf(level) >= order.indexOf(found.get(at))) found.set(at, level);
    return;
  }
  for (const [name, member] of Object.entries(value)) walk(member, at === '' ? name : `${at}.${name}`, found);
}

/** An amount says its level and nothing but what belongs to it. */
function amountLevel(value: object): 'exact' | 'band' | 'status' | null {
  const keys = Object.keys(value)
    .filter((key) => key !== 'caveats' && key !== 'byCurrency')
    .sort()
    .join();
  if (keys === 'level,money') return 'exact';
  if (keys === 'band,level') return 'band';
  return keys === 'level,status' ? 'status' : null;
}
