import type { Family } from './http/prometheus-text.ts';
import type { LedgerHealth } from './ledger/progress.ts';
import type { GovernorUsage } from './zoho/governor-usage.ts';
import { PRIORITIES } from './zoho/priority.ts';

/** How the call budgets stand, of all organisations together: of what is left, the least. */
export function budgetGauges(usages: readonly GovernorUsage[]): readonly Family[] {
  const least = (left: (usage: GovernorUsage) => number) => Math.min(...usages.map(left));
  const sum = (count: (usage: GovernorUsage) => number) =>
    usages.reduce((total, usage) => total + count(usage), 0);
  return [
    {
      name: 'books_calls_left',
      help: 'Calls to Books that may still be made, of the organisation that has the fewest.',
      type: 'gauge',
      samples:
        usages.length === 0
          ? []
          : [
              { labels: { window: 'minute' }, value: least(({ minute }) => minute.left) },
              { labels: { window: 'day' }, value: least(({ day }) => day.left) },
            ],
    },
    {
      name: 'books_calls_today',
      help: "Calls made to Books in its organisations' today, by all servers, by what they were for.",
      type: 'gauge',
      samples: PRIORITIES.map((purpose) => ({
        labels: { purpose },
        value: sum(({ day }) => day.byPurpose[purpose] ?? 0),
      })),
    },
    {
      name: 'books_calls_waiting',
      help: 'Calls to Books that stand in line at this server.',
      type: 'gauge',
      samples: PRIORITIES.map((purpose) => ({
        labels: { purpose },
        value: sum(({ waiting }) => waiting[purpose]),
      })),
    },
    {
      name: 'books_calls_refused_today',
      help: 'Calls to Books that were not made today because the wait would have been too long.',
      type: 'gauge',
      samples: [{ value: sum(({ refused }) => refused) }],
    },
    {
      name: 'books_limit_answers_today',
      help: "Books' own limit answers of today, by code.",
      type: 'gauge',
      samples: [...new Set(usages.flatMap(({ limitAnswers }) => Object.keys(limitAnswers)))].map((code) => ({
        labels: { code },
        value: sum(({ limitAnswers }) => limitAnswers[code] ?? 0),
      })),
    },
    {
      name: 'books_organisations_shut',
      help: 'Organisations whose Books may not be called for a while.',
      type: 'gauge',
      samples: [{ value: usages.filter(({ shutUntil }) => shutUntil !== null).length }],
    },
  ];
}

/** How complete and how current the local copies are, of all organisations together. */
export function ledgerGauges(healths: readonly LedgerHealth[], now: Date): readonly Family[] {
  const gauge = (name: string, help: string, value: number): Family => ({
    name,
    help,
    type: 'gauge',
    samples: [{ value }],
  });
  const sum = (count: (health: LedgerHealth) => number) =>
    healths.reduce((total, health) => total + count(health), 0);
  const behind = healths.flatMap(({ followedTo }) =>
    followedTo ? [Math.max(0, (now.getTime() - followedTo.getTime()) / 1_000)] : [],
  );
  return [
    gauge(
      'ledger_customers',
      'Customers that are known.',
      sum(({ customers }) => customers),
    ),
    gauge(
      'ledger_customers_filled',
      'Customers whose documents are here.',
      sum(({ filled }) => filled),
    ),
    gauge(
      'ledger_customers_wanted',
      'Customers whose change is known and not read yet.',
      sum(({ wanted }) => wanted),
    ),
    gauge(
      'ledger_customers_differing',
      "Customers whose documents did not come to Books' own sums.",
      sum(({ differing }) => differing),
    ),
    gauge(
      'ledger_documents',
      'Documents that are here.',
      sum(({ documents }) => documents),
    ),
    gauge(
      'ledger_backfills_under_way',
      'Organisations that are not here completely.',
      healths.filter(({ backfill }) => backfill.state !== 'done').length,
    ),
    {
      name: 'ledger_seconds_behind',
      help: 'Age of the oldest instant up to which changes are followed.',
      type: 'gauge',
      samples: behind.length === 0 ? [] : [{ value: Math.round(Math.max(...behind)) }],
    },
  ];
}
