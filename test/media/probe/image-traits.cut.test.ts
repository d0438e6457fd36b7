import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readImageColours } from '../../../src/media/probe/image-colours.js'
import { readImageTraits } from '../../../src/media/probe/image-traits.js'
import { cutOff, GIF, png, PNG_PARTS, shortened, TIFF, webp, WEBP_PARTS } from './cut-images.js'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-cut-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function read(format: string, file: Buffer): Promise<object> {
  const path = join(dir, 'image')
  await writeFile(path, file)
  return { ...(await readImageTraits(path, format)), ...(await readImageColours(path, format)) }
}

const WHOLE = [
  ['png_pipe', png(PNG_PARTS), { orientation: 6, colorPrimaries: 'bt2020', colorTransfer: 'smpte2084' }],
  ['apng', png(PNG_PARTS), { plays: 2 }],
  ['webp_pipe', webp(WEBP_PARTS), { orientation: 6 }],
  ['tiff_pipe', TIFF, { orientation: 6 }],
  ['gif', GIF, { plays: 5 }],
] as const

describe('what an image says of itself', () => {
  test.each(WHOLE)('is read from a whole %s', async (format, file, says) => {
    expect(await read(format, file)).toMatchObject(says)
  })

  test.each(WHOLE)('is nothing, and no failure, where a %s is cut off', async (format, file) => {
    for (const cut of cutOff(file))
      await expect(read(format, cut), `${cut.length} bytes`).resolves.toBeTypeOf('object')
  })

  test.each([
    ['png_pipe', shortened(PNG_PARTS, png)],
    ['apng', shortened(PNG_PARTS, png)],
    ['webp_pipe', shortened(WEBP_PARTS, webp)],
  ])('is nothing, and no failure, where a chunk of a %s is too short', async (format, files) => {
    for (const [index, file] of files.entries())
      await expect(read(format, file), `${index}`).resolves.toBeTypeOf('object')
  })
})
