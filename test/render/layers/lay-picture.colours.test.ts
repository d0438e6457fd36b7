import { beforeAll, describe, expect, test } from 'vitest'
import type { ImageOverlay } from '../../../src/edit/operations/overlay.js'
import type { WatermarkOperation } from '../../../src/edit/operations/watermark.js'
import { decodeRgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay } from '../../support/overlays.js'
import { MARK } from '../../support/plan-facts.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

function image(content: string, x: number, y: number): ImageOverlay {
  return imageOverlay({ content, position_x: x, position_y: y })
}

describe.each([
  ['SD', 320, 180],
  ['HD', 1280, 720],
])('on %s pictures', (_, width, height) => {
  const at = { x: 101, y: 61 }
  let video = ''
  beforeAll(async () => {
    video = await studio.make(
      `slate-${height}.mp4`,
      ...lavfi(`color=0x305090:s=${width}x${height}:r=25:d=0.04`),
      ...H264,
    )
  })

  async function shown(operation: ImageOverlay | WatermarkOperation, files: Record<string, string>) {
    const { path } = await studio.render([operation], { video, assets: files })
    const [picture] = await decodeRgb(path)
    if (!picture) throw new Error('no frames')
    return picture
  }

  test.each([
    ['0.1', 0.1],
    ['0.5', 0.5],
    ['1', 1],
  ])('an opacity of %s mixes the colours in that proportion', async (_name, opacity) => {
    const red = await studio.make(
      'red.png',
      ...lavfi('color=0xb04040:s=30x30,format=rgb24'),
      '-frames:v',
      '1',
    )
    const picture = await shown(
      { ...MARK, watermark_path: 'red.png', position: 'top-left', opacity },
      {
        'red.png': red,
      },
    )
    const plain = rgbAt(picture, 100, 100)
    rgbAt(picture, 25, 25).forEach((value, channel) => {
      const wanted = Number([0xb0, 0x40, 0x40][channel]) * opacity + Number(plain[channel]) * (1 - opacity)
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(6)
    })
  })

  test.each(['png', 'jpg', 'webp', 'gif-palette.png'])('an image in %s keeps its colour', async (kind) => {
    const codec = { jpg: ['-q:v', '1'], webp: ['-lossless', '1'] }[kind] ?? []
    const format = kind.startsWith('gif') ? 'pal8' : kind === 'jpg' ? 'yuvj444p' : 'rgb24'
    const source = lavfi(
      `color=0xe08020:s=40x40:d=0.04,format=rgb24,split[a][b];[a]palettegen[p];[b][p]paletteuse`,
    )
    const plain = lavfi(`color=0xe08020:s=40x40,format=rgb24,scale=out_range=pc,format=${format}`)
    const input = format === 'pal8' ? source : plain
    const logo = await studio.make(`orange-${height}.${kind}`, ...input, '-frames:v', '1', ...codec)
    const picture = await shown(image('logo', at.x, at.y), { logo })
    rgbAt(picture, at.x + 20, at.y + 20).forEach((value, channel) => {
      expect(Math.abs(value - Number([0xe0, 0x80, 0x20][channel]))).toBeLessThanOrEqual(6)
    })
  })

  test('transparent parts of an image show the picture', async () => {
    const graph = 'color=white:s=40x40,format=rgba,geq=r=255:g=255:b=255:a=if(lt(X\\,20)\\,0\\,128)'
    const logo = await studio.make(`half-${height}.png`, ...lavfi(graph), '-frames:v', '1')
    const picture = await shown(image('logo', at.x, at.y), { logo })
    const [clear, mixed] = [rgbAt(picture, at.x + 9, at.y + 20), rgbAt(picture, at.x + 31, at.y + 20)]
    const plain = rgbAt(picture, 5, 5)
    plain.forEach((value, channel) => {
      expect(Math.abs(Number(clear[channel]) - value)).toBeLessThanOrEqual(3)
      expect(Math.abs(Number(mixed[channel]) - (value + 255) / 2)).toBeLessThanOrEqual(6)
    })
  })
})
