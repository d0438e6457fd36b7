import { expect, test } from 'vitest'
import { firstSample } from '../../../src/media/mp4/key-frame.js'

function box(type: string, ...contents: Buffer[]): Buffer {
  const inside = Buffer.concat(contents)
  const header = Buffer.alloc(8)
  header.writeUInt32BE(8 + inside.length)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, inside])
}

const words = (...values: number[]) =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    }),
  )

const segment = (tfhd: Buffer, trun: Buffer) =>
  Buffer.concat([
    box('styp', words(0)),
    box('moof', box('mfhd', words(0, 1)), box('traf', box('tfhd', tfhd), box('trun', trun))),
  ])

test.each([
  [
    'sizes of its own, after first flags and durations',
    words(0x20000, 1),
    words(0x305, 2, 200, 0, 512, 77, 512, 5),
    77,
  ],
  ['sizes alone', words(0x20000, 1), words(0x201, 1, 200, 33), 33],
  ['the default size', words(0x20010, 1, 44), words(0x1, 1, 200), 44],
  ['the default size behind other defaults', words(0x2001a, 1, 1, 512, 45), words(0x1, 1, 200), 45],
])('the first picture is found with %s', (_, tfhd, trun, size) => {
  expect(firstSample(segment(tfhd, trun))).toEqual({ offset: 12, length: 200 + size })
})

test.each([
  ['no size', segment(words(0x20000, 1), words(0x1, 1, 200))],
  ['no place', segment(words(0x20010, 1, 44), words(0x200, 1, 33))],
  ['no index', box('styp', words(0))],
  ['nothing', Buffer.alloc(0)],
])('no picture is found with %s', (_, bytes) => {
  expect(firstSample(bytes)).toBeNull()
})
