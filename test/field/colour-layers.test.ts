import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { expectNear, tags, X264, x265 } from '../support/colour/colours.js'
import {
  iccProfile,
  pngProfile,
  type ProfileName,
  tagJpeg,
  tagPng,
  tagWebp,
  uint32,
} from '../support/colour/icc.js'
import { makePatches, type PatchCoding } from '../support/colour/patches.js'
import { decodeRgb, type Rgb, rgbAt } from '../support/frames.js'
import { lavfi } from '../support/lavfi.js'
import { imageOverlay, videoOverlay, watermark } from '../support/overlays.js'
import { type EditFiles, useStudio } from '../support/render.js'

const studio = useStudio()
let black = ''

const ORANGE: Rgb = [200, 100, 50]
const AS_P3: Rgb = [215, 93, 31]
const AS_ADOBE: Rgb = [227, 100, 42]

beforeAll(async () => {
  black = await makePatches(
    studio,
    'black.mp4',
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    { matrix: 'bt709' },
    [...X264, ...tags('bt709', 'bt709', 'bt709')],
  )
})

/** The colour near the top left corner of the last frame. */
async function shown(operations: readonly Operation[], files: Omit<EditFiles, 'video'>): Promise<Rgb> {
  const { path } = await studio.render(operations, { video: black, ...files })
  const picture = (await decodeRgb(path)).at(-1)
  if (!picture) throw new Error('no frames')
  return rgbAt(picture, 8, 8)
}

function makeImage(name: string, format = 'rgb24', color = '0xC86432'): Promise<string> {
  return studio.make(name, ...lavfi(`color=${color}:s=32x32,format=${format}`), '-frames:v', '1', '-q:v', '1')
}

async function withProfile(name: string, profile: ProfileName): Promise<string> {
  const icc = iccProfile(profile)
  if (name.endsWith('.png')) return tagPng(await makeImage(name), { iCCP: pngProfile(icc) })
  if (name.endsWith('.jpg')) return tagJpeg(await makeImage(name, 'yuvj444p'), icc)
  const path = await studio.make(
    name,
    ...lavfi('color=0xC86432:s=32x32,format=yuv420p'),
    '-frames:v',
    '1',
    '-quality',
    '100',
  )
  return tagWebp(path, icc, { width: 32, height: 32 })
}

describe('an image is shown in the colours that it states', () => {
  test.each<[string, ProfileName, Rgb]>([
    ['p3.png', 'Display P3', AS_P3],
    ['p3.jpg', 'Display P3', AS_P3],
    ['p3.webp', 'Display P3', AS_P3],
    ['adobe.jpg', 'Adobe RGB (1998)', AS_ADOBE],
    ['srgb.png', 'sRGB', ORANGE],
  ])('by its profile: %s', async (name, profile, wanted) => {
    const mark = await withProfile(name, profile)
    expectNear([await shown([imageOverlay({ content: 'mark' })], { assets: { mark } })], [wanted], 4)
  })

  const P3_CHROMATICITIES = [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000]
  const CASES: readonly [string, Readonly<Record<string, Buffer>>, Rgb][] = [
    ['sRGB', { sRGB: Buffer.of(0), gAMA: uint32(45455) }, ORANGE],
    ['gAMA of 2.2', { gAMA: uint32(45455) }, ORANGE],
    ['gAMA of linear light', { gAMA: uint32(100000) }, [228, 168, 123]],
    ['gAMA of 1.8', { gAMA: uint32(55556) }, [208, 119, 69]],
    [
      'cHRM of Display P3',
      { gAMA: uint32(45455), cHRM: Buffer.concat(P3_CHROMATICITIES.map(uint32)) },
      [215, 93, 24],
    ],
    ['cICP of Display P3', { cICP: Buffer.of(12, 13, 0, 1) }, AS_P3],
  ]
  test.each(CASES)('by its chunks: %s', async (name, chunks, wanted) => {
    const mark = await tagPng(await makeImage(`${name.replace(/\W/g, '-')}.png`), chunks)
    expectNear([await shown([imageOverlay({ content: 'mark' })], { assets: { mark } })], [wanted], 4)
  })

  test('by its chunks: cICP of EBU 3213', async () => {
    const mark = await tagPng(await makeImage('ebu.png', 'rgb24', '0x28C83C'), {
      cICP: Buffer.of(22, 1, 0, 1),
    })
    expectNear([await shown([imageOverlay({ content: 'mark' })], { assets: { mark } })], [[27, 195, 60]])
  })

  test('with its transparency, scaled and turned', async () => {
    const image = await makeImage('half.png', 'rgba', '0xC86432@0.5')
    const mark = await tagPng(image, { iCCP: pngProfile(iccProfile('Display P3')) })
    const half = AS_P3.map((value) => value / 2) as unknown as Rgb
    const op = imageOverlay({ content: 'mark', width: 64, rotation: 90 })
    expectNear([await shown([op], { assets: { mark } })], [half], 4)
  })

  test('as a watermark in tiles', async () => {
    const mark = await withProfile('tile.png', 'Display P3')
    const op = watermark({ watermark_path: 'mark', tiled: true, opacity: 1, margin: 0 })
    expectNear([await shown([op], { assets: { mark } })], [AS_P3], 4)
  })

  test('of high dynamic range', async () => {
    // PQ of 203 cd/m².
    const image = await makeImage('pq.png', 'rgb24', '0x949494')
    const mark = await tagPng(image, { cICP: Buffer.of(9, 16, 0, 1) })
    expectNear([await shown([imageOverlay({ content: 'mark' })], { assets: { mark } })], [[235, 235, 235]])
  })
})

interface Case {
  readonly name: string
  readonly colour?: Rgb
  readonly coding: PatchCoding
  readonly args: readonly string[]
  readonly wanted: Rgb
}

const CLIPS: readonly Case[] = [
  {
    name: 'p3.mp4',
    coding: { matrix: 'bt709' },
    args: [...X264, ...tags('bt709', 'smpte432', 'bt709')],
    wanted: [216, 93, 36],
  },
  {
    name: 'bt2020.mp4',
    coding: { matrix: 'bt2020nc' },
    args: [...X264, ...tags('bt2020nc', 'bt2020', 'bt709')],
    wanted: [245, 79, 35],
  },
  {
    name: '525.mp4',
    coding: { matrix: 'smpte170m' },
    args: [...X264, ...tags('smpte170m', 'smpte170m', 'smpte170m')],
    wanted: [195, 102, 49],
  },
  {
    name: 'ebu-3213.mkv',
    colour: [40, 200, 60],
    coding: { matrix: 'bt709' },
    args: [...X264, '-bsf:v', 'h264_metadata=colour_primaries=22:matrix_coefficients=1'],
    wanted: [27, 195, 60],
  },
  { name: 'untagged-sd.mp4', coding: { matrix: 'smpte170m' }, args: [...X264], wanted: ORANGE },
  {
    name: 'hlg.mp4',
    colour: [191, 191, 191],
    coding: { matrix: 'bt2020nc', bits: 10 },
    args: x265('bt2020nc', 'bt2020', 'arib-std-b67'),
    wanted: [235, 235, 235],
  },
]

describe.each(CLIPS)('a clip: $name', ({ name, colour = ORANGE, coding, args, wanted }) => {
  let clip = ''
  beforeAll(async () => {
    clip = await makePatches(studio, name, [colour, colour], coding, args)
  })

  test('laid over a picture of BT.709', async () => {
    expectNear([await shown([videoOverlay({ content: 'clip' })], { assets: { clip } })], [wanted])
  })

  test('joined to a picture of BT.709', async () => {
    const videos = [{ video_id: 'clip', start_time: 0, end_time: null }]
    const look = { transition: 'none', transition_duration: 1, fit: 'pad', color: 'black' } as const
    const op: Operation = { type: 'concat', videos, position: 'after', ...look }
    expectNear([await shown([op], { videos: { clip } })], [wanted])
  })
})

describe('a picture of SD keeps its primaries, which its output is tagged with', () => {
  test.each([
    ['pal.mp4', 'bt470bg', 'bt470bg', 'bt470bg'],
    ['ntsc.mp4', 'smpte170m', 'smpte170m', 'smpte170m'],
    ['phone.mp4', 'smpte170m', 'bt709', 'smpte170m'],
  ] as const)('%s', async (name, matrix, primaries, taggedMatrix) => {
    const clip = await makePatches(studio, name, [ORANGE, ORANGE], { matrix }, [
      ...X264,
      ...tags(matrix, primaries, 'smpte170m'),
    ])
    const [file] = await studio.renderEdit(
      { operations: [{ type: 'flip', direction: 'vertical' }], output: null },
      { video: clip },
    )
    expect(file?.facts.video).toMatchObject({ colorSpace: taggedMatrix, colorPrimaries: primaries })
    const picture = (await decodeRgb(file?.path ?? '')).at(-1)
    expectNear([picture ? rgbAt(picture, 8, 8) : [0, 0, 0]], [ORANGE])
  })
})
