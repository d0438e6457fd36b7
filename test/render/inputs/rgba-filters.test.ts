import { beforeAll, describe, expect, test } from 'vitest'
import { decodeRgb, type Picture, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay, videoOverlay } from '../../support/overlays.js'
import { setOrientation } from '../../support/pictures/photo.js'
import { turnArgs } from '../../support/pictures/turned.js'
import { compile, useStudio } from '../../support/render.js'

const studio = useStudio()
let blue = ''

/** Red; its left third is transparent, its middle third half transparent. */
const ALPHA = 'if(lt(X,32),0,if(lt(X,64),128,255))'
const SOURCE = `color=red:s=96x48:r=25:d=0.2,format=rgba,geq=r=255:g=0:b=0:a='${ALPHA}'`

const CLIPS = {
  'vp9.webm': ['-vf', 'format=yuva420p', '-c:v', 'libvpx-vp9', '-crf', '10', '-b:v', '0', '-cpu-used', '8'],
  'vp8.webm': ['-vf', 'format=yuva420p', '-c:v', 'libvpx', '-crf', '4', '-b:v', '4M', '-auto-alt-ref', '0'],
  'animation.mov': ['-c:v', 'qtrle'],
  'png.mov': ['-c:v', 'png'],
  'prores.mov': ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le'],
} as const

const paths: Record<string, string> = {}

beforeAll(async () => {
  blue = await studio.make('blue.mp4', ...lavfi('color=blue:s=128x64:r=25:d=0.2'), ...H264)
  for (const [name, codec] of Object.entries(CLIPS)) {
    paths[name] = await studio.make(name, ...lavfi(SOURCE), ...codec)
  }
}, 60_000)

async function last(file: string): Promise<Picture> {
  const picture = (await decodeRgb(file)).at(-1)
  if (!picture) throw new Error('no frames')
  return picture
}

/** The colours of the three thirds, in eighths. */
function thirds(picture: Picture, left = 0): string[] {
  return [16, 48, 80].map((x) =>
    rgbAt(picture, left + x, 24)
      .map((value) => Math.round(value / 32))
      .join(' '),
  )
}

describe.each(Object.keys(CLIPS))('%s', (name) => {
  test('shows the picture below where it is transparent', async () => {
    const op = videoOverlay({ content: 'clip', position_x: 10, position_y: 4 })
    const files = { video: blue, assets: { clip: paths[name] ?? '' } }
    const { path } = await studio.render([op], files)
    expect(thirds(await last(path), 10)).toEqual(['0 0 8', '4 0 4', '8 0 0'])
  })

  test('is shown on black when it is edited itself, with a warning', async () => {
    const files = { video: paths[name] ?? '' }
    const plan = compile({ operations: [], output: null }, await studio.survey(files))
    expect(plan.warnings.map(({ code }) => code)).toContain('alpha-flattened')
    const [file] = await studio.renderEdit({ operations: [], output: null }, files)
    expect(thirds(await last(file?.path ?? ''))).toEqual(['0 0 0', '4 0 0', '8 0 0'])
  })
})

test('a transparent picture stays transparent when it is scaled and rotated', async () => {
  const op = videoOverlay({ content: 'clip', width: 48, rotation: 90, position_x: 10, position_y: 4 })
  const { path } = await studio.render([op], { video: blue, assets: { clip: paths['vp9.webm'] ?? '' } })
  const picture = await last(path)
  const found = [8, 24, 40].map((y) =>
    rgbAt(picture, 22, 4 + y)
      .map((value) => Math.round(value / 32))
      .join(' '),
  )
  expect(found).toEqual(['0 0 8', '4 0 4', '8 0 0'])
})

describe('an overlay is shown as its file asks', () => {
  /** White on the left, black on the right, as stored. */
  const HALVES = 'color=white:s=64x32:r=25:d=0.2,drawbox=x=32:w=32:h=32:color=black:t=fill'

  test('upright, when it is stored rotated', async () => {
    const stored = await studio.make('stored.mp4', ...lavfi(HALVES), ...H264)
    const clip = await studio.make('turned.mp4', ...(await turnArgs(stored, 90)))
    const files = { video: blue, assets: { clip } }
    const picture = await last((await studio.render([videoOverlay({ content: 'clip' })], files)).path)
    // The picture is 32×64, and what was on the left is on top.
    const found = [10, 50].flatMap((y) => [10, 26].map((x) => rgbAt(picture, x, y)[0] > 128))
    expect(found).toEqual([true, true, false, false])
    expect(rgbAt(picture, 40, 10)[0]).toBeLessThan(60)
  })

  test('upright, when it is a photo that says how to rotate it', async () => {
    const stored = await studio.make('photo.jpg', ...lavfi(HALVES), '-frames:v', '1')
    const files = { video: blue, assets: { photo: await setOrientation(stored, 6) } }
    const op = imageOverlay({ content: 'photo', anchor: 'right' })
    const picture = await last((await studio.render([op], files)).path)
    const found = [10, 50].flatMap((y) => [102, 120].map((x) => rgbAt(picture, x, y)[0] > 128))
    expect(found).toEqual([true, true, false, false])
    expect(rgbAt(picture, 90, 10)[0]).toBeLessThan(60)
  })

  test('with square pixels, when its own are wide', async () => {
    const clip = await studio.make('wide.mp4', ...lavfi(`${HALVES},setsar=2`), ...H264)
    const files = { video: blue, assets: { clip } }
    const picture = await last((await studio.render([videoOverlay({ content: 'clip' })], files)).path)
    expect([10, 54, 74, 118].map((x) => rgbAt(picture, x, 10).map((value) => value > 128))).toEqual([
      ...[
        [true, true, true],
        [true, true, true],
        [false, false, false],
        [false, false, false],
      ],
    ])
  })

  test('in standard range, when it is HDR', async () => {
    // A highlight in PQ; if it were taken for BT.709, it would become the gray 200.
    const clip = await studio.make(
      'hdr.mp4',
      ...lavfi('color=white:s=64x32:r=25:d=0.2,format=gray10,geq=lum=800,format=yuv420p10le'),
      ...['-c:v', 'libx265', '-x265-params'],
      'log-level=error:lossless=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
    )
    const files = { video: blue, assets: { clip } }
    const [over] = await Promise.all([studio.render([videoOverlay({ content: 'clip' })], files)])
    const [alone] = await studio.renderEdit({ operations: [], output: null }, { video: clip })
    const [laid, edited] = [await last(over.path), await last(alone?.path ?? '')]
    rgbAt(edited, 30, 15).forEach((value, channel) => {
      expect(Math.abs(value - Number(rgbAt(laid, 30, 15)[channel]))).toBeLessThanOrEqual(6)
      expect(Math.abs(value - 200)).toBeGreaterThan(15)
    })
  })
})

test('a very large image is shown in its place when it is scaled down', async () => {
  const large = await studio.make(
    ...['large.png', ...lavfi('color=white:s=3000x1500,format=rgb24'), '-frames:v', '1'],
  )
  const op = imageOverlay({ content: 'large', width: '50%', anchor: 'center' })
  const picture = await last((await studio.render([op], { video: blue, assets: { large } })).path)
  expect([30, 34, 94, 98].map((x) => rgbAt(picture, x, 32)[0] > 128)).toEqual([false, true, true, false])
})
