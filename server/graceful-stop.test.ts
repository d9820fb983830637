import Fastify from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import { createStop } from './graceful-stop.ts';

const opened: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

/** A server on which one question waits until it is let go. */
async function serving(withinMs: number) {
  const app = Fastify({ forceCloseConnections: true });
  opened.push(app);
  const asked = vi.fn();
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  app.get('/', async () => {
    asked();
    await held;
    return 'answered';
  });
  const codes: number[] = [];
  const warned: string[] = [];
  const heard = (_: unknown, message?: string): void => void warned.push(message ?? '');
  const stopping = new AbortController();
  const stop = createStop({
    app,
    logger: { info: () => undefined, warn: heard, error: heard },
    stopping,
    noticeMs: 0,
    withinMs,
    closeDatabase: async () => undefined,
    exit: (code) => codes.push(code),
  });
  const address = await app.listen({ port: 0 });
  const answer = fetch(address).then(
    (answered) => answered.text(),
    () => 'cut off',
  );
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  return { stop, stopping, codes, warned, answer, letGo };
}

test('what is under way is answered before the end', async () => {
  const { stop, stopping, codes, warned, answer, letGo } = await serving(20_000);
  stop('SIGTERM');
  expect(stopping.signal.aborted).toBe(true);
  letGo();
  expect(await answer).toBe('answered');
  await vi.waitFor(() => expect(codes).toEqual([0]));
  expect(warned).toEqual([]);
});

test('what takes longer than it may is cut off, and the end is in order', async () => {
  const { stop, codes, warned, answer, letGo } = await serving(50);
  stop('SIGTERM');
  expect(await answer).toBe('cut off');
  await vi.waitFor(() => expect(codes).toEqual([0]));
  expect(warned).toEqual(['cut off what was not answered in time']);
  letGo();
});

test('a second signal ends the process at once; the echo of the first does not', async () => {
  const now = vi.spyOn(Date, 'now');
  const { stop, codes, warned, answer, letGo } = await serving(20_000);
  now.mockReturnValue(1_000_000);
  stop('SIGINT');
  stop('SIGINT');
  expect(codes).toEqual([]);
  now.mockReturnValue(1_002_000);
  stop('SIGINT');
  expect(codes).toEqual([1]);
  expect(warned).toEqual(['stopped at once']);
  now.mockRestore();
  letGo();
  expect(await answer).toBe('answered');
});
