import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ShownImage } from '../../../src/edit/fields/shown-image.js'
import type { Operation } from '../../../src/edit/operation.js'
import { decodeGray, decodeRgb, type Rgb } from '../../support/frames.js'
import { ffmpeg, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { expectColour, filmOf, middle, shown, steps, useImages } from '../../support/pictures/images.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const files = useImages(studio)

function film(image: ShownImage, source: string, operations: readonly Operation[] = []) {
  return filmOf(studio, image, { video: files[source] ?? '' }, operations)
}

describe('a still is a film of its length:', () => {
  test.each<[string, Rgb]>([
    ['red', [255, 0, 0]],
    ['photo', [200, 100, 50]],
    ['palette', [0, 255, 0]],
    ['webp', [255, 128, 0]],
  ])('%s', async (source, colour) => {
    const { path, facts } = await film(shown(1.5), source)
    const pictures = await decodeRgb(path)
    expect(pictures).toHaveLength(45)
    expect(facts.video).toMatchObject({ width: 320, height: 180, frameRate: { num: 30, den: 1 } })
    for (const picture of pictures) expectColour(middle(picture), colour)
  })

  test('odd sides become even', async () => {
    const { path, facts } = await film(shown(0.2), 'odd')
    expect(facts.video).toMatchObject({ width: 322, height: 182 })
    expectColour(middle((await decodeRgb(path))[0]), [32, 64, 128])
  })

  test('what is transparent has the colour that is asked for, or black', async () => {
    const [black] = await decodeRgb((await film(shown(0.1), 'half')).path)
    expectColour(middle(black), [0, 0, 127])
    const [white] = await decodeRgb((await film(shown(0.1, { color: 'white' }), 'half')).path)
    expectColour(middle(white), [127, 127, 255])
  })

  test('the frame rate is that of the edit, or the highest of the renditions', async () => {
    const { path } = await film(shown(2, { frame_rate: 12.5 }), 'red')
    expect(await decodeGray(path)).toHaveLength(25)
    const rate = (name: string, frame_rate: number) => ({ name, width: 160, frame_rate })
    const output = { renditions: [rate('slow', 24), rate('fast', 48)] }
    const outputs = await studio.renderEdit(
      { operations: [], output, image: shown(1) },
      { video: files['red'] ?? '' },
    )
    const counts = await Promise.all(outputs.map(async ({ path: file }) => (await decodeGray(file)).length))
    expect(counts.sort((a, b) => a - b)).toEqual([24, 48])
  })

  test('it is trimmed, and operations find their times', async () => {
    const text = textOverlay({ content: '█', font_size: 100, start_time: 0.5, end_time: null })
    const trim = { type: 'trim', start_time: 1, end_time: 2, mode: 'exact' } as const
    const pictures = await decodeGray((await film(shown(3), 'red', [trim, text])).path)
    expect(pictures).toHaveLength(30)
    const isChanged = pictures.map(({ data }) => Buffer.compare(data, pictures[0]?.data ?? data) !== 0)
    expect(isChanged.indexOf(true)).toBe(15)
  })
})

test(
  'a photo of 48 megapixels is made as small as UHD, upright, in its own colours',
  { timeout: 60_000 },
  async () => {
    const large = join(studio.dir(), 'files', 'large.jpg')
    await ffmpeg(...lavfi('color=0x3296c8:s=8064x6048,format=yuvj420p'), '-frames:v', '1', '-q:v', '2', large)
    const bytes = await readFile(large)
    // An EXIF segment that says "turned by 90°" behind the start of the JPEG.
    const exif = Buffer.from(
      'ffe100224578696600004d4d002a00000008000101120003000000010006000000000000',
      'hex',
    )
    const turned = join(studio.dir(), 'files', 'turned.jpg')
    await writeFile(turned, Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]))
    const [file] = await studio.renderEdit(
      { operations: [], output: null, image: shown(0.1) },
      { video: turned },
    )
    expect(file?.facts.video).toMatchObject({ width: 2880, height: 3840 })
    expectColour(middle((await decodeRgb(file?.path ?? ''))[0]), [50, 150, 200])
  },
)

describe('an animation', () => {
  test('moves on until its length is over', async () => {
    const { path } = await film(shown(1), 'dance')
    expect(await steps(path)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1])
  })

  test('is played once without one', async () => {
    expect(await steps((await film({}, 'dance')).path)).toEqual([0, 1, 2, 3])
  })
})
