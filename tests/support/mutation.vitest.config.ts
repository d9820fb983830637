import { defineConfig } from 'vitest/config';

/** The tests that speak of a room: examples beside the code, and what the server must survive. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  visibility: ['server/visibility/**/*.test.ts'],
  identity: [
    'server/identity/**/*.test.ts',
    'tests/hostile/{tokens,sign-in,first-sign-in,refresh,people-who-change,typed-code}.test.ts',
    'tests/hostile/{books-consent,secrets,changes,key-rotation,hooks,audit,limits}.test.ts',
    'server/http/routes/settings.test.ts',
  ],
};

export default defineConfig({
  test: {
    include: [...(TESTS[process.env.MUTATED_ROOM ?? ''] ?? Object.values(TESTS).flat())],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
