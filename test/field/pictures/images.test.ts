import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeAsset } from '../../../src/jobs/assets/asset-kind.js'
import { runReadTask } from '../../../src/jobs/assets/read-task.js'
import { createProber } from '../../../src/media/create-prober.js'
import { fieldFile } from '../../support/field-file.js'
import { decodeRgb, type Rgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay, watermark } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''

beforeAll(async () => {
  clip = await studio.make(
    'black.mp4',
    ...lavfi('color=black:s=128x128:r=10:d=3'),
    ...H264,
    '-pix_fmt',
    'yuv420p',
  )
})

const RED: Rgb = [255, 0, 0]
const GREEN: Rgb = [0, 255, 0]
const BLUE: Rgb = [0, 0, 255]
const YELLOW: Rgb = [255, 255, 0]
const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]

function isNear(found: Rgb, wanted: Rgb): boolean {
  return found.every((value, channel) => Math.abs(value - (wanted[channel] ?? NaN)) <= 8)
}

/** The name of a colour, for readable comparisons. */
function nameOf(found: Rgb): string {
  const names = { RED, GREEN, BLUE, YELLOW, WHITE, BLACK }
  return Object.entries(names).find(([, colour]) => isNear(found, colour))?.[0] ?? String(found)
}

async function frames(path: string, operation = imageOverlay({ content: 'image' })) {
  const { path: file } = await studio.render([operation], { video: clip, assets: { image: path } })
  return decodeRgb(file)
}

/** The colours in the middles of the quarters of an image of 40×80 or 80×40, row by row. */
async function quarters(path: string): Promise<string[]> {
  const [picture] = await frames(path)
  if (!picture) throw new Error('no frames')
  const isHigh = nameOf(rgbAt(picture, 10, 70)) !== 'BLACK'
  const [width, height] = isHigh ? [40, 80] : [80, 40]
  const at = (x: number, y: number) => nameOf(rgbAt(picture, (width * x) / 4, (height * y) / 4))
  return [isHigh ? 'high' : 'wide', at(1, 1), at(3, 1), at(1, 3), at(3, 3)]
}

/** A picture of 80×40 with four colours. */
const FOUR =
  'color=red:s=80x40,drawbox=x=40:y=0:w=40:h=20:c=0x00ff00:t=fill,drawbox=x=0:y=20:w=40:h=20:c=0x0000ff:t=fill,drawbox=x=40:y=20:w=40:h=20:c=0xffff00:t=fill,format=rgb24'

/** EXIF with nothing but an orientation, in the byte order of Motorola. */
function exif(orientation: number): Buffer {
  return Buffer.from(
    `4d4d002a00000008000101120003000000010${orientation.toString(16).padStart(3, '0')}000000000000`,
    'hex',
  )
}

function pngWith(png: Buffer, type: string, data: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
  chunk.writeUInt32BE(data.length, 0)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  const afterHeader = 33
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)])
}

/** An extended WebP whose EXIF stands behind its picture. */
function webpWith(webp: Buffer, data: Buffer): Buffer {
  const chunk = (type: string, bytes: Buffer) => {
    const header = Buffer.alloc(8)
    header.write(type, 'latin1')
    header.writeUInt32LE(bytes.length, 4)
    return Buffer.concat([header, bytes, Buffer.alloc(bytes.length & 1)])
  }
  const extended = Buffer.alloc(10)
  extended.writeUInt8(0x08, 0)
  extended.writeUIntLE(80 - 1, 4, 3)
  extended.writeUIntLE(40 - 1, 7, 3)
  const body = Buffer.concat([chunk('VP8X', extended), webp.subarray(12), chunk('EXIF', data)])
  const head = Buffer.from(webp.subarray(0, 12))
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}

describe('the orientation in EXIF is applied:', () => {
  test('a PNG that says 6', async () => {
    expect(await quarters(await fieldFile(studio, 'ex6.png'))).toEqual([
      'wide',
      'RED',
      'GREEN',
      'BLUE',
      'YELLOW',
    ])
  })

  test.each([
    [1, ['wide', 'RED', 'GREEN', 'BLUE', 'YELLOW']],
    [2, ['wide', 'GREEN', 'RED', 'YELLOW', 'BLUE']],
    [3, ['wide', 'YELLOW', 'BLUE', 'GREEN', 'RED']],
    [4, ['wide', 'BLUE', 'YELLOW', 'RED', 'GREEN']],
    [5, ['high', 'RED', 'BLUE', 'GREEN', 'YELLOW']],
    [6, ['high', 'BLUE', 'RED', 'YELLOW', 'GREEN']],
    [7, ['high', 'YELLOW', 'GREEN', 'BLUE', 'RED']],
    [8, ['high', 'GREEN', 'YELLOW', 'RED', 'BLUE']],
  ])('number %i, in PNG and WebP', async (orientation, wanted) => {
    const plain = await studio.make('four.png', ...lavfi(FOUR), '-frames:v', '1')
    const png = join(studio.dir(), 'files', `four-${orientation}.png`)
    await writeFile(png, pngWith(await readFile(plain), 'eXIf', exif(orientation)))
    expect(await quarters(png)).toEqual(wanted)
    const lossless = ['-frames:v', '1', '-c:v', 'libwebp', '-lossless', '1']
    const webp = join(studio.dir(), 'files', `four-${orientation}.webp`)
    const made = await studio.make('four.webp', ...lavfi(`${FOUR},format=bgra`), ...lossless)
    await writeFile(webp, webpWith(await readFile(made), exif(orientation)))
    expect(await quarters(webp)).toEqual(wanted)
  })
})

describe('pictures of other formats are laid over:', () => {
  test('a BMP', async () => {
    const path = await fieldFile(studio, 'q.bmp')
    expect(await quarters(path)).toEqual(['wide', 'RED', 'GREEN', 'BLUE', 'YELLOW'])
  })

  test('a BMP as a watermark', async () => {
    const mark = watermark({ watermark_path: 'image', position: 'top-left', margin: 0, opacity: 1 })
    const path = await fieldFile(studio, 'q.bmp')
    const { path: file } = await studio.render([mark], { video: clip, assets: { image: path } })
    const [picture] = await decodeRgb(file)
    expect(picture && nameOf(rgbAt(picture, 20, 10))).toBe('RED')
  })

  test.each(['rgb24', 'rgba', 'rgb48le'])('a TIFF of %s', async (format) => {
    const path = await studio.make('four.tiff', ...lavfi(`${FOUR},format=${format}`), '-frames:v', '1')
    expect(await quarters(path)).toEqual(['wide', 'RED', 'GREEN', 'BLUE', 'YELLOW'])
  })
})

/** The colour in the middle of each frame of a film of 10 frames a second. */
async function played(path: string): Promise<string[]> {
  return (await frames(path)).map((picture) => nameOf(rgbAt(picture, 30, 30)))
}

const ONCE = ['RED', 'GREEN', 'GREEN', 'BLUE', 'BLUE', 'BLUE', ...Array<string>(4).fill('WHITE')]

describe('an animated picture', () => {
  test('that is played once holds its last frame', async () => {
    const colours = await played(await fieldFile(studio, 'once.gif'))
    expect(colours).toEqual([...ONCE, ...Array<string>(20).fill('WHITE')])
  })

  test('of APNG is played as often as it says', async () => {
    const path = await fieldFile(studio, 'anim.png')
    const file = await readFile(path)
    const plays = file.readUInt32BE(file.indexOf('acTL') + 8)
    expect(plays).toBe(0)
    expect(await played(path)).toEqual([...ONCE, ...ONCE, ...ONCE])
  })

  test.each([
    ['gif', 1],
    ['apng', 2],
  ])('of %s with a number of plays is held after the last', async (format, loop) => {
    const path = await studio.make(
      `twice.${format}`,
      ...lavfi("color=red:s=60x60:r=10:d=1,format=rgb24,geq=r='255*lt(N,5)':g=0:b='255*gte(N,5)'"),
      ...(format === 'gif' ? ['-loop', String(loop)] : ['-plays', String(loop)]),
    )
    const [red, blue] = [Array<string>(5).fill('RED'), Array<string>(5).fill('BLUE')]
    expect(await played(path)).toEqual([...red, ...blue, ...red, ...blue, ...Array<string>(10).fill('BLUE')])
  })
})

test.each([
  ['x.heic', '\0\0\0\u0018ftypheic\0\0\0\0', 'an HEIC picture'],
  ['x.pdf', '%PDF-1.7', 'a PDF'],
  ['x.html', '<!DOCTYPE html><title>Not found</title>', 'a web page'],
  ['x.bin', 'nothing known', 'of no known kind'],
])(
  'an asset %s that is none of what is taken is told what it is, and what is taken',
  async (name, bytes, kind) => {
    const path = join(studio.dir(), 'files', 'unknown')
    await writeFile(path, bytes, 'latin1')
    await expect(
      describeAsset({ prober: createProber(studio.tools()), read: runReadTask }, name, path),
    ).rejects.toMatchObject({
      code: 'unsupported-media',
      message: expect.stringMatching(
        new RegExp(`^The file is ${kind}.*Taken are PNG, APNG, .*TTF.*SRT`),
      ) as string,
    })
  },
)
