import { describe, expect, test } from 'vitest'
import { colorSpaceOf } from '../../../src/plan/inputs/color-space.js'
import { colourMap, isCodedAs, joinedSpace } from '../../../src/plan/inputs/colour-map.js'
import type { MasteringDisplay, VideoFacts } from '../../../src/plan/model/facts.js'
import { videoFacts } from '../../support/plan-facts.js'

type Tags = Partial<Pick<VideoFacts, 'colorSpace' | 'colorPrimaries' | 'colorTransfer'>>

const UNTAGGED = { colorSpace: null, colorPrimaries: null, colorTransfer: null, colorRange: null }
const SD = { width: 640, height: 360 }
const PQ = {
  colorSpace: 'bt2020nc',
  colorPrimaries: 'bt2020',
  colorTransfer: 'smpte2084',
  pixelFormat: 'yuv420p10le',
}

describe('the colour space of a picture', () => {
  test.each<[Tags, string, string]>([
    [{}, 'bt709', 'smpte170m'],
    [{ colorSpace: 'unknown', colorPrimaries: 'unknown' }, 'bt709', 'smpte170m'],
    [{ colorSpace: 'reserved' }, 'bt709', 'smpte170m'],
    [{ colorSpace: 'bt709' }, 'bt709', 'bt709'],
    [{ colorSpace: 'bt470bg' }, 'smpte170m', 'smpte170m'],
    [{ colorSpace: 'bt470bg', colorPrimaries: 'bt470bg' }, 'bt470bg', 'bt470bg'],
    [{ colorSpace: 'smpte170m', colorPrimaries: 'bt709' }, 'bt601', 'bt601'],
    [{ colorSpace: 'smpte170m', colorPrimaries: 'smpte432' }, 'bt709', 'bt709'],
    [{ colorPrimaries: 'bt470bg' }, 'bt709', 'bt470bg'],
  ])('%o', (tags, hd, sd) => {
    expect(colorSpaceOf(videoFacts({ ...UNTAGGED, ...tags }))).toBe(hd)
    expect(colorSpaceOf(videoFacts({ ...UNTAGGED, ...tags, ...SD }))).toBe(sd)
  })
})

describe('colours that need no conversion', () => {
  test.each<[string, Partial<VideoFacts>]>([
    ['untagged HD', UNTAGGED],
    ['untagged SD', { ...UNTAGGED, ...SD }],
    ['BT.709', {}],
    ['sRGB', { colorTransfer: 'iec61966-2-1' }],
    ['PAL of old', { ...SD, colorSpace: 'bt470bg', colorPrimaries: 'bt470bg', colorTransfer: 'bt470bg' }],
    ['grey of any primaries', { pixelFormat: 'gray', colorPrimaries: 'smpte432' }],
  ])('%s', (_, fields) => {
    const video = videoFacts(fields)
    expect(colourMap(video, colorSpaceOf(video))).toBeNull()
  })
})

describe('half of the tags', () => {
  test('a matrix of BT.2020 alone says nothing of primaries', () => {
    expect(colourMap(videoFacts({ ...UNTAGGED, colorSpace: 'bt2020nc' }), 'bt709')).toBeNull()
  })

  test('PQ without primaries has those of BT.2020', () => {
    const video = videoFacts({ ...UNTAGGED, colorTransfer: 'smpte2084' })
    expect(colourMap(video, 'bt709')?.from).toEqual({ primaries: 'bt2020', transfer: 'smpte2084' })
  })
})

describe('the peak', () => {
  const mastering: MasteringDisplay = {
    red: [0.68, 0.32],
    green: [0.265, 0.69],
    blue: [0.15, 0.06],
    white: [0.3127, 0.329],
    minNits: 0.005,
    maxNits: 4000,
  }
  const light = { maxCll: 1450, maxFall: 200 }

  test.each([
    [{ mastering, light }, 1450],
    [{ mastering, light: null }, 4000],
    [{ mastering, light: { maxCll: 0, maxFall: 200 } }, 4000],
    [{ mastering: null, light: null }, undefined],
  ])('of %o is %s', (staticHdr, peak) => {
    expect(colourMap(videoFacts({ ...PQ, staticHdr }), 'bt709')?.peakNits).toBe(peak)
  })

  test('of HLG is its own, since its light is relative', () => {
    const video = videoFacts({ ...PQ, colorTransfer: 'arib-std-b67', staticHdr: { mastering, light } })
    expect(colourMap(video, 'bt709')?.peakNits).toBeUndefined()
  })
})

test('only samples that a colour space has as they are count as coded like it', () => {
  const isCoded = (fields: Partial<VideoFacts>, space: 'bt709' | 'pq') => isCodedAs(videoFacts(fields), space)
  expect(isCoded({}, 'bt709')).toBe(true)
  expect(isCoded({ colorRange: 'pc' }, 'bt709')).toBe(false)
  expect(isCoded({ pixelFormat: 'gbrp', colorSpace: 'gbr' }, 'bt709')).toBe(false)
  expect(isCoded({ colorPrimaries: 'smpte432' }, 'bt709')).toBe(false)
  expect(isCoded(PQ, 'pq')).toBe(true)
  expect(isCoded({ ...PQ, colorPrimaries: 'smpte432' }, 'pq')).toBe(false)
  expect(isCoded({ ...PQ, colorSpace: 'ictcp' }, 'pq')).toBe(false)
})

test('a clip whose tagged primaries differ joins a picture of BT.709 in its colours', () => {
  const ntsc = videoFacts({ ...SD, colorSpace: 'smpte170m', colorPrimaries: 'smpte170m' })
  expect(joinedSpace(ntsc, 'bt709')).toBe('bt709')
  expect(joinedSpace(ntsc, 'bt470bg')).toBe('smpte170m')
  expect(joinedSpace(videoFacts({ ...UNTAGGED, ...SD }), 'bt709')).toBe('smpte170m')
})
