import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Organisation } from '../sandbox/organisation.ts';
import type { Ask } from './asks.ts';
import type { BooksPlan, DocumentPlan } from './books-plan.ts';
import type { Round } from './rounds.ts';

/** A way in which a server could tell what it must not, as somebody might build it by mistake. */
export const PLANTS = ['body', 'header', 'etag', 'status', 'order', 'count', 'error text', 'log'] as const;
export type Plant = (typeof PLANTS)[number];

/** Between an amount of the plan and its twin. */
const LINE = 5_005;

/** Built into the running server; does nothing until a leak is chosen. */
export function createPlants() {
  let planted: Plant | null = null;
  return {
    choose: (plant: Plant | null): void => {
      planted = plant;
    },
    plantIn(app: FastifyInstance, organisation: () => Organisation): void {
      app.addHook('onSend', async (request, reply, payload) => {
        if (planted === null || typeof payload !== 'string') return payload;
        const { invoices } = organisation().books;
        const [owed = 0] = invoices.map(({ balance }) => Number(balance));
        const many = invoices.filter(({ balance }) => Number(balance) > LINE).length;
        const answer = JSON.parse(payload) as { rows?: { id: string }[]; total?: number; title?: string };
        const totalOf = (id: string): number =>
          Number(invoices.find(({ invoice_id }) => invoice_id === id)?.total ?? 0);
        switch (planted) {
          case 'body':
            return JSON.stringify({ ...answer, owed });
          case 'header':
            reply.header('x-owed', String(owed));
            return payload;
          case 'etag':
            reply.header('etag', `"${createHash('sha256').update(String(owed)).digest('hex')}"`);
            return payload;
          case 'status':
            if (many % 2 === 0) reply.code(203);
            return payload;
          case 'order':
            answer.rows?.sort((a, b) => totalOf(a.id) - totalOf(b.id));
            return JSON.stringify(answer);
          case 'count':
            if (answer.total !== undefined) answer.total = 90 + many;
            return JSON.stringify(answer);
          case 'error text':
            return JSON.stringify(answer.title ? { ...answer, title: `${answer.title}: ${owed}` } : answer);
          case 'log':
            request.log.info({ owed }, 'answered');
            return payload;
        }
      });
    },
  };
}

const invoice = (key: number, cents: number): DocumentPlan => ({
  key,
  type: 'invoice',
  cents,
  tax: 0,
  age: 40,
  term: 14,
  state: 1,
  deal: 'none',
  paidAfter: 1,
  inTwo: false,
});

const plan = (first: number, second: number): BooksPlan => ({
  documents: [invoice(1, first), invoice(2, second), invoice(3, 300_000)],
  creditLimit: 0,
  dealCents: { fitOut: 500_000, secret: 500_000 },
  strangers: [],
  birch: { name: 'Birch & Co', cents: 30_000 },
});

/** Two states that sales cannot tell apart: the larger of two invoices is the other one, by a few dollars. */
export const PLANTED_ROUND: Round = {
  number: 0,
  name: 'two invoices that change places',
  who: 'rep',
  rule: { template: 'sales', levels: {} },
  plan: plan(500_000, 501_000),
  twin: plan(501_000, 500_600),
  mayDiffer: false,
};

const account = '/api/v1/records/Accounts/3652397000000400001';
export const PLANTED_ASKS: readonly Ask[] = [
  { method: 'GET', path: `${account}/customer-360` },
  { method: 'GET', path: `${account}/documents` },
  { method: 'GET', path: `${account}/documents?sort=balance` },
];
