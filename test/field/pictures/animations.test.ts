import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeAsset } from '../../../src/jobs/assets/asset-kind.js'
import { runReadTask } from '../../../src/jobs/assets/read-task.js'
import { createProber } from '../../../src/media/create-prober.js'
import { decodeRgb, type Rgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay } from '../../support/overlays.js'
import { expectColour, filmOf, middle, shown } from '../../support/pictures/images.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''

beforeAll(async () => {
  clip = await studio.make(
    ...(['gray.mp4', ...lavfi('color=0x808080:s=320x180:r=10:d=2,format=yuv420p'), ...H264] as const),
  )
})

/** An animated WebP of colours, each for its time. */
async function webp(name: string, frames: readonly (readonly [string, number])[], loop = 0): Promise<string> {
  const pictures = await Promise.all(
    frames.map(([background]) =>
      sharp({ create: { width: 60, height: 60, channels: 4, background } })
        .png()
        .toBuffer(),
    ),
  )
  const path = join(studio.dir(), 'files', name)
  await sharp(pictures, { join: { animated: true } })
    .webp({ lossless: true, delay: frames.map(([, ms]) => ms), loop })
    .toFile(path)
  return path
}

async function played(path: string): Promise<Rgb[]> {
  const { path: file } = await studio.render([imageOverlay({ content: 'image' })], {
    video: clip,
    assets: { image: path },
  })
  return (await decodeRgb(file)).map((picture) => rgbAt(picture, 30, 30))
}

describe('an animated WebP', () => {
  const times = [
    ['#c83232', 100],
    ['#3264c8', 300],
    ['#32c86400', 200],
  ] as const
  const once: Rgb[] = [
    [200, 50, 50],
    ...Array<Rgb>(3).fill([50, 100, 200]),
    ...Array<Rgb>(2).fill([128, 128, 128]),
  ]

  test('moves at its own pace, with what is transparent, again and again', async () => {
    const found = await played(await webp('dance.webp', times))
    expect(found).toHaveLength(20)
    found.forEach((colour, index) => expectColour(colour, once[index % 6] ?? [0, 0, 0]))
  })

  test('that is played twice holds its last frame', async () => {
    const found = await played(await webp('twice.webp', times.slice(0, 2), 2))
    const turn = once.slice(0, 4)
    found.forEach((colour, index) =>
      expectColour(colour, index < 8 ? (turn[index % 4] ?? [0, 0, 0]) : [50, 100, 200]),
    )
  })

  test('is the material of an edit, and is joined', async () => {
    const path = await webp('film.webp', times.slice(0, 2))
    const { path: film } = await filmOf(studio, shown(1, { frame_rate: 10 }), { video: path })
    const pictures = await decodeRgb(film)
    expect(pictures).toHaveLength(10)
    expectColour(middle(pictures[8]), [200, 50, 50])
    expectColour(middle(pictures[9]), [50, 100, 200])
  })

  test('of more frames than are taken is refused with a figure', async () => {
    const frames = 5001
    const pixels = Buffer.alloc(2 * 2 * frames * 4, 255)
    for (let frame = 0; frame < frames; frame += 2) pixels.fill(0, frame * 16, frame * 16 + 3)
    const path = join(studio.dir(), 'files', 'huge.webp')
    await sharp(pixels, { raw: { width: 2, height: 2 * frames, channels: 4, pageHeight: 2 } })
      .webp({ lossless: true })
      .toFile(path)
    await expect(
      describeAsset({ prober: createProber(studio.tools()), read: runReadTask }, 'huge.webp', path),
    ).rejects.toMatchObject({
      code: 'unsupported-media',
      message: expect.stringMatching(/5001 frames of 2×2; at that size 5000 are taken/) as string,
    })
  })
})
