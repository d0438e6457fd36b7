import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { compilePoster } from '../../../src/plan/derive/upload-poster.js'
import { expectNear } from '../../support/colour/colours.js'
import { makePatches, patchesOf } from '../../support/colour/patches.js'
import { fieldFile } from '../../support/field-file.js'
import { decodeRgb, type Rgb, rgbAt } from '../../support/frames.js'
import { lavfi } from '../../support/lavfi.js'
import { renderAll, renderOutput } from '../../support/outputs/derived.js'
import { setOrientation } from '../../support/pictures/photo.js'
import { compile, useStudio } from '../../support/render.js'

const studio = useStudio()

/** What 0, 22, 38, 50, 65, 75, 90 and 100 % of HLG are in the standard range. */
const GREYS = [0, 60, 104, 137, 191, 235, 250, 255].map((value): Rgb => [value, value, value])

async function posterOf(path: string, name: string): Promise<string> {
  const { video } = await studio.survey({ video: path })
  if (!video.facts.video) throw new Error('no picture')
  return studio.runPass(compilePoster(video, video.facts.video), `${name}.jpg`)
}

describe('the poster of an upload has the colours of the standard range', () => {
  test('of HLG', async () => {
    const video = await fieldFile(studio, 'hdr-hlg-grey-steps.mp4')
    expectNear(await patchesOf(await posterOf(video, 'hlg'), GREYS.length), GREYS)
  })

  test('of Display P3', async () => {
    const video = await fieldFile(studio, 'display-p3.mp4')
    const [grey, orange, white, black] = (await patchesOf(await posterOf(video, 'p3'), 8)).slice(3)
    expectNear(
      [grey, orange, white, black].flatMap((colour) => (colour ? [colour] : [])),
      [
        [128, 128, 128],
        [216, 93, 36],
        [255, 255, 255],
        [0, 0, 0],
      ],
    )
  })

  test.each([
    ['bt709', 23],
    ['smpte170m', 1],
  ] as const)('of %s', async (matrix, rows) => {
    const colours: readonly Rgb[] = [
      [200, 100, 50],
      [40, 90, 200],
    ]
    const args = ['-c:v', 'libx264', '-crf', '1', '-colorspace', matrix]
    const video = await makePatches(studio, `${matrix}.mp4`, colours, { matrix, rows }, args)
    expectNear(await patchesOf(await posterOf(video, matrix), 2), colours)
  })
})

describe('the poster of an image has its colours', () => {
  const colours: readonly Rgb[] = [
    [200, 100, 50],
    [40, 90, 200],
  ]
  test.each([
    ['photo.jpg', 'yuvj420p'],
    ['full.jpg', 'yuvj444p'],
    ['deep.png', 'rgb48be'],
    ['flat.bmp', 'bgr24'],
  ])('%s of %s', async (name, format) => {
    const picture =
      'color=0xC86432:s=32x32,format=rgb24[a];color=0x285AC8:s=32x32,format=rgb24[b];[a][b]hstack'
    const args = ['-frames:v', '1', '-q:v', '1', '-pix_fmt', format]
    const image = await studio.make(name, ...lavfi(`${picture},scale=out_color_matrix=bt601`), ...args)
    expectNear(await patchesOf(await posterOf(image, name), 2), colours)
  })

  test('a photo that EXIF turns stands upright, also in the poster and the sprite sheet of its film', async () => {
    const halves = 'color=0xC83232:s=80x80[a];color=0x3232C8:s=80x80[b];[a][b]hstack,format=yuvj444p'
    const lying = await studio.make('lying.jpg', ...lavfi(halves), '-frames:v', '1', '-q:v', '1')
    const image = await setOrientation(lying, 6)
    const output: OutputRequest = { container: 'mp4', poster: true, sprite: { interval: null, width: 80 } }
    const sources = await studio.survey({ video: image })
    const plan = compile({ operations: [], output, image: { duration: 1 } }, sources)
    const paths = await renderAll(studio, plan)
    const folder = dirname(paths.get('sprite') ?? '')
    const [sheet = ''] = (await readdir(folder)).filter((file) => file.endsWith('.jpg'))
    for (const path of [await posterOf(image, 'turned'), paths.get('poster') ?? '', join(folder, sheet)]) {
      const [shown] = await decodeRgb(path)
      if (!shown) throw new Error('no picture')
      expect(shown.height).toBe(160)
      expectNear(
        [rgbAt(shown, 40, 40), rgbAt(shown, 40, 120)],
        [
          [200, 50, 50],
          [50, 50, 200],
        ],
        // Two JPEGs and a film between them round three times.
        4,
      )
    }
  })
})

test(
  'pictures of a rendition in HLG have the colours of the standard range',
  { timeout: 60_000 },
  async () => {
    const video = await fieldFile(studio, 'hdr-hlg-grey-steps.mp4')
    const output: OutputRequest = {
      ...{
        container: 'mp4',
        poster: true,
        thumbnails: { count: 1, width: 320 },
        sprite: { interval: null, width: 320 },
      },
      renditions: [{ name: 'deep', video_codec: 'h265', bit_depth: 10 }],
    }
    const { paths } = await renderOutput(studio, output, { video })
    const folder = (name: string) => dirname(paths.get(name) ?? '')
    expectNear(await patchesOf(paths.get('poster') ?? '', GREYS.length), GREYS)
    expectNear(await patchesOf(join(folder('thumbnails'), 'thumbnail-001.jpg'), GREYS.length), GREYS)
  },
)
