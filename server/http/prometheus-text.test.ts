import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import { prometheusText } from './prometheus-text.ts';

test('every metric has its help and its type once, and nothing can break out of a label', () => {
  const samples = [{ labels: { path: 'a"b\\c\nd' }, value: 2 }, { value: 0.5 }];
  expect(prometheusText([{ name: 'x', help: 'A\nb \\ "c"', type: 'gauge', samples }])).toBe(
    [
      '# HELP customer360_x A\\nb \\\\ "c"',
      '# TYPE customer360_x gauge',
      'customer360_x{path="a\\"b\\\\c\\nd"} 2',
      'customer360_x 0.5',
      '',
    ].join('\n'),
  );
});

test('calls are counted by what they were for and how they ended, requests by how long they took', async () => {
  const metrics = createMetrics({ gauges: async () => [] });
  const call = { service: 'books', method: 'GET', durationMs: 1, requestId: 'r' } as const;
  const invoices = { ...call, path: '/books/v3/invoices', purpose: 'interactive' };
  metrics.called({ ...invoices, status: 200, failure: null });
  metrics.called({ ...invoices, status: 200, failure: null });
  metrics.called({ ...invoices, status: 429, failure: null });
  metrics.called({ ...invoices, status: null, failure: 'timeout' });
  metrics.called({ ...invoices, status: 200, failure: 'not_json' });
  metrics.called({
    ...call,
    service: 'crm',
    path: '/crm/v8/users',
    purpose: null,
    status: 401,
    failure: null,
  });
  metrics.served({ method: 'GET', route: '/api/v1/x/:id', status: 200, seconds: 0.02 });
  metrics.served({ method: 'GET', route: '/api/v1/x/:id', status: 200, seconds: 7 });
  const text = await metrics.text();
  const of = (path: string, outcome: string) =>
    `customer360_zoho_calls_total{service="books",path="${path}",outcome="${outcome}",purpose="interactive"}`;
  expect(text).toContain(`${of('/books/v3/invoices', 'ok')} 2\n`);
  expect(text).toContain(`${of('/books/v3/invoices', 'limited')} 1\n`);
  expect(text).toContain(`${of('/books/v3/invoices', 'failed')} 2\n`);
  expect(text).toContain('{service="crm",path="/crm/v8/users",outcome="refused"} 1\n');
  const served = 'customer360_request_seconds';
  const labels = 'method="GET",route="/api/v1/x/:id",status="200"';
  expect(text).toContain(`${served}_bucket{${labels},le="0.01"} 0\n`);
  expect(text).toContain(`${served}_bucket{${labels},le="0.025"} 1\n`);
  expect(text).toContain(`${served}_bucket{${labels},le="+Inf"} 2\n`);
  expect(text).toContain(`${served}_sum{${labels}} 7.02\n`);
  expect(text).toContain(`${served}_count{${labels}} 2\n`);
});
