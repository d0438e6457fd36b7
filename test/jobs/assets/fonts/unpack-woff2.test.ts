import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeFont, loadFont } from '../../../../src/jobs/assets/fonts/read-font.js'
import { unpackWoff2 } from '../../../../src/jobs/assets/fonts/unpack-woff2.js'
import { asWoff2, shippedFont } from '../../../support/font-file.js'

const tamil = shippedFont('NotoSansTamil_400Regular.ttf')
const ENOUGH = 1e7
let woff2: Buffer

beforeAll(async () => {
  woff2 = await asWoff2(tamil)
})

function load(file: Buffer): Promise<Buffer> {
  return loadFont(() => Promise.resolve(file))
}

test('the font in a WOFF2 file has the facts of the font', async () => {
  expect(woff2.length).toBeLessThan(tamil.length * 0.6)
  expect(describeFont(await unpackWoff2(woff2, ENOUGH))).toEqual(describeFont(tamil))
  expect(describeFont(await load(woff2))).toEqual(describeFont(tamil))
})

describe('a WOFF2 file is refused', () => {
  const refused = { code: 'unsupported-media', message: /^The WOFF font is damaged/ }

  test('that ends too early, or has nothing but a signature', async () => {
    await expect(load(woff2.subarray(0, woff2.length - 500))).rejects.toMatchObject(refused)
    await expect(load(Buffer.from('wOF2'))).rejects.toMatchObject(refused)
    await expect(load(Buffer.concat([Buffer.from('wOF2'), Buffer.alloc(2000)]))).rejects.toMatchObject(
      refused,
    )
  })

  test('that says it becomes larger than is taken, before anything is unpacked', async () => {
    const bomb = Buffer.from(woff2)
    bomb.writeUInt32BE(0xffff_ffff, 16)
    await expect(unpackWoff2(bomb, ENOUGH)).rejects.toThrow('bytes')
    await expect(unpackWoff2(woff2, 10_000)).rejects.toThrow('bytes')
    await expect(load(bomb)).rejects.toMatchObject(refused)
  })

  test('or is read within bounds, whatever its bytes', async () => {
    const changes = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(changes, async (bytes) => {
        const copy = Buffer.from(woff2)
        for (const [place, byte] of bytes) copy[4 + place] = byte
        try {
          expect((await unpackWoff2(copy, ENOUGH)).length).toBeLessThanOrEqual(ENOUGH)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })
})
