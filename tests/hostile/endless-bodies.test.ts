/** Number 37 of the list of hostile tests, on a real socket: bodies that do not end, or hardly begin. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, SERVER, type World } from './world.ts';

const MEGABYTE = 1_048_576;

let world: World;
let port: number;
/** What the server has read from all sockets. */
let received: () => number;
beforeAll(async () => {
  world = await openWorld();
  const { server } = world.app;
  // Whoever runs the server waits 30 seconds for a request; here it is looked after at once.
  Object.assign(server, { connectionsCheckingInterval: 20 });
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  received = () => sockets.reduce((bytes, { bytesRead }) => bytes + bytesRead, 0);
  port = Number(new URL(await world.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => world.close());

const HEAD = `POST /auth/start HTTP/1.1\r\nHost: localhost\r\nOrigin: ${SERVER}\r\nContent-Type: application/json\r\n`;

/** Sends the head and then parts until all are gone or the server has had enough; answers what it said. */
async function send(head: string, parts: Iterable<string> = []): Promise<{ status: number; answer: string }> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  let over = false;
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.on('error', () => undefined); // the server hangs up on what it will not read: that is what is tested
    socket.on('close', () => {
      over = true;
      resolve();
    });
  });
  socket.write(`${HEAD}${head}\r\n`);
  for (const part of parts) {
    if (over) break;
    if (!socket.write(part))
      await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
  await ended;
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), answer };
}

function* chunks(megabytes: number): Iterable<string> {
  const part = ' '.repeat(MEGABYTE);
  for (let at = 0; at < megabytes; at += 1) yield `${part.length.toString(16)}\r\n${part}\r\n`;
  yield '0\r\n\r\n';
}

describe('a body', () => {
  test('37: of 100 MB in chunks is refused after its beginning, and the rest is never read', async () => {
    const before = received();
    const { status, answer } = await send('Transfer-Encoding: chunked\r\n', chunks(100));
    expect([status, /"code":"request.too_large"/.test(answer)]).toEqual([413, true]);
    expect(received() - before).toBeLessThan(5 * MEGABYTE); // what the machine's own buffers hold
  });

  test('37: that announces 100 MB is refused before any of it comes', async () => {
    const before = received();
    expect((await send(`Content-Length: ${100 * MEGABYTE}\r\nConnection: close\r\n`)).status).toBe(413);
    expect(received() - before).toBeLessThan(1_024);
  });

  test('37: without a length is no body, and one that announces two lengths is no request', async () => {
    expect((await send('Connection: close\r\n', ['{}'])).status).toBe(400);
    expect((await send('Content-Length: 2\r\nContent-Length: 3\r\n', ['{}'])).status).toBe(400);
    expect(
      (await send('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', ['2\r\n{}\r\n0\r\n\r\n'])).status,
    ).toBe(400);
  });

  test('37: that comes too slowly is given up', async () => {
    const { server } = world.app;
    expect(server.requestTimeout).toBe(30_000);
    Object.assign(server, { requestTimeout: 100, headersTimeout: 100 });
    const { status } = await send('Content-Length: 20\r\n', ['{']);
    Object.assign(server, { requestTimeout: 30_000 });
    expect(status).toBe(408);
  });
});
