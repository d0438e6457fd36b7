import { describe, expect, test } from 'vitest'
import { convert, expectNear, tags, warningsOf, X264, x265 } from '../support/colour/colours.js'
import { makePatches, type PatchCoding } from '../support/colour/patches.js'
import { fieldFile } from '../support/field-file.js'
import type { Rgb } from '../support/frames.js'
import { useStudio } from '../support/render.js'

const studio = useStudio()

const ORANGE: Rgb = [200, 100, 50]
const GREY: Rgb = [128, 128, 128]
const QUIET = 'log-level=error:lossless=1'
const COLR = ['-movflags', 'write_colr']

interface Case {
  readonly name: string
  readonly coding: PatchCoding
  readonly args: readonly string[]
  /** What orange and grey become; absent: they stay. */
  readonly wanted?: readonly [orange: Rgb, grey: Rgb]
  readonly codes?: readonly string[]
}

async function expectCase({ name, coding, args, wanted = [ORANGE, GREY], codes = [] }: Case): Promise<void> {
  const clip = await makePatches(studio, name, [ORANGE, GREY], coding, args)
  expectNear(await convert(studio, clip, 2), wanted)
  expect(await warningsOf(studio, clip)).toEqual(codes)
}

describe('primaries become those of BT.709', () => {
  const codes = ['colours-converted']
  const CASES: readonly Case[] = [
    {
      name: 'p3-srgb-601-full.mp4',
      coding: { matrix: 'smpte170m', range: 'pc' },
      args: [...X264, ...tags('smpte170m', 'smpte432', 'iec61966-2-1', 'pc')],
      wanted: [[215, 93, 31], GREY],
    },
    {
      name: 'bt2020-8.mkv',
      coding: { matrix: 'bt2020nc' },
      args: [...X264, ...tags('bt2020nc', 'bt2020', 'bt709')],
      wanted: [[245, 79, 35], GREY],
    },
    {
      name: 'bt2020-10.mp4',
      coding: { matrix: 'bt2020nc', bits: 10 },
      args: x265('bt2020nc', 'bt2020', 'bt2020-10'),
      wanted: [[245, 79, 35], GREY],
      codes: ['high-bit-depth', 'colours-converted'],
    },
    {
      name: 'hd-of-525-lines.mp4',
      coding: { matrix: 'bt709', rows: 23 },
      args: [...X264, ...tags('bt709', 'smpte170m', 'bt709')],
      wanted: [[195, 102, 49], GREY],
    },
    {
      name: 'dci-p3.mkv',
      coding: { matrix: 'bt709' },
      args: [...X264, ...tags('bt709', 'smpte431', 'bt709')],
      wanted: [[211, 93, 36], GREY],
    },
    {
      name: 'p3-gbr.mkv',
      coding: { matrix: 'gbr' },
      args: ['-c:v', 'ffv1', ...tags('rgb', 'smpte432', 'bt709', 'pc')],
      wanted: [[216, 93, 36], GREY],
    },
  ]
  test.each(CASES)('$name', (one) => expectCase({ codes, ...one }))

  const metadata = 'colour_primaries=22:transfer_characteristics=1:matrix_coefficients=1'
  test.each([
    ['ebu-3213.mp4', [...X264, '-bsf:v', `h264_metadata=${metadata}`]],
    ['ebu-3213.mkv', ['-c:v', 'libx265', '-x265-params', QUIET, '-bsf:v', `hevc_metadata=${metadata}`]],
    // Here the container alone says so.
    ['ebu-3213.mov', ['-c:v', 'mpeg4', '-q:v', '1', ...tags('bt709', 'ebu3213', 'bt709'), ...COLR]],
  ] as const)('%s', async (name, args) => {
    const green: Rgb = [40, 200, 60]
    const clip = await makePatches(studio, name, [green, GREY], { matrix: 'bt709' }, args)
    expectNear(await convert(studio, clip, 2), [[27, 195, 60], GREY])
    expect(await warningsOf(studio, clip)).toEqual(codes)
  })

  test('display-p3.mp4', async () => {
    const clip = await fieldFile(studio, 'display-p3.mp4')
    const found = await convert(studio, clip, 8)
    expectNear(
      [found[3] ?? GREY, found[4] ?? GREY, found[5] ?? GREY, found[6] ?? GREY],
      [GREY, [216, 93, 36], [255, 255, 255], [0, 0, 0]],
    )
    expect(await warningsOf(studio, clip)).toEqual(codes)
  })
})

describe('a matrix and a range are undone, and nothing else', () => {
  test.each<Case>([
    {
      name: 'full.mp4',
      coding: { matrix: 'bt709', range: 'pc' },
      args: [...X264, ...tags('bt709', 'bt709', 'bt709', 'pc')],
    },
    {
      name: 'gbr.mp4',
      coding: { matrix: 'gbr' },
      args: ['-c:v', 'libx264rgb', '-qp', '0', ...tags('rgb', 'bt709', 'bt709', 'pc')],
    },
    {
      name: 'gbr10.mkv',
      coding: { matrix: 'gbr', bits: 10 },
      args: ['-c:v', 'ffv1', ...tags('rgb', null, null, 'pc')],
      codes: ['high-bit-depth'],
    },
    { name: 'ycgco.mkv', coding: { matrix: 'ycgco' }, args: [...X264, ...tags('ycgco', 'bt709', 'bt709')] },
    { name: 'fcc.mkv', coding: { matrix: 'fcc' }, args: [...X264, ...tags('fcc', null, null)] },
    { name: '240m.mkv', coding: { matrix: 'smpte240m' }, args: [...X264, ...tags('smpte240m', null, null)] },
    {
      name: 'matrix-2020-colours-709.mkv',
      coding: { matrix: 'bt2020nc' },
      args: [...X264, ...tags('bt2020nc', 'bt709', 'bt709')],
    },
    {
      name: 'matrix-2020-alone.mkv',
      coding: { matrix: 'bt2020nc' },
      args: [...X264, ...tags('bt2020nc', null, null)],
    },
    {
      name: 'srgb.mkv',
      coding: { matrix: 'bt709' },
      args: [...X264, ...tags('bt709', 'bt709', 'iec61966-2-1')],
    },
    {
      name: 'gamma22.mkv',
      coding: { matrix: 'bt709' },
      args: [...X264, ...tags('bt709', 'bt709', 'gamma22')],
    },
    {
      name: 'pal.mpg',
      coding: { matrix: 'bt470bg' },
      args: ['-c:v', 'mpeg2video', '-q:v', '1', ...tags('bt470bg', 'bt470bg', 'gamma28')],
    },
  ])('$name', expectCase)
})

describe('a transfer function that players show differently is converted', () => {
  const codes = ['colours-converted']
  test.each<Case>([
    {
      name: 'linear.mkv',
      coding: { matrix: 'bt709' },
      args: [...X264, ...tags('bt709', 'bt709', 'linear')],
      wanted: [
        [228, 168, 123],
        [188, 188, 188],
      ],
      codes,
    },
    {
      name: 'gamma28.mkv',
      coding: { matrix: 'bt709' },
      args: [...X264, ...tags('bt709', 'bt709', 'gamma28')],
      wanted: [
        [188, 77, 28],
        [107, 107, 107],
      ],
      codes,
    },
  ])('$name', expectCase)
})
