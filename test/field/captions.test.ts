import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SubtitlesOperation } from '../../src/edit/operations/subtitles.js'
import { decodeRgb, type Picture, rgbAt } from '../support/frames.js'
import { H264, lavfi } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'
import { burned } from '../support/subtitles.js'

const studio = useStudio()
let clip = ''

beforeAll(async () => {
  clip = await studio.make(
    'grey.mp4',
    ...lavfi('color=0x202020:s=640x200:r=10:d=4'),
    ...H264,
    '-pix_fmt',
    'yuv420p',
  )
})

async function burn(
  name: string,
  text: string,
  fields: Partial<SubtitlesOperation> = {},
): Promise<Picture[]> {
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, text)
  const look = { font_size: 60, outline_width: 0, ...fields }
  const { path: file } = await studio.render([burned(name, look)], { video: clip, assets: { [name]: path } })
  return decodeRgb(file)
}

type Ink = 'white' | 'yellow' | 'red'

/** The colours of letters from left to right, without repetitions. */
function inks(picture: Picture | undefined): Ink[] {
  if (!picture) throw new Error('no frame')
  const columns = Array.from({ length: picture.width }, (_, x) => {
    const found = Array.from({ length: picture.height }, (_, y) => inkAt(picture, x, y))
    return found.find((ink) => ink !== null) ?? null
  }).filter((ink) => ink !== null)
  return columns.filter((ink, index) => ink !== columns[index - 1])
}

function inkAt(picture: Picture, x: number, y: number): Ink | null {
  const [red, green, blue] = rgbAt(picture, x, y)
  if (red < 200) return null
  if (green > 200) return blue > 200 ? 'white' : blue < 60 ? 'yellow' : null
  return green < 60 ? 'red' : null
}

const VTT = 'WEBVTT\n\n00:00.500 --> 00:03.500\nIIII <00:01.000>IIII <00:02.000><c>IIII</c>\n'

describe('the word that is spoken has a colour of its own', () => {
  const yellow = { highlight_color: 'yellow' }

  test('by the times in WebVTT, from frame to frame', async () => {
    const frames = await burn('words.vtt', VTT, yellow)
    const at = (sec: number) => inks(frames[Math.round(sec * 10)])
    expect(at(0.4)).toEqual([])
    for (const sec of [0.5, 0.9]) expect(at(sec)).toEqual(['yellow', 'white'])
    for (const sec of [1, 1.9]) expect(at(sec)).toEqual(['white', 'yellow', 'white'])
    for (const sec of [2, 3.4]) expect(at(sec)).toEqual(['white', 'yellow'])
    expect(at(3.5)).toEqual([])
  })

  test('by the karaoke of ASS, with the style of the edit', async () => {
    const text =
      '[Script Info]\nScriptType: v4.00+\n\n[Events]\n' +
      'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n' +
      String.raw`Dialogue: 0,0:00:00.50,0:00:03.50,Default,,0,0,0,,{\k50}IIII {\kf100}IIII {\ko100}IIII` +
      '\n'
    const frames = await burn('words.ass', text, { ...yellow, restyle: true })
    const at = (sec: number) => inks(frames[Math.round(sec * 10)])
    expect(at(0.7)).toEqual(['yellow', 'white'])
    expect(at(1.5)).toEqual(['white', 'yellow', 'white'])
    expect(at(3)).toEqual(['white', 'yellow'])
  })

  test('and the words stay where they are, above and below other cues', async () => {
    const two = `${VTT}\n00:00.800 --> 00:03.000\nIIII\n`
    const frames = await burn('two.vtt', two, yellow)
    const rows = (sec: number, ink: Ink) => {
      const picture = frames[Math.round(sec * 10)]
      if (!picture) throw new Error('no frame')
      const lines = Array.from({ length: picture.height }, (_, y) => y)
      return lines.filter((y) => Array.from({ length: 640 }, (_, x) => inkAt(picture, x, y)).includes(ink))
    }
    expect(rows(0.9, 'yellow')).toEqual(rows(2.9, 'yellow'))
    expect(rows(1.5, 'yellow')).toEqual(rows(2.9, 'yellow'))
  })

  test('only if the edit asks for it', async () => {
    expect(inks((await burn('words.vtt', VTT))[12])).toEqual(['white'])
  })
})

describe('the style sheets of WebVTT are applied', () => {
  const style = (rules: string, text: string) =>
    `WEBVTT\n\nSTYLE\n${rules}\n\n00:00.000 --> 00:04.000\n${text}\n`

  test.each([
    ['to every cue', '::cue { color: #ff0; background: black }', 'IIII', ['yellow']],
    ['to a class', '::cue(.loud) {\n  color: rgb(255, 0, 0);\n}', 'IIII <c.loud>IIII</c>', ['white', 'red']],
    ['to a tag', '::cue(b), ::cue(i) { color: yellow }', 'IIII <b>IIII</b>', ['white', 'yellow']],
    ['to a voice of a class', '::cue(v.loud) { color: red }', '<v.loud Ann>IIII</v> IIII', ['red', 'white']],
    [
      'in the order of the file',
      '::cue(c) { color: red }\n::cue(c) { color: yellow }',
      '<c>IIII</c>',
      ['yellow'],
    ],
  ] as const)('%s', async (_what, rules, text, wanted) => {
    expect(inks((await burn('styled.vtt', style(rules, text)))[10])).toEqual(wanted)
  })
})
