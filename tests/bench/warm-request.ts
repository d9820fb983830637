import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Database } from '../../server/store/database.ts';
import { figuresOf, openWorld, type World } from '../hostile/world.ts';
import { SMALL } from '../sandbox/small-organisation.ts';

const CONNECTIONS = 16;
const ROUND_MS = 1_500;
const ROUNDS = 5;

interface WarmRequest {
  /** Requests a second, of the median round. Only the ratio is worth comparing. */
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
  /** Calls to Zoho that all these requests made. */
  readonly zohoCalls: number;
}

/**
 * A panel that is known already, asked for over and over by one person: sign-in checked, access checked, read,
 * projected, written down; beside a server of Node's own that sends the same bytes without a thought, in turns.
 */
export async function warmRequest(database?: Database): Promise<WarmRequest> {
  const plenty = { REQUESTS_PER_USER_PER_MINUTE: '100000', REQUESTS_PER_ORGANISATION_PER_MINUTE: '1000000' };
  const world = await openWorld(
    undefined,
    { ...plenty, LOG_LEVEL: 'info', BACKGROUND_READS: 'on' },
    undefined,
    database,
  );
  try {
    await world.install();
    const { accessToken: token } = await world.signIn(SMALL.users.finance);
    const path = figuresOf('Accounts', SMALL.accounts.aster);
    await world.ask('GET', path, { token });
    await untilFollowed(world);
    const { headers, body } = await world.ask('GET', path, { token });
    const bare = createServer((_request, response) => {
      response.writeHead(200, headers as Record<string, string>);
      response.end(body);
    });
    await new Promise<void>((listening) => bare.listen(0, '127.0.0.1', listening));
    await world.app.listen({ port: 0, host: '127.0.0.1' });
    const portOf = (address: unknown): number => (address as AddressInfo).port; // safe because both listen on a port
    const ask = { path, token };
    const rounds: { ours: number; bare: number }[] = [];
    world.zoho.exchanges.reset();
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({
        bare: await perSecond(portOf(bare.address()), ask),
        ours: await perSecond(portOf(world.app.server.address()), ask),
      });
    const zohoCalls = world.zoho.exchanges.list().length;
    bare.close();
    bare.closeAllConnections();
    const [ours, theirs] = [median(rounds.map((one) => one.ours)), median(rounds.map((one) => one.bare))];
    const ratio = median(rounds.map((one) => one.ours / one.bare));
    return {
      ours: Math.round(ours),
      bare: Math.round(theirs),
      ratio: Math.round(ratio * 10_000) / 10_000,
      zohoCalls,
    };
  } finally {
    await world.close();
  }
}

/** As in production a server follows the organisation, so that nothing is read again behind a view. */
async function untilFollowed({ database }: World): Promise<void> {
  for (;;) {
    const [row] = await database.query('select 1 from ledger_progress where backfill_done_at is not null');
    if (row) return;
    await sleep(200);
  }
}

/** In a thread of its own, so that asking takes nothing from answering. */
function perSecond(port: number, { path, token }: { path: string; token: string }): Promise<number> {
  const asking = new Worker(ASKING, {
    eval: true,
    workerData: { port, path, token, connections: CONNECTIONS, ms: ROUND_MS },
  });
  return new Promise((resolve, reject) => {
    asking.once('message', resolve);
    asking.once('error', reject);
  });
}

/** Plain JavaScript, because a thread has no loader for anything else. Asks again as soon as it has been answered. */
const ASKING = `
const { connect } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const { port, path, token, connections, ms } = workerData;
const question = 'GET ' + path + ' HTTP/1.1\\r\\nhost: localhost\\r\\nauthorization: Bearer ' + token + '\\r\\n\\r\\n';
let answers = 0;
const sockets = Array.from({ length: connections }, () => {
  const socket = connect(port, '127.0.0.1');
  let left = 0;
  socket.on('connect', () => socket.write(question));
  socket.on('data', (chunk) => {
    let body = chunk.length;
    if (left === 0) {
      const head = chunk.toString('latin1');
      if (!head.startsWith('HTTP/1.1 200')) throw new Error(head.slice(0, 400));
      const end = head.indexOf('\\r\\n\\r\\n') + 4;
      left = Number(/content-length: (\\d+)/i.exec(head)[1]);
      body -= end;
    }
    left -= body;
    if (left > 0) return;
    answers += 1;
    socket.write(question);
  });
  return socket;
});
setTimeout(() => {
  parentPort.postMessage((answers * 1000) / ms);
  for (const socket of sockets) socket.destroy();
}, ms);
`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
