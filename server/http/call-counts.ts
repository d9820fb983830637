import type { CallRecord } from '../zoho/transport.ts';

/** Counts calls to Zoho by service, path and status, for `/metrics`. Paths carry no ids. */
export function createCallCounts() {
  const counts = new Map<string, number>();
  return {
    count({ service, path, status, failure }: CallRecord): void {
      const labels = `service="${service}",path="${path}",status="${status ?? failure ?? 'none'}"`;
      counts.set(labels, (counts.get(labels) ?? 0) + 1);
    },
    /** Prometheus text format. */
    text(): string {
      const lines = [...counts].map(([labels, count]) => `customer360_zoho_calls_total{${labels}} ${count}`);
      return [
        '# HELP customer360_zoho_calls_total Calls made to Zoho.',
        '# TYPE customer360_zoho_calls_total counter',
        ...lines,
        '',
      ].join('\n');
    },
  };
}
