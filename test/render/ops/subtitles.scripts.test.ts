import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { SubtitlesOperation } from '../../../src/edit/operations/subtitles.js'
import { decodeGray, differenceBox, firstGray, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'
import { ass, burned, srt } from '../../support/subtitles.js'

const studio = useStudio()
let clip = ''
let blank: Picture

beforeAll(async () => {
  clip = await studio.make('black.mp4', ...lavfi('color=black:s=320x180:r=25:d=1'), ...H264)
  blank = await firstGray((await studio.render([], { video: clip })).path)
})

const BIG = { font_size: 50, outline_width: 0 }

async function draw(name: string, text: string, fields: Partial<SubtitlesOperation> = {}): Promise<Picture> {
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, text)
  const files = { video: clip, assets: { [name]: path } }
  return firstGray((await studio.render([burned(name, { ...BIG, ...fields })], files)).path)
}

/** Each text on a frame of its own. */
async function drawCues(
  texts: readonly string[],
  fields: Partial<SubtitlesOperation> = {},
): Promise<Picture[]> {
  const path = join(studio.dir(), 'files', 'cues.srt')
  await writeFile(path, srt(...texts.map((text, index) => [index / 25, (index + 1) / 25, text] as const)))
  const files = { video: clip, assets: { 'cues.srt': path } }
  const { path: result } = await studio.render([burned('cues.srt', { ...BIG, ...fields })], files)
  return (await decodeGray(result)).slice(0, texts.length)
}

async function drawCue(text: string, fields: Partial<SubtitlesOperation> = {}): Promise<Picture> {
  const [picture] = await drawCues([text], fields)
  if (!picture) throw new Error('no frames')
  return picture
}

function ink(picture: Picture): { width: number; height: number } {
  const box = differenceBox(picture, blank, 60)
  return box ? { width: box.right - box.left, height: box.bottom - box.top } : { width: 0, height: 0 }
}

test.each([
  ['hi', 'नमस्ते'],
  ['ar', 'مرحبا'],
])('text in %s is set as a text overlay sets it: %s', async (language, word) => {
  const cue = ink(await drawCue(word, { language }))
  const overlay = textOverlay({ content: word, language, font_size: 50, position_x: 60, position_y: 20 })
  const text = ink(await firstGray((await studio.render([overlay], { video: clip })).path))
  expect(Math.abs(cue.width - text.width)).toBeLessThanOrEqual(2)
  expect(Math.abs(cue.height - text.height)).toBeLessThanOrEqual(2)
})

test('Hindi in an ASS file is shaped even if the fonts of the file are missing', async () => {
  const drawn = async (word: string) => ink(await draw('own.ass', ass(['0:00:00.00', '0:00:09.00', word])))
  const [joined, apart] = [await drawn('क्षि'), await drawn('क्\u200cषि')]
  expect(joined.width).toBeGreaterThan(10)
  expect(joined.width).toBeLessThan(apart.width - 4)
})

test('text that is no markup is drawn as it is written, on its line', async () => {
  const hostile = ['H<3 <>', 'H<x', 'H &bogus;', 'H{smile}', 'H\\N', 'H &#123;\\fs5&#125;', "H':x=0"]
  const [plain, ...drawn] = (await drawCues(['H', ...hostile])).map(ink)
  if (!plain) throw new Error('no frames')
  expect(drawn).toHaveLength(hostile.length)
  for (const { width, height } of drawn) {
    expect(width).toBeGreaterThan(plain.width + 8)
    expect(height).toBeLessThan(plain.height + 30)
  }
})

test('ASS overrides of an SRT file move nothing but to a side, and draw nothing', async () => {
  const overriding = [String.raw`{\pos(0,0)\fs200}HIH`, String.raw`H{\c&H0000FF&}I{\p1}H`, 'H{\\}IH']
  const [plain, ...drawn] = await drawCues(['HIH', ...overriding])
  if (!plain) throw new Error('no frames')
  expect(ink(plain).width).toBeGreaterThan(30)
  for (const picture of drawn) expect(differenceBox(picture, plain, 60)).toBeNull()
})

test('an ASS file is drawn in its own styles, or in those of the edit without its own looks', async () => {
  const event = String.raw`{\fs100\c&HC0C0C0&}I{\p1}m 0 0 l 100 0 100 100{\p0}H`
  const file = ass(['0:00:00.00', '0:00:09.00', event])
  const own = ink(await draw('own.ass', file))
  expect(own.height).toBeGreaterThan(45)
  const restyled = await draw('own.ass', file, { restyle: true })
  expect(differenceBox(restyled, await drawCue('IH'), 60)).toBeNull()
})
