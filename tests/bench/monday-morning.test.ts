import { expect, test } from 'vitest';
import { mondayMorning } from './monday-morning.ts';

test('many open a panel at once: everybody has figures or is told when, and the minute at Books is kept', async () => {
  const { cold, warm } = await mondayMorning(20);
  expect(cold).toMatchObject({ reps: 20, errors: 0 });
  expect(cold.figuresAtOnce).toBeGreaterThanOrEqual(14); // 90 calls of a minute, five each
  expect(cold.figuresAtOnce + cold.toldWhen).toBe(20);
  expect(cold.toldWhen).toBeGreaterThan(0);
  expect(cold.keptWord).toBe(cold.toldWhen);
  expect(cold.mostCallsInAMinute).toBeLessThanOrEqual(90);
  expect(warm).toMatchObject({ reps: 20, errors: 0, figuresAtOnce: 20, callsWaitedFor: 0 });
  expect(warm.mostCallsInAMinute).toBeLessThanOrEqual(90);
}, 120_000);
