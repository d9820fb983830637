export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/support/mutation.vitest.config.ts' },
  // It would read this with TypeScript's former programming interface; nothing in it matters to the tests.
  tsconfigFile: 'none.json',
  coverageAnalysis: 'perTest',
  // What is worked out while a file loads would need every test for each change of it. Tables of who sees what are
  // written down a second time in tests/hostile/expected-fields.ts and tests/non-interference/rules.ts instead.
  ignoreStatic: true,
  ignorePatterns: ['dist', 'docs', 'widgets', 'app', 'tests/journeys', 'tests/gallery', 'tests/bench'],
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
};
