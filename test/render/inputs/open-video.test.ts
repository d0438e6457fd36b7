import { describe, expect, test } from 'vitest'
import { decodeRgb, type Picture, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { turnArgs } from '../../support/pictures/turned.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

/** The left half is red, the right half dark: a rotation shows by where they are. */
const HALVES = 'color=black:s=320x180:r=25:d=0.2,drawbox=w=160:h=180:color=red:t=fill'

async function firstRgb(path: string): Promise<Picture> {
  const [picture] = await decodeRgb(path)
  if (!picture) throw new Error(`${path} has no frames`)
  return picture
}

function isRed(picture: Picture, x: number, y: number): boolean {
  const [red, green] = rgbAt(picture, x, y)
  return red > 180 && green < 60
}

test.each([
  [90, 180, 320, [90, 40], [90, 280]],
  [180, 320, 180, [280, 90], [40, 90]],
  [270, 180, 320, [90, 280], [90, 40]],
] as const)('a source rotated by %i° comes out upright at %ix%i', async (turn, width, height, red, dark) => {
  const flat = await studio.make(`flat-${turn}.mp4`, ...lavfi(HALVES), ...H264)
  const { path, facts } = await studio.render([], {
    video: await studio.make(`turned-${turn}.mp4`, ...(await turnArgs(flat, turn))),
  })
  const picture = await firstRgb(path)
  expect([picture.width, picture.height]).toEqual([width, height])
  expect(facts.video?.rotation).toBe(0)
  expect(isRed(picture, red[0], red[1])).toBe(true)
  expect(isRed(picture, dark[0], dark[1])).toBe(false)
})

test('a portrait source keeps its size', async () => {
  const video = await studio.make('portrait.mp4', ...lavfi('testsrc2=s=180x320:d=0.2'), ...H264)
  const { facts } = await studio.render([], { video })
  expect(facts.video).toMatchObject({ width: 180, height: 320 })
})

test.each([
  ['2/1', '160x180'],
  ['1/2', '320x90'],
  ['4/3', '240x180'],
])('pixels of %s are made square: %s comes out as 320x180', async (sar, size) => {
  const graph = `color=black:s=${size}:r=25:d=0.2,drawbox=w=iw/2:h=ih:color=red:t=fill,setsar=${sar}`
  const video = await studio.make(`sar-${size}.mp4`, ...lavfi(graph), ...H264)
  const { path, facts } = await studio.render([], { video })
  expect(facts.video).toMatchObject({ codedWidth: 320, codedHeight: 180, sampleAspect: { num: 1, den: 1 } })
  const picture = await firstRgb(path)
  expect(isRed(picture, 150, 90)).toBe(true)
  expect(isRed(picture, 170, 90)).toBe(false)
})

test('rotated pixels that are not square come out right', async () => {
  const wide = `color=black:s=160x180:r=25:d=0.2,drawbox=w=80:h=180:color=red:t=fill,setsar=2/1`
  const flat = await studio.make('wide.mp4', ...lavfi(wide), ...H264)
  const { path } = await studio.render([], {
    video: await studio.make('wide-turned.mp4', ...(await turnArgs(flat, 90))),
  })
  const picture = await firstRgb(path)
  expect([picture.width, picture.height]).toEqual([180, 320])
  expect(isRed(picture, 90, 150)).toBe(true)
  expect(isRed(picture, 90, 170)).toBe(false)
})

test('odd sides become even ones, by less than a pixel', async () => {
  const yuv444 = [...lavfi('testsrc2=s=319x179:d=0.2,format=yuv444p'), ...H264]
  const { facts } = await studio.render([], { video: await studio.make('odd.mp4', ...yuv444) })
  expect(facts.video).toMatchObject({ width: 320, height: 180 })
})

const COLOR = [0xc0, 0x70, 0x30] as const

function rgbSource(size: string): string {
  return `color=0xc07030:s=${size}:r=25:d=0.2,format=rgb24`
}

describe.each(['320x180', '1280x720'])('colours are kept at %s', (size) => {
  const matrix = size === '320x180' ? 'bt601' : 'bt709'
  test.each([
    ['untagged', `scale=out_color_matrix=${matrix},format=yuv420p`, 'mp4', []],
    ['full range', `scale=out_color_matrix=${matrix}:out_range=pc,format=yuvj420p`, 'mp4', []],
    ['BT.601', 'scale=out_color_matrix=bt601,format=yuv420p', 'mp4', ['-colorspace', 'smpte170m']],
    ['BT.709', 'scale=out_color_matrix=bt709,format=yuv420p', 'mp4', ['-colorspace', 'bt709']],
    [
      'BT.2020, 10 bit',
      'scale=out_color_matrix=bt2020,format=yuv420p10le',
      'mp4',
      ['-colorspace', 'bt2020nc'],
    ],
    ['4:4:4', `scale=out_color_matrix=${matrix},format=yuv444p`, 'mkv', []],
  ] as const)('of a source that is %s', async (kind, filter, container, tags) => {
    const name = `${kind.replace(/\W/g, '')}-${size}.${container}`
    const video = await studio.make(name, ...lavfi(`${rgbSource(size)},${filter}`), ...H264, ...tags)
    const picture = await firstRgb((await studio.render([], { video })).path)
    rgbAt(picture, 100, 100).forEach((value, channel) => {
      expect(Math.abs(value - Number(COLOR[channel]))).toBeLessThanOrEqual(6)
    })
  })

  test.each([
    ['lossless RGB', 'mkv', ['-c:v', 'ffv1', '-pix_fmt', 'bgr0']],
    ['H.264 in RGB', 'mp4', ['-c:v', 'libx264rgb', '-qp', '0', '-preset', 'ultrafast']],
    ['GIF', 'gif', ['-vf', 'split[a][b];[a]palettegen[p];[b][p]paletteuse']],
  ] as const)('of a source that is %s', async (kind, container, codec) => {
    const name = `${kind.replace(/\W/g, '')}-${size}.${container}`
    const video = await studio.make(name, ...lavfi(rgbSource(size)), ...codec)
    const picture = await firstRgb((await studio.render([], { video })).path)
    rgbAt(picture, 100, 100).forEach((value, channel) => {
      expect(Math.abs(value - Number(COLOR[channel]))).toBeLessThanOrEqual(6)
    })
  })
})
