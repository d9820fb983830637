import { defineConfig } from 'vitest/config';

const everywhere = [
  'server/**/*.test.ts',
  'widgets/**/*.test.{ts,tsx}',
  'app/**/*.test.ts',
  'tests/**/*.test.{ts,tsx}',
];
const inBrowser = ['tests/journeys/**/*.test.ts', 'tests/**/*.browser.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: everywhere,
          exclude: ['node_modules/**', ...inBrowser],
          // all cores: otherwise one is left idle, which on two of them is half
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: inBrowser,
          // one Chromium at a time: journeys share two cores with the server they drive
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
