import { defineConfig } from 'vitest/config';

const besideCode = ['server/**/*.test.ts', 'widgets/**/*.test.{ts,tsx}', 'app/**/*.test.ts'];
const inBrowser = ['tests/journeys/**/*.test.ts', 'tests/**/*.browser.test.ts'];

// All cores: otherwise one is left idle, which on two of them is half.
const maxWorkers = '100%';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: besideCode,
          // Small and without state of their own: what they import is read once, not once for each file.
          isolate: false,
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'flows',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['node_modules/**', ...inBrowser],
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: inBrowser,
          // They wait more than they work; each drives a server and a Chromium of its own.
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
