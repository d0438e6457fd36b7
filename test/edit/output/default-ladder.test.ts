import { expect, test } from 'vitest'
import { compilePlan, sized } from '../../support/plan-facts.js'

function ladderOf(width: number, height: number): string[] {
  const { passes } = compilePlan({ operations: [], output: { packaging: 'hls' } }, sized(width, height))
  return passes
    .map(({ outputNames, encodes: [encode] }) => {
      const { width: w = 0, height: h = 0 } = encode.expected.picture ?? {}
      return { name: outputNames[0], w, h }
    })
    .sort((a, b) => b.w - a.w)
    .map(({ name, w, h }) => `${name} ${w}×${h}`)
}

test.each([
  ['2160p', 3840, 2160, ['1080p 1920×1080', '720p 1280×720', '480p 854×480']],
  ['1080p', 1920, 1080, ['1080p 1920×1080', '720p 1280×720', '480p 854×480']],
  ['1080p upright', 1080, 1920, ['1080p 1080×1920', '720p 720×1280', '480p 480×854']],
  ['720p', 1280, 720, ['720p 1280×720', '480p 854×480', '360p 640×360']],
  ['360p', 640, 360, ['360p 640×360', '240p 426×240']],
  ['a picture just above a rung', 660, 372, ['360p 638×360', '240p 426×240']],
  ['a picture between rungs', 960, 540, ['edited 960×540', '480p 854×480', '360p 640×360']],
  ['a picture below all rungs', 176, 144, ['edited 176×144']],
])('of %s', (_, width, height, wanted) => {
  expect(ladderOf(width, height)).toEqual(wanted)
})

test('the rendition at the size of the picture has the cap of the rung above', () => {
  const { passes } = compilePlan({ operations: [], output: { packaging: 'dash' } }, sized(960, 540))
  const caps = passes.map(({ outputNames, encodes: [{ video }] }) => [
    outputNames[0],
    video && 'maxBitRate' in video.coding ? video.coding.maxBitRate : null,
  ])
  expect(Object.fromEntries(caps)).toEqual({ edited: 2_500_000, '480p': 1_000_000, '360p': 600_000 })
})
