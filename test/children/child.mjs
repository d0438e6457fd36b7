// A child with tasks that a test can see through. The product's own is src/child.ts.
import { getPriority } from 'node:os'
import { toOutcome } from '#built/src/children/outcome.js'
import { serveTasks } from '#built/src/children/serve-tasks.js'
import { AppError } from '#built/src/errors.js'

/** @type {unknown[]} */
const kept = []

serveTasks({
  /** @param {number} input */
  double: (input) => toOutcome(() => ({ doubled: 2 * input })),

  /** @param {unknown} input */
  echo: (input) => toOutcome(() => input),

  /** @param {number} input */
  refuse: (input) =>
    toOutcome(() => {
      const message = `no ${input}`
      throw new AppError('edit-unrenderable', message, { issues: [{ pointer: '/a', message }] })
    }),

  fail: () =>
    toOutcome(() => {
      throw new TypeError('a mistake')
    }),

  neverEnd: () => {
    for (;;);
  },

  priority: () => toOutcome(() => getPriority()),
  pid: () => toOutcome(() => process.pid),
  variables: () => toOutcome(() => process.env),

  // One list that doubles: V8 meets its limit between two checks.
  eatAtOnce: () =>
    toOutcome(() => {
      for (let length = 1 << 20; ; length *= 2) kept.push(new Array(length).fill(1.5))
    }),

  // Small objects, with pauses: V8 sees the limit come.
  eatSlowly: () =>
    toOutcome(async () => {
      for (;;) {
        for (let count = 0; count < 100_000; count += 1) kept.push({ count })
        await new Promise(setImmediate)
      }
    }),

  // Outside of the heap, which only the system bounds.
  eatBuffers: () =>
    toOutcome(() => {
      for (;;) kept.push(Buffer.alloc(16 << 20, 1))
    }),

  /** @param {string} signal */
  end: (signal) => toOutcome(() => process.kill(process.pid, signal)),
})
