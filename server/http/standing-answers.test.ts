import Fastify, { type FastifyInstance } from 'fastify';
import lightMyRequest from 'light-my-request';
import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../contract/problem.ts';
import type { Caller } from '../identity/caller.ts';
import type { ServedRequest } from './app.ts';
import { createAddressOf } from './limits.ts';
import { createStandingAnswers } from './standing-answers.ts';

const PATH = '/records/Accounts/554023000000527001';
const NOW = new Date('2026-11-10T09:00:00.000Z');
const asker = { installId: 'install', crmUserId: '7' };

let app: FastifyInstance;
let moment: number;
let stopping: AbortController;
const again = vi.fn(() => true);
const note = vi.fn(async () => ({ again }));
const address = vi.fn((_ip: string): Problem | null => null);
const person = vi.fn((): Problem | null => null);
const served = vi.fn();
/** Requests that went the usual way. */
const onwards = vi.fn();
let ask: (headers?: Record<string, string>) => Promise<string>;

beforeEach(async () => {
  vi.clearAllMocks();
  moment = 1;
  stopping = new AbortController();
  const standing = createStandingAnswers({
    moments: async () => moment,
    clock: () => NOW,
    counting: { address, asker: person },
    addressOf: createAddressOf(['10.0.0.0/8']),
    atOnce: 2,
    audit: { note },
    metrics: { served },
    log: { isOn: false, answered: () => undefined },
    stopping: stopping.signal,
  });
  app = Fastify();
  app.decorateRequest('caller', null);
  app.decorateRequest('asker', null);
  app.decorateRequest('served', null);
  app.decorateRequest('policyVersion', null);
  app.decorateRequest('previewedAs', null);
  app.decorateRequest('refusedWith', null);
  standing.keepFrom(app);
  app.get('/records/:module/:recordId', { config: { audit: 'record.read' } }, async (request) => {
    // safe because only these parts of both are looked at
    request.caller = { install: { id: 'install' }, crmUserId: '7' } as Caller;
    request.served = { requestId: 'r', zohoCalls: 0, moment } as ServedRequest;
    request.asker = asker;
    request.standsUntil = NOW.getTime() + 60_000;
    return { read: onwards.mock.calls.length };
  });
  await app.ready();
  const before = standing.before((request, response) => {
    onwards();
    app.routing(request, response);
  });
  ask = async (headers) => {
    const answer = await lightMyRequest(before, {
      url: PATH,
      headers: { authorization: 'Bearer a', ...headers },
      remoteAddress: '10.0.0.9',
    });
    return answer.body;
  };
  expect(await ask()).toBe('{"read":1}');
});

test('what stands is sent once more, noted at first and then counted in that note', async () => {
  expect([await ask(), await ask()]).toEqual(['{"read":1}', '{"read":1}']);
  expect(onwards).toHaveBeenCalledTimes(1);
  expect(note).toHaveBeenCalledTimes(1);
  expect(note).toHaveBeenCalledWith('install', expect.objectContaining({ action: 'record.read', who: '7' }));
  expect(again).toHaveBeenCalledTimes(1);
  again.mockReturnValueOnce(false); // it is being written
  await ask();
  expect(note).toHaveBeenCalledTimes(2);
  expect(served.mock.calls.map(([one]) => one.route)).toEqual(Array(3).fill('/records/:module/:recordId'));
});

test('is counted for the address it comes from, behind a proxy that is trusted as well', async () => {
  await ask();
  await ask({ 'x-forwarded-for': '192.0.2.7' });
  expect(address.mock.calls).toEqual([['10.0.0.9'], ['192.0.2.7']]);
});

test.each([
  ['something was committed', () => void moment++],
  ['the address asked too much', () => void address.mockReturnValueOnce(new Problem('request.too_many'))],
  ['the person asked too much', () => void person.mockReturnValueOnce(new Problem('request.too_many'))],
  ['the look cannot be written down', () => void note.mockRejectedValueOnce(new Error('no database'))],
  ['the server is about to stop', () => stopping.abort()],
])('goes the usual way when %s', async (_why, happen) => {
  happen();
  expect(await ask()).toBe('{"read":2}');
});

test('a round in which one cannot be answered answers the others, and no more wait than may', async () => {
  served.mockImplementationOnce(() => {
    throw new Error('not measured');
  });
  const answers = await Promise.allSettled([ask(), ask(), ask()]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  await ask(); // and the next round as well
  expect(onwards).toHaveBeenCalledTimes(2);
});
