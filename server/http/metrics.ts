import type { CallRecord } from '../zoho/transport.ts';
import { type Family, prometheusText } from './prometheus-text.ts';

/** Upper bounds in seconds. A warm panel takes a few milliseconds, a first view waits for Books. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Served {
  readonly method: string;
  /** As declared, with `:names`: ids never become labels. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

interface Durations {
  readonly labels: Readonly<Record<string, string>>;
  /** How many took no longer than the bound at the same place. */
  readonly within: number[];
  sum: number;
  count: number;
}

/** What a server measures of itself, for `/metrics`: no name, no id, no amount. */
export interface Metrics {
  called(call: CallRecord): void;
  served(request: Served): void;
  /** Prometheus text format. */
  text(): Promise<string>;
}

/** @param gauges what only has to be looked up when somebody asks */
export function createMetrics({ gauges }: { gauges: () => Promise<readonly Family[]> }): Metrics {
  const calls = new Map<string, { labels: Readonly<Record<string, string>>; count: number }>();
  const durations = new Map<string, Durations>();

  const histogram = ({ labels, within, sum, count }: Durations): Family['samples'] => [
    ...BUCKETS.map((bound, at) => ({
      suffix: '_bucket',
      labels: { ...labels, le: String(bound) },
      value: within[at] ?? 0,
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
    { suffix: '_sum', labels, value: sum },
    { suffix: '_count', labels, value: count },
  ];

  return {
    called(call) {
      const { service, path, purpose } = call;
      const labels = { service, path, outcome: outcomeOf(call), ...(purpose === null ? {} : { purpose }) };
      const key = Object.values(labels).join(' ');
      const before = calls.get(key);
      if (before) before.count += 1;
      else calls.set(key, { labels, count: 1 });
    },

    served({ method, route, status, seconds }) {
      const key = `${method} ${route} ${status}`;
      const measured = durations.get(key) ?? {
        labels: { method, route, status: String(status) },
        within: BUCKETS.map(() => 0),
        sum: 0,
        count: 0,
      };
      durations.set(key, measured);
      measured.sum += seconds;
      measured.count += 1;
      for (const [at, bound] of BUCKETS.entries())
        if (seconds <= bound) measured.within[at] = (measured.within[at] ?? 0) + 1;
    },

    async text() {
      return prometheusText([
        {
          name: 'zoho_calls_total',
          help: 'Calls made to Zoho by service, path, outcome and what they were for.',
          type: 'counter',
          samples: [...calls.values()].map(({ labels, count }) => ({ labels, value: count })),
        },
        {
          name: 'request_seconds',
          help: 'How long requests took, by route and status.',
          type: 'histogram',
          samples: [...durations.values()].flatMap(histogram),
        },
        ...(await gauges()),
      ]);
    },
  };
}

function outcomeOf({ status, failure }: CallRecord): 'ok' | 'limited' | 'refused' | 'failed' {
  if (status === null || failure !== null || status >= 500) return 'failed';
  if (status === 429) return 'limited';
  return status < 400 ? 'ok' : 'refused';
}
