import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SubtitlesOperation } from '../../../src/edit/operations/subtitles.js'
import { type Box, decodeGray, decodeRgb, differenceBox, type Picture, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { ass, burned, srt } from '../../support/subtitles.js'

const studio = useStudio()
const clips = { '25': '', ntsc: '', sd: '', hd: '' }
type Clip = keyof typeof clips
const plain = new Map<Clip, Picture[]>()

beforeAll(async () => {
  const gray = (name: string, size: string, rate: string, sec: number) =>
    studio.make(`${name}.mp4`, ...lavfi(`color=0x404040:s=${size}:r=${rate}:d=${sec}`), ...H264)
  clips['25'] = await gray('25', '160x90', '25', 2)
  clips.ntsc = await gray('ntsc', '160x90', '30000/1001', 2)
  clips.sd = await gray('sd', '320x180', '25', 0.12)
  clips.hd = await gray('hd', '1280x720', '25', 0.04)
  for (const clip of ['25', 'ntsc'] as const) {
    plain.set(clip, await decodeGray((await studio.render([], { video: clips[clip] })).path))
  }
  for (const clip of ['sd', 'hd'] as const) {
    plain.set(clip, await decodeRgb((await studio.render([], { video: clips[clip] })).path))
  }
})

async function burn(
  clip: Clip,
  name: string,
  text: string,
  fields: Partial<SubtitlesOperation> = {},
): Promise<string> {
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, text)
  const { path: result } = await studio.render([burned(name, fields)], {
    video: clips[clip],
    assets: { [name]: path },
  })
  return result
}

/** Frames with text, as ranges [first, last]. */
async function framesOf(clip: Clip, name: string, text: string, fields: Partial<SubtitlesOperation> = {}) {
  const bare = plain.get(clip) ?? []
  const drawn = await decodeGray(await burn(clip, name, text, { font_size: 30, ...fields }))
  expect(drawn).toHaveLength(bare.length)
  const ranges: [number, number][] = []
  drawn.forEach((picture, index) => {
    const background = bare[index]
    if (!background || !differenceBox(picture, background, 60)) return
    const last = ranges.at(-1)
    if (last?.[1] === index - 1) last[1] = index
    else ranges.push([index, index])
  })
  return ranges
}

async function pictureOf(
  clip: 'sd' | 'hd',
  name: string,
  text: string,
  fields: Partial<SubtitlesOperation> = {},
) {
  const [picture] = await decodeRgb(await burn(clip, name, text, fields))
  const [background] = plain.get(clip) ?? []
  if (!picture || !background) throw new Error('no frames')
  return { picture, box: differenceBox(picture, background, 40) }
}

async function inkOf(name: string, text: string, fields: Partial<SubtitlesOperation> = {}): Promise<Box> {
  const { box } = await pictureOf('sd', name, text, fields)
  if (!box) throw new Error('nothing was drawn')
  return box
}

describe('a cue is on the frames that start within its times', () => {
  const CUES = srt([0.04, 0.08, 'H'], [0.201, 0.399, 'H'], [0.6, 0.8, 'H'], [0.68, 1, 'MMM'], [1.96, 60, 'H'])
  test('in an SRT file at 25 frames a second', async () => {
    expect(await framesOf('25', 'a.srt', CUES)).toEqual([
      [1, 1],
      [6, 9],
      [15, 24],
      [49, 49],
    ])
  })

  test('at 30000/1001, to the millisecond', async () => {
    // Frame 30 starts at 1.001 s, frame 15 at 0.5005 s.
    const cues = srt([0.5, 1.001, 'H'], [1.034, 1.035, 'H'], [1.101, 1.102, 'H'])
    expect(await framesOf('ntsc', 'b.srt', cues)).toEqual([
      [15, 29],
      [31, 31],
      [33, 33],
    ])
  })

  test('shifted by the offset and within the window of the operation', async () => {
    expect(await framesOf('25', 'a.srt', CUES, { offset: -0.2, start_time: 0.04, end_time: 0.6 })).toEqual([
      [1, 4],
      [10, 14],
    ])
    expect(await framesOf('25', 'a.srt', CUES, { offset: 1.001 })).toEqual([
      [27, 27],
      [31, 34],
      [41, 49],
    ])
  })

  test('in an ASS file, whose times are hundredths of a second', async () => {
    // Frames 30, 32 and 34 start at 1.001, 1.0677 and 1.1345 s.
    const events = ass(
      ['0:00:00.50', '0:00:01.01', 'H'],
      ['0:00:01.06', '0:00:01.07', 'H'],
      ['0:00:01.13', '0:00:01.14', 'H'],
    )
    const whole = [
      [15, 30],
      [32, 32],
      [34, 34],
    ]
    expect(await framesOf('ntsc', 'c.ass', events)).toEqual(whole)
    expect(await framesOf('ntsc', 'c.ass', events, { offset: -0.5, end_time: 0.6 })).toEqual([
      [0, 15],
      [17, 17],
    ])
  })

  test('and an animated event moves with every frame', async () => {
    const event = String.raw`{\an7\move(0,40,100,40,200,1200)}I`
    const file = await burn(
      '25',
      'd.ass',
      ass(['0:00:00.20', '0:00:01.60', event], ['0:00:01.60', '0:00:01.80', 'H']),
    )
    const pictures = await decodeGray(file)
    const bare = plain.get('25') ?? []
    const lefts = pictures.map((picture, index) => {
      const background = bare[index]
      return background && (differenceBox(picture, background, 60)?.left ?? null)
    })
    const moving = lefts.slice(10, 35).map((left, index) => (left ?? NaN) - (lefts[10] ?? NaN) - 2 * index)
    expect(Math.max(...moving.map(Math.abs))).toBeLessThanOrEqual(2)
    expect([lefts[4], lefts[5] === null, lefts[40] === null, lefts[45]]).toEqual([null, false, false, null])
  })
})

test('an event that fades is drawn for each frame of its fades, and once in between', async () => {
  const bar = String.raw`{\an5\fs300\fad(200,400)}l`
  const file = await burn('25', 'fade.ass', ass(['0:00:00.20', '0:00:01.60', bar]))
  const brightness = (await decodeGray(file)).map((picture) => Math.max(...picture.data))
  const [ground = NaN, full = NaN] = [brightness[0], brightness[20]]
  expect(full - ground).toBeGreaterThan(150)
  const share = brightness.map((value) => (value - ground) / (full - ground))
  const wanted = (frame: number) => Math.max(0, Math.min(1, (frame - 5) / 5, (40 - frame) / 10))
  share.forEach((value, frame) => expect(Math.abs(value - wanted(frame))).toBeLessThan(0.06))
})

/** The colour in the middle of the letter l, or in a box. */
async function colourOf(clip: 'sd' | 'hd', name: string, text: string, fields: Partial<SubtitlesOperation>) {
  const { picture, box } = await pictureOf(clip, name, text, fields)
  if (!box) throw new Error('nothing was drawn')
  return rgbAt(picture, (box.left + box.right) >> 1, (box.top + box.bottom) >> 1)
}

function expectColour(shown: readonly number[], wanted: readonly number[]): void {
  shown.forEach((value, channel) => expect(Math.abs(value - (wanted[channel] ?? NaN))).toBeLessThanOrEqual(6))
}

describe.each(['sd', 'hd'] as const)('colours on %s pictures are right:', (clip) => {
  const BAR = { font_size: 160, outline_width: 0 }
  test.each([
    ['#ff0000', 'l', [255, 0, 0]],
    ['#00ff00', 'l', [0, 255, 0]],
    ['#0000ff80', 'l', [32, 32, 160]],
    ['white', '<font color="#ffff00">l</font>', [255, 255, 0]],
    ['white', '<font color=Tomato>l', [255, 99, 71]],
  ])('for %s and %s', async (font_color, text, wanted) => {
    expectColour(await colourOf(clip, 'colour.srt', srt([0, 9, text]), { ...BAR, font_color }), wanted)
  })

  test('for a class of WebVTT, an ASS file and a box', async () => {
    const vtt = 'WEBVTT\n\n00:00.000 --> 00:09.000\n<c.magenta>l</c>\n'
    expectColour(await colourOf(clip, 'colour.vtt', vtt, BAR), [255, 0, 255])
    const half = ass(['0:00:00.00', '0:00:09.00', String.raw`{\fs200\1c&H00FF00&\1a&H80&}l`])
    expectColour(await colourOf(clip, 'colour.ass', half, {}), [32, 159, 32])
    const box = { ...BAR, font_size: 40, font_color: '#ff0000', box_color: '#ff0000c0' }
    expectColour(await colourOf(clip, 'colour.srt', srt([0, 9, 'l']), box), [255, 0, 0])
    const { picture, box: extent } = await pictureOf(clip, 'colour.srt', srt([0, 9, 'l']), box)
    expectColour(rgbAt(picture, (extent?.left ?? 0) + 4, (extent?.top ?? 0) + 4), [207, 16, 16])
  })
})

test('cues that overlap stand above each other', async () => {
  const [one, two] = [
    await inkOf('one.srt', srt([0, 9, 'H'])),
    await inkOf('two.srt', srt([0, 9, 'H'], [0, 9, 'H'])),
  ]
  expect(two.bottom).toBe(one.bottom)
  expect(two.top).toBeLessThan(one.top - 8)
})

describe('a cue is', () => {
  const vtt = (settings: string) => `WEBVTT\n\n00:00.000 --> 00:09.000 ${settings}\nHHH\n`
  test('an 18th of the picture high, a 20th above its bottom, in the middle', async () => {
    const { left, right, top, bottom } = await inkOf('x.srt', srt([0, 9, 'HHH']))
    expect(Math.abs(left + right - 320)).toBeLessThanOrEqual(2)
    expect(bottom).toBeGreaterThan(160)
    expect(bottom).toBeLessThanOrEqual(171)
    // Capitals are 0.714 em high, and the font has 10 px; the outline adds a little.
    expect(bottom - top).toBeGreaterThanOrEqual(7)
    expect(bottom - top).toBeLessThanOrEqual(10)
  })

  test('at the top when the edit or the file says so', async () => {
    const tops = [
      await inkOf('x.srt', srt([0, 9, 'HHH']), { position: 'top', margin: 20 }),
      await inkOf('x.srt', srt([0, 9, String.raw`{\an8}HHH`]), { margin: 20 }),
      await inkOf('x.vtt', vtt('line:10%'), { margin: 20 }),
      await inkOf('x.vtt', vtt('line:0'), { margin: 20 }),
    ]
    const [first, ...others] = tops
    expect(first?.top).toBeGreaterThanOrEqual(20)
    expect(first?.top).toBeLessThan(30)
    for (const other of others) expect(other).toEqual(first)
    const below = await inkOf('x.vtt', vtt('line:-1'), { position: 'top', margin: 20 })
    expect(below.top).toBeGreaterThan(140)
  })

  test('at a side when its alignment and position say so', async () => {
    expect((await inkOf('x.vtt', vtt('align:left'))).left).toBeLessThan(25)
    expect((await inkOf('x.vtt', vtt('align:start position:50%'))).left).toBeGreaterThanOrEqual(159)
    expect((await inkOf('x.vtt', vtt('align:end'))).right).toBeGreaterThan(295)
    expect((await inkOf('x.srt', srt([0, 9, String.raw`{\an1}HHH`]))).left).toBeLessThan(25)
  })

  test('bold, slanted or underlined when its tags say so, and wide enough for it', async () => {
    const base = await inkOf('x.srt', srt([0, 9, 'HIH']), { font_size: 60, outline_width: 0 })
    const styled = async (text: string, fields: Partial<SubtitlesOperation> = {}) =>
      inkOf('x.srt', srt([0, 9, text]), { font_size: 60, outline_width: 0, ...fields })
    expect(await styled('<c>H</c>I<lang en>H')).toEqual(base)
    expect((await styled('<i>HIH</i>')).right).toBeGreaterThan(base.right)
    expect((await styled('<u>HIH</u>')).bottom).toBeGreaterThan(base.bottom + 2)
    expect(await styled('<b>HIH</b>')).toEqual(await styled('HIH', { bold: true }))
    expect(await styled('<b>HIH</b>')).not.toEqual(base)
  })
})
