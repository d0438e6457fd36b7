import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Joi from 'joi'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { operationSchema } from '../../src/edit/operation-schemas.js'
import { decodeRgb, type Picture, rgbAt } from '../support/frames.js'
import { H264, lavfi } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'

const studio = useStudio()
let clip = ''
let upright = ''

beforeAll(async () => {
  const source = (size: string) => lavfi(`color=0x808080:s=${size}:r=10:d=4`)
  const made = [...H264, '-pix_fmt', 'yuv420p']
  clip = await studio.make('wide.mp4', ...source('640x360'), ...made)
  upright = await studio.make('upright.mp4', ...source('360x640'), ...made)
})

const VTT =
  'WEBVTT\n\n00:00.500 --> 00:03.500 align:start position:0% line:0\n' +
  'One <00:01.000>two <00:01.500>three <00:02.000>four <00:02.500>five <00:03.000>six\n'

async function burn(video: string, fields: object, name = 'words.vtt', text = VTT) {
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, text)
  const written = { type: 'subtitles', subtitles: name, ...fields }
  const operation = Joi.attempt(written, operationSchema as Joi.AlternativesSchema<Operation>, {
    convert: false,
  })
  const rendered = await studio.render([operation], { video, assets: { [name]: path } })
  const pictures = await decodeRgb(rendered.path)
  const at = (sec: number): Picture => {
    const picture = pictures[Math.round(sec * 10)]
    if (!picture) throw new Error('no frame')
    return picture
  }
  return at
}

interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly count: number
}

function area(picture: Picture, suits: (red: number, green: number, blue: number) => boolean): Area {
  let [left, right, top, bottom, count] = [Infinity, -1, Infinity, -1, 0]
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      if (!suits(...rgbAt(picture, x, y))) continue
      ;[left, right, top, bottom] = [
        Math.min(left, x),
        Math.max(right, x),
        Math.min(top, y),
        Math.max(bottom, y),
      ]
      count += 1
    }
  }
  return { left, right, top, bottom, count }
}

const white = (picture: Picture) => area(picture, (red, green, blue) => Math.min(red, green, blue) > 245)
const yellow = (picture: Picture) =>
  area(picture, (red, green, blue) => red > 250 && Math.abs(green - 0xd4) <= 5 && blue < 12)
const dark = (picture: Picture) => area(picture, (red) => red < 60)

describe('bold-center', () => {
  test('shows three words at a time, large, in the middle, the spoken one in yellow', async () => {
    const at = await burn(upright, { preset: 'bold-center' })
    expect(white(at(0.4)).count).toBe(0)
    for (const [sec, isFirst] of [
      [0.6, true],
      [1.2, false],
      [2.2, true],
      [3.2, false],
    ] as const) {
      const [plain, spoken] = [white(at(sec)), yellow(at(sec))]
      expect(spoken.count).toBeGreaterThan(100)
      expect(Math.min(plain.top, spoken.top)).toBeGreaterThan(240)
      expect(Math.max(plain.bottom, spoken.bottom)).toBeLessThan(400)
      expect(spoken.left < plain.left).toBe(isFirst)
    }
    expect(white(at(3.6)).count).toBe(0)
  })

  test('its words come and go with the times of the file, to the frame', async () => {
    const at = await burn(upright, { preset: 'bold-center', max_words: 1, highlight_color: null })
    const widths = [0.5, 0.9, 1, 1.4, 1.5, 1.9].map((sec) => {
      const { left, right } = white(at(sec))
      return right - left
    })
    expect(widths[0]).toBe(widths[1])
    expect(widths[2]).toBe(widths[3])
    expect(widths[4]).toBe(widths[5])
    expect(new Set(widths).size).toBe(3)
  })

  test('capitals and every other field on request', async () => {
    const fields = { preset: 'bold-center', highlight_color: '#ff0000', position: 'bottom', max_words: null }
    const at = await burn(clip, { ...fields, max_chars: null, font_size: 20, upper_case: true })
    const red = area(at(0.6), (r, g, b) => r > 240 && g < 20 && b < 20)
    const small = await burn(clip, { ...fields, max_chars: null, font_size: 20 })
    expect(red.count).toBeGreaterThan(20)
    const wide = (picture: Picture) => white(picture).right - white(picture).left
    expect(wide(at(0.6))).toBeGreaterThan(wide(small(0.6)) + 5)
    expect(yellow(at(0.6)).count).toBe(0)
  })
})

test('box: white on a dark box that shows the picture through', async () => {
  const at = await burn(clip, { preset: 'box' }, 'box.srt', '1\n00:00:00,000 --> 00:00:03,000\nHi there\n')
  const box = area(at(1), (red, green, blue) => [red, green, blue].every((one) => Math.abs(one - 38) <= 3))
  expect(box.count).toBeGreaterThan(1000)
  expect(white(at(1)).left).toBeGreaterThan(box.left)
  expect(dark(at(1)).top).toBeGreaterThan(250)
})

test('spoken-word: at the bottom, larger than classic, with the spoken word in yellow', async () => {
  const srt = '1\n00:00:00,000 --> 00:00:03,000\nHHH\n'
  const classic = await burn(clip, { preset: 'classic' }, 'one.srt', srt)
  const larger = await burn(clip, { preset: 'spoken-word' }, 'two.srt', srt)
  const height = (picture: Picture) => white(picture).bottom - white(picture).top
  expect(height(larger(1)) / height(classic(1))).toBeCloseTo(1.2, 0)
  expect(height(larger(1))).toBeGreaterThan(height(classic(1)))
  const spoken = await burn(clip, { preset: 'spoken-word' }, 'three.vtt', VTT.replace(/ align.*/, ''))
  expect(yellow(spoken(1.2)).count).toBeGreaterThan(50)
  expect(yellow(spoken(1.2)).top).toBeGreaterThan(250)
})
