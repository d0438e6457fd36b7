import { expect, test } from 'vitest'
import { joinSegments } from '../../../src/media/packets/join-segments.js'
import { createSegmentReader } from '../../../src/media/packets/segments.js'

interface Stretch {
  readonly fromSec: number
  readonly packets: number
  readonly packetSec: number
}

/** Reads a file whose streams have these stretches, all packets of a stretch in the order of time. */
function joined(streams: readonly (readonly Stretch[])[], canJump = true) {
  const reader = createSegmentReader(canJump)
  streams.forEach((stretches, stream) => {
    for (const { fromSec, packets, packetSec } of stretches) {
      for (let index = 0; index < packets; index += 1) {
        const pts = (fromSec + index * packetSec).toFixed(6)
        reader.add({ stream, pts, dts: pts, duration: String(packetSec), flags: 'K_' })
      }
    }
  })
  return joinSegments(reader.segments(), { index: 0, packetSec: 0.04 })
}

const film = (fromSec: number) => ({ fromSec, packets: 100, packetSec: 0.04 })
const sound = (fromSec: number) => ({ fromSec, packets: 200, packetSec: 0.02 })

test('a clock that runs on is left alone', () => {
  const extents = joined([[film(10)], [sound(10)]])
  expect(extents.get(0)).toMatchObject({ firstSec: 10, endSec: 14, count: 100, jumps: [] })
})

test.each([
  ['begins again', 0],
  ['jumps ahead', 1000],
  ['jumps far ahead', 50_000],
  ['jumps back', -300],
])('where it %s, all streams go on together', (_, fromSec) => {
  const extents = joined([
    [film(0), film(fromSec)],
    [sound(0), sound(fromSec)],
  ])
  for (const stream of [0, 1]) {
    const { firstSec = NaN, endSec = NaN, count, jumps = [] } = extents.get(stream) ?? {}
    expect(firstSec).toBe(0)
    expect(endSec).toBeCloseTo(8, 5)
    expect(count).toBe(stream === 0 ? 200 : 400)
    expect(jumps).toHaveLength(1)
    expect(jumps[0]?.shiftSec).toBeCloseTo(4 - fromSec, 5)
  }
})

test('three recordings one after another are as long as all of them', () => {
  const extents = joined([
    [film(0), film(0), film(90_000)],
    [sound(0), sound(0), sound(90_000)],
  ])
  expect(extents.get(0)?.endSec).toBeCloseTo(12, 5)
  expect(extents.get(1)?.jumps).toHaveLength(2)
})

test('a gap of one stream alone is none', () => {
  const extents = joined([[film(0)], [sound(0), sound(60)]])
  expect(extents.get(1)).toMatchObject({ jumps: [], endSec: 64 })
})

test('in a container that states lengths, a long step ahead is a frame that is shown for long', () => {
  const extents = joined([[film(0), film(60)]], false)
  expect(extents.get(0)).toMatchObject({ jumps: [], endSec: 64 })
})

test('a stream that ends early goes on with the others as long as it lasts', () => {
  const extents = joined([
    [film(0), film(0), film(0)],
    [sound(0), sound(0)],
  ])
  expect(extents.get(0)?.endSec).toBeCloseTo(12, 5)
  expect(extents.get(1)?.jumps[0]?.shiftSec).toBeCloseTo(4, 5)
})
