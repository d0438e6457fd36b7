import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import type { ConcatOperation } from '../../../src/edit/operations/concat.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { describeAsset } from '../../../src/jobs/assets/asset-kind.js'
import { runReadTask } from '../../../src/jobs/assets/read-task.js'
import { createProber } from '../../../src/media/create-prober.js'
import { decodeRgb, type Rgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay, watermark } from '../../support/overlays.js'
import { expectColour, filmOf, middle, shown } from '../../support/pictures/images.js'
import { compile, useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''

beforeAll(async () => {
  clip = await studio.make(
    ...(['gray.mp4', ...lavfi('color=0x808080:s=320x180:r=10:d=2,format=yuv420p'), ...H264] as const),
  )
})

async function svg(name: string, text: string | Buffer): Promise<string> {
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, text)
  return path
}

const inSvg = (inside: string, more = 'width="64" height="32" viewBox="0 0 64 32"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${more}>${inside}</svg>`

const HALVES =
  '<rect width="32" height="32" fill="#c83232"/><rect x="32" width="32" height="32" fill="#3264c8" fill-opacity="0.5"/>'

async function overlaid(path: string, size: { width?: number; height?: number } = {}) {
  const { path: file } = await studio.render([imageOverlay({ content: 'image', ...size })], {
    video: clip,
    assets: { image: path },
  })
  const pictures = await decodeRgb(file)
  return {
    first: pictures[0],
    at: (x: number, y: number): Rgb => (pictures[0] ? rgbAt(pictures[0], x, y) : [0, 0, 0]),
  }
}

describe('an SVG is drawn', () => {
  test('at its own size, with what is transparent', async () => {
    const { at } = await overlaid(await svg('halves.svg', inSvg(HALVES)))
    expectColour(at(16, 16), [200, 50, 50])
    expectColour(at(48, 16), [89, 114, 164])
    expectColour(at(70, 16), [128, 128, 128])
  })

  test('at the size that it is shown at, with sharp edges', async () => {
    const { at } = await overlaid(await svg('large.svg', inSvg(HALVES)), { width: 320 })
    expectColour(at(156, 80), [200, 50, 50])
    expectColour(at(164, 80), [89, 114, 164])
  })

  test('without a size by its view box, in UTF-16, behind a declaration and entities of its own', async () => {
    const text = `<?xml version="1.0" encoding="UTF-16"?><!-- drawn --><!DOCTYPE svg [<!ENTITY red "#c83232">]>${inSvg(
      '<rect width="64" height="32" fill="&red;"/>',
      'viewBox="0 0 64 32"',
    )}`
    const { at } = await overlaid(await svg('wide.svg', Buffer.from(`\ufeff${text}`, 'utf16le')))
    expectColour(at(60, 28), [200, 50, 50])
    expectColour(at(70, 16), [128, 128, 128])
  })

  test('with letters of the shipped fonts, and pictures within it', async () => {
    const png = (
      await sharp({ create: { width: 4, height: 4, channels: 3, background: '#32c864' } })
        .png()
        .toBuffer()
    ).toString('base64')
    const inside = `<image width="32" height="32" href="data:image/png;base64,${png}"/><text x="34" y="28" font-size="30" fill="white">क</text>`
    const { first, at } = await overlaid(await svg('text.svg', inSvg(inside)))
    expectColour(at(16, 16), [50, 200, 100])
    const ink = Array.from({ length: 30 * 32 }, (_, index) =>
      first ? rgbAt(first, 34 + (index % 30), Math.floor(index / 30)) : [0, 0, 0],
    )
    expect(ink.filter(([red]) => red > 200).length).toBeGreaterThan(30)
  })

  test('as a watermark, and as a clip that is as sharp as the material', async () => {
    const path = await svg('mark.svg', inSvg(HALVES))
    const mark = watermark({
      watermark_path: 'image',
      position: 'top-left',
      margin: 0,
      opacity: 1,
      width: 128,
    })
    const { path: marked } = await studio.render([mark], { video: clip, assets: { image: path } })
    expectColour(middle((await decodeRgb(marked)).at(-1)), [128, 128, 128])
    const joining: ConcatOperation = {
      ...{
        type: 'concat',
        videos: [{ image: 'image', duration: 0.5 }],
        position: 'after',
        transition: 'none',
      },
      ...{ transition_duration: 1, fit: 'pad', color: 'white' },
    }
    const { path: joined } = await studio.render([joining], { video: clip, assets: { image: path } })
    const pictures = await decodeRgb(joined)
    expect(pictures).toHaveLength(25)
    const last = pictures[24]
    expectColour(last ? rgbAt(last, 156, 90) : [0, 0, 0], [200, 50, 50])
    expectColour(last ? rgbAt(last, 164, 90) : [0, 0, 0], [152, 178, 228])
  })

  test('as the material of an edit', async () => {
    const path = await svg('film.svg', inSvg(HALVES))
    const { path: film } = await filmOf(studio, shown(0.5), { video: path })
    const pictures = await decodeRgb(film)
    expect(pictures).toHaveLength(15)
    expectColour(pictures[14] ? rgbAt(pictures[14], 16, 16) : [0, 0, 0], [200, 50, 50])
  })

  test.each<[string, Operation[], OutputRequest | null]>([
    ['resized', [{ type: 'resize', width: 640, height: null, fit: 'fit' }], null],
    [
      'resized behind a gain',
      [{ type: 'mute' }, { type: 'resize', width: 640, height: 320, fit: 'fill' }],
      null,
    ],
    ['in a rendition', [], { renditions: [{ name: 'large', width: 640 }] }],
  ])(
    'as material that is %s it is drawn at the size that is shown, with sharp edges',
    async (_, operations, output) => {
      const path = await svg('large-film.svg', inSvg(HALVES))
      const edit: Edit = { operations, output, image: { duration: 0.2 } }
      const { warnings } = compile(edit, await studio.survey({ video: path }))
      expect(warnings.map(({ code }) => code)).not.toContain('upscaled')
      const [file] = await studio.renderEdit(edit, { video: path })
      const [first] = await decodeRgb(file?.path ?? '')
      expect([first?.width, first?.height]).toEqual([640, 320])
      // Ten times as large, a picture of 64×32 would be blurred for ten pixels.
      if (!first) throw new Error('no picture')
      expectColour(rgbAt(first, 316, 160), [200, 50, 50])
      expectColour(rgbAt(first, 323, 160), [25, 50, 100])
    },
  )
})

const uses = Array.from(
  { length: 40 },
  (_, n) => `<g id="u${n + 1}"><use href="#u${n}"/><use href="#u${n}"/></g>`,
).join('')
const entities = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};&e${n};">`).join('')

describe('an SVG is refused', () => {
  test.each<[string, string, RegExp]>([
    [
      'a file',
      inSvg('<image href="file:///etc/passwd" width="9" height="9"/>'),
      /refers to "file:\/\/\/etc\/passwd"/,
    ],
    [
      'a page',
      inSvg('<image xlink:href="https://example.com/x.png" width="9" height="9"/>'),
      /refers to "https:/,
    ],
    ['another drawing', inSvg("<use href='other.svg#a'/>"), /refers to "other\.svg#a"/],
    ['a drawing within', inSvg('<image href="data:image/svg+xml,x"/>'), /refers to "data:image\/svg/],
    ['a style sheet', inSvg('<style>@import "x.css"; a { fill: url(#own) }</style>'), /refers to "x\.css"/],
    ['a fill', inSvg('<rect fill="url(http://x/y#z)"/>'), /refers to "http:\/\/x\/y#z"/],
    [
      'an entity of a file',
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${inSvg('&x;')}`,
      /refers to/,
    ],
    [
      'entities without end',
      `<!DOCTYPE svg [<!ENTITY e0 "ha">${entities}]>${inSvg('<text>&e30;</text>')}`,
      /cannot be read: .*entity/,
    ],
    [
      'uses without end',
      inSvg(`<defs><rect id="u0" width="9" height="9"/>${uses}</defs><use href="#u40"/>`),
      /too many parts/,
    ],
    ['a size without end', inSvg('', 'width="100000" height="100000"'), /million pixels|cannot be read/],
    ['what is no XML', '<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>', /cannot be read/],
  ])('that has %s', { timeout: 60_000 }, async (_, text, message) => {
    const path = await svg('bad.svg', text)
    await expect(
      describeAsset({ prober: createProber(studio.tools()), read: runReadTask }, 'bad.svg', path),
    ).rejects.toMatchObject({
      code: 'unsupported-media',
      message: expect.stringMatching(message) as string,
    })
  })
})
