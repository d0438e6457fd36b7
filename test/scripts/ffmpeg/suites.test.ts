import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PART, SUITES } from '../../../scripts/ffmpeg/suites.mjs'

/** vitest passes over a name that no test has. */
test.each([...PART, ...SUITES.map((suite) => `test/${suite}`)])('%s is there', (path) => {
  expect(existsSync(path)).toBe(true)
})

test('the part is of the suites', () => {
  const suites = new Set(PART.map((path) => path.split('/')[1]))
  expect([...suites].sort()).toEqual([...SUITES].sort())
})
