import { defineConfig } from 'vitest/config'

const chain = 'test/**/*.chain.test.ts'
/** Files that say how soon something has to happen. */
const timed = ['acceptance/failures', 'audit/*', 'cli/**/*', 'faults/*', 'hydration/*', 'web/*'].map(
  (name) => `test/${name}.chain.test.ts`,
)

/**
 * Files that need a process of their own: long calculations, which slow down where other tests have run the same code with other shapes of data,
 * and what replaces a module.
 */
const alone = ['test/engine/margin/**/*.test.ts', 'test/engine/resolve/fuzz.test.ts', 'test/scripts/backtest.test.ts']

export default defineConfig({
  test: {
    setupFiles: ['test/seedProperties.ts'],
    testTimeout: 30_000,
    hookTimeout: 300_000,
    // Started in the order of their names.
    projects: [
      // They also run beside others, with what time those leave.
      { extends: true, test: { name: 'alone', include: alone, testTimeout: 600_000 } },
      // One process after another loads the same modules once for all files it runs.
      {
        extends: true,
        test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: [chain, ...alone], isolate: false },
      },
      // These share two cores with the processes they start, for which they wait half of the time: two files at once.
      {
        extends: true,
        test: {
          name: 'chain',
          include: [chain],
          exclude: timed,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'timed', include: timed, isolate: false, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
