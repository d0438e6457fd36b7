import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { nitsToHlg, nitsToPq } from '../../src/plan/colour/hdr-light.js'
import { mapColour } from '../../src/plan/colour/map-colour.js'
import { convert, expectNear, tags, warningsOf, X264, x265 } from '../support/colour/colours.js'
import { makePatches, patchesOf } from '../support/colour/patches.js'
import { fieldFile } from '../support/field-file.js'
import type { Rgb } from '../support/frames.js'
import { lavfi } from '../support/lavfi.js'
import { imageOverlay } from '../support/overlays.js'
import { compile, type EditFiles, useStudio } from '../support/render.js'

const studio = useStudio()

const TRANSFERS = { pq: 'smpte2084', hlg: 'arib-std-b67' } as const
type Hdr = keyof typeof TRANSFERS

/** Colours as shares of full scale. */
function makeHdr(hdr: Hdr, name: string, colours: readonly Rgb[], more = ''): Promise<string> {
  return makePatches(
    studio,
    name,
    colours.map(scaled255),
    { matrix: 'bt2020nc', bits: 10 },
    x265('bt2020nc', 'bt2020', TRANSFERS[hdr], more),
  )
}

function grey(share: number): Rgb {
  return [share, share, share]
}

function level(value: number): Rgb {
  return [value, value, value]
}

describe('reference white is near white, and grey is grey', () => {
  test('hdr-hlg-grey-steps.mp4', async () => {
    const clip = await fieldFile(studio, 'hdr-hlg-grey-steps.mp4')
    // 0, 22, 38, 50, 65, 75, 90 and 100 % of HLG.
    expectNear(await convert(studio, clip, 8), [0, 60, 104, 137, 191, 235, 250, 255].map(level))
    expect(await warningsOf(studio, clip)).toEqual(['high-bit-depth', 'hdr-tone-mapped'])
  })

  test.each<[Hdr, readonly number[]]>([
    ['hlg', [0, 0.38, 0.75, 1]],
    // 26, 203 and 1000 cd/m².
    ['pq', [0, 0.38, 0.581, 0.752]],
  ])('of %s', async (hdr, shares) => {
    const clip = await makeHdr(hdr, `greys-${hdr}.mp4`, shares.map(grey))
    expectNear(await convert(studio, clip, 4), [0, 104, 235, 255].map(level))
  })
})

/** SDR's linear light of BT.709 at a brightness, in BT.2020. */
function bright(colour: Rgb, nits: number): Rgb {
  const [r, g, b] = colour.map((value) => (value / 255) ** 2.4 * nits) as [number, number, number]
  return [
    0.6274 * r + 0.3293 * g + 0.0433 * b,
    0.0691 * r + 0.9195 * g + 0.0114 * b,
    0.0164 * r + 0.088 * g + 0.8956 * b,
  ]
}

function encode(hdr: Hdr, colour: Rgb): Rgb {
  if (hdr === 'hlg') return nitsToHlg(colour)
  return [nitsToPq(colour[0]), nitsToPq(colour[1]), nitsToPq(colour[2])]
}

/** Degrees. */
function hue([r, g, b]: Rgb): number {
  return (Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * 180) / Math.PI
}

describe.each<Hdr>(['hlg', 'pq'])('in %s', (hdr) => {
  /** Light, brown and dark skin, as BT.709 shows them. */
  const SKINS: readonly Rgb[] = [
    [224, 172, 140],
    [180, 120, 90],
    [110, 70, 55],
  ]

  test('skin at its usual brightness looks as in standard range', async () => {
    const clip = await makeHdr(
      hdr,
      `skin-${hdr}.mp4`,
      SKINS.map((skin) => encode(hdr, bright(skin, 203))),
    )
    const found = await convert(studio, clip, SKINS.length)
    // Below white everything is 4 % darker, so that there is room above it.
    expectNear(
      found,
      SKINS.map(([r, g, b]): Rgb => [r * 0.957, g * 0.957, b * 0.957]),
      4,
    )
  })

  test('a saturated colour keeps its hue, however bright it is', async () => {
    const colours: readonly Rgb[] = [
      [230, 120, 40],
      [40, 110, 230],
      [200, 40, 120],
      [60, 200, 90],
    ]
    const clip = await makeHdr(
      hdr,
      `hues-${hdr}.mp4`,
      colours.map((one) => encode(hdr, bright(one, 700))),
    )
    const found = await convert(studio, clip, colours.length)
    for (const [index, colour] of colours.entries()) {
      const turn = hue(found[index] ?? grey(0)) - hue(colour)
      expect(Math.abs(((turn + 540) % 360) - 180)).toBeLessThan(4)
    }
  })
})

describe('ten bits of high dynamic range', () => {
  const DEEP = { name: 'deep', video_codec: 'h265', bit_depth: 10, crf: 2, preset: 'ultrafast' } as const

  async function renderDeep(video: string, operations: Operation[] = [], more: Partial<EditFiles> = {}) {
    const edit = { operations, output: { renditions: [DEEP] } }
    const files = { video, ...more }
    const [file] = await studio.renderEdit(edit, files, { encode: 'as-planned' })
    const { warnings } = compile(edit, await studio.survey(files))
    return { path: file?.path ?? '', video: file?.facts.video, codes: warnings.map(({ code }) => code) }
  }

  const COLOURS: readonly Rgb[] = [
    [0.58, 0.58, 0.58],
    [0.5, 0.4, 0.3],
    [0.3, 0.5, 0.4],
  ]

  test('are converted from the primaries of Display P3, and stay PQ', async () => {
    const coding = { matrix: 'bt2020nc', bits: 10 } as const
    const scaled = COLOURS.map(scaled255)
    const clip = await makePatches(
      studio,
      'p3-pq.mp4',
      scaled,
      coding,
      x265('bt2020nc', 'smpte432', 'smpte2084'),
    )
    const { path, video, codes } = await renderDeep(clip)
    expect(video).toMatchObject({
      colorTransfer: 'smpte2084',
      colorPrimaries: 'bt2020',
      colorSpace: 'bt2020nc',
    })
    const to = { primaries: 'bt2020', transfer: 'smpte2084' }
    const convertOne = mapColour({ from: { ...to, primaries: 'smpte432' }, to })
    expectNear(
      await patchesOf(path, 3),
      COLOURS.map((one) => scaled255(convertOne(one))),
    )
    expect(codes).toContain('colours-converted')
  })

  test('keep their samples when the range is full', async () => {
    const coding = { matrix: 'bt2020nc', bits: 10, range: 'pc' } as const
    const clip = await makePatches(
      studio,
      'full-pq.mp4',
      COLOURS.map(scaled255),
      coding,
      x265('bt2020nc', 'bt2020', 'smpte2084', ':range=full'),
    )
    const { path, video } = await renderDeep(clip)
    expect(video).toMatchObject({ colorTransfer: 'smpte2084', colorRange: 'tv' })
    expectNear(await patchesOf(path, 3), COLOURS.map(scaled255))
  })

  test('become standard range below graphics, which keep their own white', async () => {
    const clip = await makeHdr('hlg', 'below.mp4', [grey(0.75), grey(0.75), grey(0.38)])
    const logo = await studio.make(
      'white.png',
      ...lavfi('color=white:s=16x16,format=rgb24'),
      '-frames:v',
      '1',
    )
    const op = imageOverlay({ content: 'logo', position_x: 8, position_y: 8 })
    const { path, video, codes } = await renderDeep(clip, [op], { assets: { logo } })
    expect(video).toMatchObject({ colorTransfer: 'bt709', pixelFormat: 'yuv420p10le' })
    expectNear(await patchesOf(path, 3), [255, 235, 104].map(level))
    expect(codes).toContain('hdr-tone-mapped')
  })

  test('become standard range beside a clip that has it', async () => {
    const clip = await makeHdr('pq', 'first.mp4', [grey(0.58), grey(0.38)])
    const sdr = await makePatches(studio, 'sdr.mp4', [level(200), level(60)], { matrix: 'bt709' }, [
      ...X264,
      ...tags('bt709', 'bt709', 'bt709'),
    ])
    const videos = [{ video_id: 'sdr', start_time: 0, end_time: null }]
    const look = { transition: 'none', transition_duration: 1, fit: 'pad', color: 'black' } as const
    const op: Operation = { type: 'concat', videos, position: 'after', ...look }
    const { path } = await renderDeep(clip, [op], { videos: { sdr } })
    expectNear(await patchesOf(path, 2), [200, 60].map(level))
  })
})

function scaled255([r, g, b]: Rgb): Rgb {
  return [r * 255, g * 255, b * 255]
}
