import { defineConfig } from 'vitest/config'

const shared = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
}

/** It writes the pictures of docs/edits.md and tests nothing, so only `npm run docs:edits` runs it. */
const WRITERS = process.env['CUTROOM_DOCS'] === 'write' ? [] : ['test/docs/pictures.test.ts']

/** Folders whose tests need no server, only ffmpeg or nothing: they start at once. */
const MEDIA = ['corpus', 'docs', 'edit', 'field', 'media', 'plan', 'render']

export default defineConfig({
  test: {
    reporters: ['default', './test/support/vitest/totals-reporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'media',
          include: MEDIA.map((folder) => `test/${folder}/**/*.test.ts`),
          exclude: WRITERS,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'parts',
          globalSetup: ['test/support/vitest/global-setup.ts'],
          include: ['test/**/*.test.ts'],
          exclude: [...['attack', 'e2e', 'faults', ...MEDIA].map((folder) => `test/${folder}/**`)],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // An encode takes the whole machine, so the files run one after another.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          // They mostly wait until a timeout has noticed a fault.
          maxWorkers: 3,
          testTimeout: 600_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...shared,
          name: 'attack',
          include: ['test/attack/**/*.test.ts'],
          // Alone on the machine, because it watches how long answers take.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
