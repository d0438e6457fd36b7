import { expect, test } from 'vitest'
import { createKeyFrameList } from '../../../src/media/packets/key-frame-list.js'

test('keeps the first three, and chooses others evenly', () => {
  const list = createKeyFrameList()
  for (let sec = 0; sec < 100; sec += 1) list.add(sec, sec % 2 === 0)
  list.add(null, true)
  expect(list.first()).toEqual([0, 2, 4])
  expect(list.spread(10)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
  expect(list.spread(100)).toHaveLength(50)
})

test('a very long film does not fill the memory, and its end is known', () => {
  const list = createKeyFrameList()
  for (let sec = 0; sec < 20_000; sec += 1) list.add(sec, true)
  expect(list.spread(1e6).length).toBeLessThan(4200)
  expect(list.spread(1e6).at(-1)).toBeGreaterThan(19_980)
})
