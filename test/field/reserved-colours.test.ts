import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { compilePoster } from '../../src/plan/derive/upload-poster.js'
import { convert, expectNear, tags, warningsOf, X264 } from '../support/colour/colours.js'
import { tagPng } from '../support/colour/icc.js'
import { makePatches } from '../support/colour/patches.js'
import { decodeRgb, type Rgb, rgbAt } from '../support/frames.js'
import { lavfi } from '../support/lavfi.js'
import { imageOverlay, videoOverlay } from '../support/overlays.js'
import { useStudio } from '../support/render.js'

const studio = useStudio()
const ORANGE: Rgb = [200, 100, 50]
const GREY: Rgb = [128, 128, 128]

/** Writes code points into the headers of a codec. */
const codes = (codec: 'h264' | 'hevc', primaries: number, transfer: number, matrix: number) => [
  '-bsf:v',
  `${codec}_metadata=colour_primaries=${primaries}:transfer_characteristics=${transfer}:matrix_coefficients=${matrix}`,
]
const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:lossless=1']

const MPEG4 = ['-c:v', 'mpeg4', '-q:v', '1', '-movflags', 'write_colr']

/** Untagged pictures of this size are read as BT.601. */
const SMALL = { matrix: 'smpte170m' } as const
const CLIPS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['all-3.mp4', [...X264, ...codes('h264', 3, 3, 3)]],
  ['primaries-0.mp4', [...X264, ...codes('h264', 0, 0, 2)]],
  ['unknown-200.mkv', [...X264, ...codes('h264', 200, 99, 77)]],
  ['h265-3.mkv', [...X265, ...codes('hevc', 0, 3, 3)]],
  // Here the container alone says so.
  ['mpeg4.mov', [...MPEG4, '-colorspace', '3', '-color_primaries', '3', '-color_trc', '3']],
  ['mpeg2.mpg', ['-c:v', 'mpeg2video', '-q:v', '1', '-bsf:v', 'mpeg2_metadata=matrix_coefficients=3']],
]

const make = (name: string, args: readonly string[]) => makePatches(studio, name, [ORANGE, GREY], SMALL, args)

describe.each(CLIPS)('reserved tags say nothing: %s', (name, args) => {
  let clip = ''
  beforeAll(async () => {
    clip = await make(name, args)
  })

  test('as the material, and in its poster', async () => {
    expectNear(await convert(studio, clip, 2), [ORANGE, GREY], 4)
    expect(await warningsOf(studio, clip)).toEqual([])
    const { video } = await studio.survey({ video: clip })
    if (!video.facts.video) throw new Error('no picture')
    const poster = await studio.runPass(compilePoster(video, video.facts.video), `${name}.jpg`)
    const [picture] = await decodeRgb(poster)
    if (!picture) throw new Error('no poster')
    expectNear([rgbAt(picture, 8, 8), rgbAt(picture, 48, 8)], [ORANGE, GREY], 4)
  })

  test('laid over, and joined', async () => {
    const below = await make('plain.mp4', [...X264, ...tags('smpte170m', 'smpte170m', 'bt709')])
    const over = videoOverlay({ content: 'clip', position_x: 0, position_y: 0 })
    const laid = await studio.render([over], { video: below, assets: { clip } })
    const join: Operation = {
      ...{
        type: 'concat',
        position: 'before',
        videos: [{ video_id: 'clip', start_time: 0, end_time: null }],
      },
      ...{ transition: 'none', transition_duration: 1, fit: 'pad', color: 'black' },
    }
    const joined = await studio.render([join], { video: below, videos: { clip } })
    for (const { path } of [laid, joined]) {
      const [picture] = await decodeRgb(path)
      expectNear(picture ? [rgbAt(picture, 8, 8), rgbAt(picture, 48, 8)] : [], [ORANGE, GREY], 4)
    }
  })
})

test('a trim that copies what it can of a film with reserved tags is rendered', async () => {
  const video = await studio.make(
    'long.mp4',
    ...lavfi('testsrc2=s=320x180:r=25:d=4'),
    ...['-c:v', 'libx264', '-preset', 'superfast', '-g', '25', '-bf', '0', ...codes('h264', 3, 0, 3)],
  )
  const trim: Operation = { type: 'trim', start_time: 0.52, end_time: 3.6, mode: null }
  const [file] = await studio.renderEdit({ operations: [trim], output: null }, { video })
  expect(await decodeRgb(file?.path ?? '')).toHaveLength(77)
})

test.each([
  [3, 3],
  [0, 0],
])('a PNG whose cICP says %i and %i has its own colours', async (primaries, transfer) => {
  const image = await studio.make(
    `cicp-${primaries}.png`,
    ...lavfi('color=0xC86432:s=32x32,format=rgb24'),
    '-frames:v',
    '1',
  )
  await tagPng(image, { cICP: Buffer.of(primaries, transfer, 0, 1) })
  const video = await make('below.mp4', [...X264, ...tags('bt709', 'bt709', 'bt709')])
  const over = imageOverlay({ content: 'image', position_x: 0, position_y: 0 })
  const { path } = await studio.render([over], { video, assets: { image } })
  const [picture] = await decodeRgb(path)
  expectNear(picture ? [rgbAt(picture, 8, 8)] : [], [ORANGE])
})
