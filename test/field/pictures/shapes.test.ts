import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compilePoster } from '../../../src/plan/derive/upload-poster.js'
import { fieldFile } from '../../support/field-file.js'
import { decodeRgb, type Picture, type Rgb, rgbAt } from '../../support/frames.js'
import { AAC, H264, lavfi } from '../../support/lavfi.js'
import { compile, useStudio } from '../../support/render.js'

const studio = useStudio()

async function warningsOf(video: string): Promise<string[]> {
  const plan = compile({ operations: [], output: null }, await studio.survey({ video }))
  return plan.warnings.map(({ code }) => code)
}

async function posterOf(path: string): Promise<Picture | undefined> {
  const { video } = await studio.survey({ video: path })
  if (!video.facts.video) throw new Error('no picture')
  const pass = compilePoster(video, video.facts.video)
  return (await decodeRgb(await studio.runPass(pass, 'poster.jpg')))[0]
}

describe('files of calls', () => {
  test('a picture that is turned early is usable: shown whole, with a poster', async () => {
    const video = await fieldFile(studio, 'webm-turned-midway-crash.webm')
    const poster = await posterOf(video)
    expect([poster?.width, poster?.height]).toEqual([360, 640])
    expect(await warningsOf(video)).toContain('size-changes')
    const { facts, path, warnings } = await studio.render([], { video })
    expect(facts.video).toMatchObject({ width: 360, height: 640, frameCount: 120 })
    expect(warnings).toEqual([])
    const [turned] = (await decodeRgb(path)).slice(-1)
    if (!turned) throw new Error('no frame')
    // 640×360 within a width of 360 is 202 high: the rest is border.
    expect([rgbAt(turned, 180, 100), rgbAt(turned, 180, 540)]).toEqual([BLACK, BLACK])
  })

  test('a picture that begins small has the size of most of it', async () => {
    const video = await fieldFile(studio, 'webm-size-ramps-up.webm')
    const { facts } = await studio.render([], { video })
    expect(facts.video).toMatchObject({ width: 1280, height: 720, frameCount: 120 })
    expect(await warningsOf(video)).toContain('size-changes')
  })
})

const BLACK: Rgb = [0, 0, 0]

interface Part {
  readonly size: string
  readonly seconds: number
  readonly filters?: string
  readonly form?: string
}

/** A white picture with a red left half and a green right half is easy to find. */
async function makeParts(name: string, parts: readonly Part[], coding: readonly string[]): Promise<string> {
  let at = 0
  const bytes: Buffer[] = []
  for (const [index, { size, seconds, filters = 'null', form = 'yuv420p' }] of parts.entries()) {
    const picture = `color=red:s=${size}:r=25:d=${seconds},drawbox=x=iw/2:c=lime:t=fill,${filters},format=${form}`
    const path = await studio.make(
      ...([
        `${name}-${index}.ts`,
        ...lavfi(picture),
        ...lavfi(`sine=d=${seconds}`),
        ...coding,
        ...AAC,
      ] as const),
      ...['-output_ts_offset', String(at), '-muxdelay', '0'],
    )
    bytes.push(await readFile(path))
    at += seconds
  }
  const path = join(studio.dir(), 'files', `${name}.ts`)
  await writeFile(path, Buffer.concat(bytes))
  return path
}

/** Left, right, top, bottom edge of what is not black in the middle row and column. */
function edges(picture: Picture | undefined): number[] {
  if (!picture) return []
  const { width, height } = picture
  const isLit = (x: number, y: number) => Math.max(...rgbAt(picture, x, y)) > 40
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) => isLit(x, height >> 1))
  const rows = Array.from({ length: height }, (_, y) => y).filter((y) => isLit(Math.floor(width * 0.45), y))
  return [columns[0] ?? NaN, (columns.at(-1) ?? NaN) + 1, rows[0] ?? NaN, (rows.at(-1) ?? NaN) + 1]
}

const REALTIME = ['-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M']
const OPUS = ['-c:a', 'libopus']

/** Other containers, without encoding anew. */
async function joinCopies(name: string, coding: readonly string[]): Promise<string> {
  const parts: string[] = []
  for (const [index, size] of ['320x180', '180x320', '160x120'].entries()) {
    const seconds = index === 0 ? 3 : 1
    const picture = `color=red:s=${size}:r=25:d=${seconds},drawbox=x=iw/2:c=lime:t=fill,format=yuv420p`
    const inputs = [...lavfi(picture), ...lavfi(`sine=d=${seconds}`)]
    parts.push(await studio.make(`${index}-${name}`, ...inputs, ...coding))
  }
  const list = join(studio.dir(), `${name}.txt`)
  await writeFile(list, parts.map((path) => `file '${path}'\n`).join(''))
  return studio.make(name, '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy')
}

test.each<[string, readonly string[]]>([
  ['vp9.webm', ['-c:v', 'libvpx-vp9', ...REALTIME, ...OPUS]],
  ['vp8.mkv', ['-c:v', 'libvpx', ...REALTIME, ...OPUS]],
  ['av1.mkv', ['-c:v', 'libsvtav1', '-preset', '12', ...OPUS]],
  ['h264.mkv', [...H264, '-bf', '0', ...AAC]],
  ['h264.flv', [...H264, '-bf', '0', ...AAC, '-ar', '44100']],
  ['h265.ts', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', ...AAC]],
])(
  'a picture of three sizes in %s is padded into that which most of it has',
  { timeout: 90_000 },
  async (name, coding) => {
    const video = await joinCopies(name, coding)
    expect(await warningsOf(video)).toContain('size-changes')
    const { facts, path, warnings } = await studio.render([], { video })
    expect(facts.video).toMatchObject({ width: 320, height: 180 })
    expect(warnings).toEqual([])
    const pictures = await decodeRgb(path)
    expect(Math.abs(pictures.length - 125)).toBeLessThanOrEqual(1)
    const rounded = (index: number) => edges(pictures[index]).map((edge) => Math.round(edge / 4))
    expect([rounded(30), rounded(88), rounded(115)]).toEqual([
      [0, 80, 0, 45],
      [27, 53, 0, 45],
      [10, 70, 0, 45],
    ])
  },
)

const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'] as const
const MPEG2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-g', '12']

describe('MPEG-TS', () => {
  test.each([
    ['h264', [...H264, '-bf', '0']],
    ['mpeg2', MPEG2],
  ])('of %s: landscape, then upright, is padded', async (codec, coding) => {
    const parts = [
      { size: '320x180', seconds: 2 },
      { size: '180x320', seconds: 1 },
    ]
    const video = await makeParts(`turned-${codec}`, parts, coding)
    const { facts, path } = await studio.render([], { video })
    expect(facts.video).toMatchObject({ width: 320, height: 180 })
    const pictures = await decodeRgb(path)
    expect(edges(pictures[10])).toEqual([0, 320, 0, 180])
    // 180×320 within a height of 180 is 102 wide.
    expect(edges(pictures.at(-3)).map((edge) => Math.round(edge / 4))).toEqual([27, 53, 0, 45])
    expect(await warningsOf(video)).toContain('size-changes')
  })

  test('a trim of the part of another size is padded alike', async () => {
    const parts = [
      { size: '320x180', seconds: 3 },
      { size: '180x320', seconds: 2 },
    ]
    const video = await makeParts('turned-trim', parts, [...H264, '-bf', '0'])
    const trim = { type: 'trim', start_time: 3.5, end_time: 4.5, mode: 'exact' } as const
    const pictures = await decodeRgb((await studio.render([trim], { video })).path)
    expect(pictures).toHaveLength(25)
    for (const picture of pictures)
      expect(edges(picture).map((edge) => Math.round(edge / 4))).toEqual([27, 53, 0, 45])
  })

  test('a change of the shape of the pixels is told, and most of the film decides: 16:9, then 4:3', async () => {
    const parts = [
      { size: '352x288', seconds: 1.2, filters: 'setsar=12/11' },
      { size: '352x288', seconds: 3, filters: 'setsar=16/11' },
    ]
    const video = await makeParts('aspect', parts, MPEG2)
    const { facts, path } = await studio.render([], { video })
    expect(facts.video).toMatchObject({ width: 512, height: 288 })
    expect(edges((await decodeRgb(path)).at(-3))).toEqual([0, 512, 0, 288])
    expect(await warningsOf(video)).toContain('size-changes')
  })

  test.each<[string, readonly [string, string], readonly string[]]>([
    ['h264-444', ['yuv420p', 'yuv444p'], [...H264, '-bf', '0']],
    ['h264-deep', ['yuv420p', 'yuv420p10le'], [...H264, '-bf', '0']],
    ['h265-shallow', ['yuv420p10le', 'yuv420p'], X265],
  ])('a change of the pixel format keeps colours: %s', async (name, forms, coding) => {
    const video = await makeParts(
      name,
      forms.map((form) => ({ size: '320x180', seconds: 1, form })),
      coding,
    )
    expect(await warningsOf(video)).not.toContain('size-changes')
    const { path, warnings } = await studio.render([], { video })
    expect(warnings).toContainEqual({
      code: 'pixel-form-changes',
      message: `files/${name}.ts changes its bit depth, colour sampling or colour tags: all of it is brought to one form.`,
    })
    expect(warnings.map(({ code }) => code)).not.toContain('size-changes')
    const pictures = await decodeRgb(path)
    for (const picture of [pictures[10], pictures[40]]) {
      expect(picture && rgbAt(picture, 60, 90)[0]).toBeGreaterThan(245)
      expect(picture && rgbAt(picture, 260, 90)[1]).toBeGreaterThan(245)
    }
  })
})
