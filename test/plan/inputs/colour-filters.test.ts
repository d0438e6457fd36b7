import { describe, expect, test } from 'vitest'
import { colourFilters } from '../../../src/plan/inputs/colour-filters.js'
import { standardForm } from '../../../src/plan/inputs/picture-form.js'
import type { VideoFacts } from '../../../src/plan/model/facts.js'
import { videoFacts } from '../../support/plan-facts.js'

function filtersOf(fields: Partial<VideoFacts>): string[] {
  const video = videoFacts(fields)
  return colourFilters(video, standardForm(video)).map(([name]) => name)
}

describe('a picture of standard range and primaries gets one filter, for its size', () => {
  test.each<[string, Partial<VideoFacts>]>([
    ['BT.709', {}],
    ['untagged', { colorSpace: null, colorPrimaries: null, colorTransfer: null, colorRange: null }],
    ['SD', { width: 640, height: 360, colorSpace: 'smpte170m', colorPrimaries: 'smpte170m' }],
    ['PAL', { width: 720, height: 576, colorSpace: 'bt470bg', colorPrimaries: 'bt470bg' }],
  ])('%s', (_, fields) => {
    const video = videoFacts(fields)
    const { width: w, height: h } = video
    expect(colourFilters(video, standardForm(video))).toEqual([['scale', { w, h }]])
  })
})

test('others are converted once, in RGB', () => {
  const wanted = ['zscale', 'format', 'lut3d', 'zscale', 'format', 'scale']
  expect(filtersOf({ colorPrimaries: 'smpte432' })).toEqual(wanted)
  expect(filtersOf({ colorSpace: 'ycgco' })).toEqual(wanted.filter((name) => name !== 'lut3d'))
})

test('odd sides are made even for colours in halves, on their way in or out', () => {
  const odd = { width: 101, height: 51, codedWidth: 101, codedHeight: 51, colorPrimaries: 'smpte432' }
  expect(filtersOf(odd).slice(0, 2)).toEqual(['scale', 'zscale'])
  expect(filtersOf({ ...odd, pixelFormat: 'gbrp' }).slice(0, 2)).toEqual(['format', 'zscale'])
})

test('linear light gets its curve before the table, and no table for that alone', () => {
  expect(filtersOf({ colorTransfer: 'linear' })).not.toContain('lut3d')
  const video = videoFacts({ colorTransfer: 'linear', colorPrimaries: 'bt2020' })
  const [, , table] = colourFilters(video, standardForm(video))
  expect(table?.[2]?.from).toEqual({ primaries: 'bt2020', transfer: 'iec61966-2-1' })
})
