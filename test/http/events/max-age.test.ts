import { expect, test } from 'vitest'
import { createAge } from '../../../src/http/events/max-age.js'

test('a stream is old after an hour', () => {
  let ms = 5
  const isOld = createAge(() => ms)
  expect(isOld()).toBe(false)
  ms += 3_599_999
  expect(isOld()).toBe(false)
  ms += 1
  expect(isOld()).toBe(true)
})
