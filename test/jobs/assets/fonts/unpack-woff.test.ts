import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { describeFont, loadFont } from '../../../../src/jobs/assets/fonts/read-font.js'
import { unpackWoff } from '../../../../src/jobs/assets/fonts/unpack-woff.js'
import { asWoff, shippedFont } from '../../../support/font-file.js'

const sans = shippedFont('NotoSans_400Regular.ttf')
const woff = asWoff(sans)
const [ENOUGH, REFUSED] = [1e7, { code: 'unsupported-media', message: /^The WOFF font is damaged/ }]

test('the font in a WOFF file has the facts and the tables of the font', async () => {
  expect(woff.length).toBeLessThan(sans.length * 0.8)
  const unpacked = await unpackWoff(woff, ENOUGH)
  expect(describeFont(unpacked)).toEqual(describeFont(sans))
  expect(describeFont(await loadFont(() => Promise.resolve(woff)))).toEqual(describeFont(sans))
})

/** A copy with another number in the header, or in the entry of a table. */
function patched(offset: number, value: number): Buffer {
  const copy = Buffer.from(woff)
  copy.writeUInt32BE(value, offset)
  return copy
}

describe('a WOFF file is refused', () => {
  test.each([
    ['that ends too early', woff.subarray(0, 2000)],
    ['with a table beyond its end', patched(44 + 4, woff.length)],
    ['with a table that is larger than it says', patched(44 + 12, 20)],
    [
      'with more tables than it has',
      Buffer.concat([woff.subarray(0, 12), Buffer.from('ffff', 'hex'), woff.subarray(14)]),
    ],
  ])('%s', async (_, file) => {
    await expect(loadFont(() => Promise.resolve(file))).rejects.toMatchObject(REFUSED)
  })

  test('that would become larger than is taken, before anything is unpacked', async () => {
    const bomb = patched(44 + 12, 0xffff_ffff)
    await expect(unpackWoff(bomb, ENOUGH)).rejects.toThrow(RangeError)
    await expect(loadFont(() => Promise.resolve(bomb))).rejects.toMatchObject(REFUSED)
  })

  test('whose table grows beyond what it says', async () => {
    const zeros = deflateSync(Buffer.alloc(2e7))
    const file = Buffer.concat([patched(44 + 4, woff.length), zeros])
    file.writeUInt32BE(zeros.length, 44 + 8)
    file.writeUInt32BE(1_000_000, 44 + 12)
    await expect(unpackWoff(file, ENOUGH)).rejects.toThrow('a table is damaged')
  })
})
