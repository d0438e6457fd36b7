import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TextOverlay } from '../../../src/edit/operations/overlay.js'
import { decodeRgb, firstGray, type Picture, type Rgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'
import { burned } from '../../support/subtitles.js'

const studio = useStudio()
let clip = ''

const GROUND: Rgb = [32, 32, 32]
const WHITE: Rgb = [255, 255, 255]
const RED: Rgb = [0xdd, 0x2e, 0x44]
const GREEN: Rgb = [0x78, 0xb1, 0x59]

beforeAll(async () => {
  const source = lavfi('color=0x202020:s=960x240:r=10:d=0.5')
  clip = await studio.make('grey.mp4', ...source, ...H264, '-pix_fmt', 'yuv420p')
})

const PLACE = { font_size: 100, position_x: 60, position_y: 60 }

async function frames(content: string, fields: Partial<TextOverlay> = {}): Promise<Picture[]> {
  const overlay = textOverlay({ content, emoji: 'color', ...PLACE, ...fields })
  return decodeRgb((await studio.render([overlay], { video: clip })).path)
}

async function draw(content: string, fields: Partial<TextOverlay> = {}): Promise<Picture> {
  const [picture] = await frames(content, fields)
  if (!picture) throw new Error('no frame')
  return picture
}

function isNear(color: Rgb, wanted: Rgb, by = 3): boolean {
  return color.every((channel, index) => Math.abs(channel - (wanted[index] ?? 0)) <= by)
}

interface Found {
  readonly count: number
  readonly left: number
  readonly right: number
  readonly top: number
}

/** Where the picture has pixels of a colour, or of any but that. */
function find(picture: Picture, suits: (color: Rgb) => boolean): Found {
  let [count, left, right, top] = [0, Infinity, -1, Infinity]
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      if (!suits(rgbAt(picture, x, y))) continue
      count += 1
      ;[left, right, top] = [Math.min(left, x), Math.max(right, x), Math.min(top, y)]
    }
  }
  return { count, left, right, top }
}

function ofColor(picture: Picture, color: Rgb): Found {
  return find(picture, (one) => isNear(one, color))
}

function ink(picture: Picture): Found {
  return find(picture, (one) => !isNear(one, GROUND, 12))
}

const GOLD: Rgb = [0xff, 0xcd, 0x05]

describe('emoji are drawn in their colours', () => {
  test.each<[string, string, readonly Rgb[]]>([
    ['a flag', '🇩🇪', [[0x14, 0x14, 0x14], [0xed, 0x1f, 0x24], GOLD]],
    [
      'a flag of a region',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      [
        [0xce, 0x11, 0x24],
        [0xee, 0xee, 0xee],
      ],
    ],
    [
      'a flag of several characters',
      '🏳️‍🌈',
      [
        [0xff, 0x00, 0x0e],
        [0x88, 0x00, 0x82],
      ],
    ],
    ['a keycap', '1️⃣', [[0x3b, 0x88, 0xc3], WHITE]],
    [
      'a face',
      '😀',
      [
        [0xff, 0xcc, 0x4d],
        [0x66, 0x45, 0x00],
      ],
    ],
    [
      'a skin tone',
      '👍🏿',
      [
        [0x7c, 0x54, 0x3e],
        [0x58, 0x35, 0x29],
      ],
    ],
    [
      'a family',
      '👨‍👩‍👧',
      [
        [0xff, 0xdc, 0x5d],
        [0x3b, 0x94, 0xd9],
        [0xea, 0x59, 0x6e],
      ],
    ],
    ['a sign that asks for it', '❤️', [RED]],
  ])('%s: %s', async (_, emoji, colors) => {
    const picture = await draw(emoji)
    for (const color of colors) expect(ofColor(picture, color).count, color.join()).toBeGreaterThan(30)
    const { left, right } = ink(picture)
    expect(right - left).toBeGreaterThan(60)
    expect(right - left).toBeLessThan(110)
  })

  test('and in the colour of the text on request, and when they ask for the style of text', async () => {
    const shape = ofColor(await draw('🟥', { emoji: 'mono' }), RED)
    expect(shape.count).toBe(0)
    const heart = await draw('❤\ufe0e')
    expect(ofColor(heart, RED).count).toBe(0)
    expect(ofColor(heart, WHITE).count).toBeGreaterThan(500)
  })

  test('a bold and slanted text leaves them as they are', async () => {
    const [plain, bold] = [await draw('🟥'), await draw('🟥', { bold: true, italic: true })]
    expect(ink(bold)).toEqual(ink(plain))
  })

  test('a font of the user leaves emoji to the shipped one', async () => {
    const path = join(studio.dir(), 'files', 'own.ttf')
    await copyFile('dist/fonts/NotoSans_700Bold.ttf', path)
    const overlay = textOverlay({ content: 'I🟥', emoji: 'color', font: 'own.ttf', ...PLACE })
    const { path: file } = await studio.render([overlay], { video: clip, assets: { 'own.ttf': path } })
    const [picture] = await decodeRgb(file)
    expect(picture && ofColor(picture, RED).count).toBeGreaterThan(4000)
  })
})

describe('beside letters', () => {
  test('they stand in the order of the text, from the right as well', async () => {
    const [before, after] = [await draw('I 🟥🟩 I'), await draw('שלום 🟥🟩 עולם')]
    expect(ofColor(before, RED).right).toBeLessThan(ofColor(before, GREEN).left)
    expect(ofColor(after, GREEN).right).toBeLessThan(ofColor(after, RED).left)
  })

  test('the letters decide how a line runs that begins with an emoji', async () => {
    const picture = await draw('🟥 שלום')
    expect(ofColor(picture, RED).left).toBeGreaterThan(ofColor(picture, WHITE).right)
  })

  test('an emoji takes as much room in colour as without', async () => {
    const ends = await Promise.all(
      (['color', 'mono'] as const).map(async (emoji) => ink(await draw('I👩🏽‍🚀I🇩🇪1️⃣I', { emoji })).right),
    )
    expect(Math.abs((ends[0] ?? 0) - (ends[1] ?? 0))).toBeLessThanOrEqual(2)
  })

  test('text that is placed by its top begins with the ink of its emoji', async () => {
    expect(Math.abs(ink(await draw('😀')).top - PLACE.position_y)).toBeLessThanOrEqual(1)
    expect(Math.abs(ink(await draw('🇩🇰')).top - PLACE.position_y)).toBeLessThanOrEqual(1)
  })

  test('lines wrap, shrink and are cut as they are without colours', async () => {
    const text = '🟥🟥🟥🟥🟥🟥🟥🟥'
    const look = { max_width: 400, font_size: 60 }
    const wrapped = ofColor(await draw(text, look), RED)
    expect(wrapped.right).toBeLessThan(PLACE.position_x + 400)
    const shrunk = ofColor(await draw(text, { ...look, fit: 'shrink', max_lines: 1 }), RED)
    expect(shrunk.right).toBeGreaterThan(PLACE.position_x + 300)
    expect(shrunk.right).toBeLessThan(PLACE.position_x + 400)
    const cut = await draw(text, { ...look, fit: 'ellipsis', max_lines: 1 })
    expect(ofColor(cut, RED).right).toBeLessThan(ofColor(cut, WHITE).left)
    expect(ofColor(cut, RED).count).toBeLessThan(wrapped.count)
  })
})

describe('the look of the text', () => {
  test('an outline is around the shape of an emoji, and not within it', async () => {
    const fields = { outline_width: 6, outline_color: 'blue' } as const
    const [plain, outlined] = [await draw('😀'), await draw('😀', fields)]
    const [inside, around] = [ofColor(outlined, [0x66, 0x45, 0x00]), ofColor(outlined, [0, 0, 255])]
    expect(inside.count).toBeGreaterThan(0.9 * ofColor(plain, [0x66, 0x45, 0x00]).count)
    expect(around.left).toBeGreaterThan(ink(plain).left - 10)
    expect(around.left).toBeLessThan(ink(plain).left - 2)
    const middle = rgbAt(outlined, Math.round((ink(plain).left + ink(plain).right) / 2), ink(plain).top + 12)
    expect(isNear(middle, [0xff, 0xcc, 0x4d])).toBe(true)
  })

  test('a soft edge shows the ground and the emoji, and nothing of the colour of the text', async () => {
    const overlay = textOverlay({ content: '🟥', emoji: 'color', ...PLACE })
    const { data } = await firstGray((await studio.render([overlay], { video: clip })).path)
    const [ground = 0, ...levels] = [...new Set(data)].sort((one, other) => one - other)
    const red = Math.round(16 + (219 * (0.299 * RED[0] + 0.587 * RED[1] + 0.114 * RED[2])) / 255)
    expect(Math.abs((levels.at(-1) ?? 0) - red)).toBeLessThanOrEqual(3)
    expect(ground).toBeGreaterThan(40)
  })

  test('a box is behind them', async () => {
    const picture = await draw('🟥', { box_color: '#0000ff', box_padding: 10 })
    expect(ofColor(picture, [0, 0, 255]).count).toBeGreaterThan(1500)
    expect(ofColor(picture, RED).count).toBeGreaterThan(4000)
  })

  test('they are as transparent as the letters and the overlay', async () => {
    const half = RED.map((channel) => Math.round((channel * 128 + 32 * 127) / 255))
    const [red = 0, green = 0, blue = 0] = half
    const mixed: Rgb = [red, green, blue]
    expect(ofColor(await draw('🟥', { font_color: '#ffffff80' }), mixed).count).toBeGreaterThan(4000)
    expect(ofColor(await draw('🟥', { opacity: 0.5 }), mixed).count).toBeGreaterThan(4000)
  })

  test('they fade in and turn with the text', async () => {
    const fading = await frames('🟥', { fade_in: 0.5 })
    const reds = fading.map((picture) => rgbAt(picture, PLACE.position_x + 64, PLACE.position_y + 40)[0])
    expect([...reds].sort((a, b) => a - b)).toEqual(reds)
    expect(new Set(reds).size).toBe(5)
    const turned = await draw('🟥🟩', { rotation: 180, position_x: 480, position_y: 180 })
    expect(ofColor(turned, GREEN).right).toBeLessThan(ofColor(turned, RED).left)
  })
})

test('emoji in subtitles keep their colours while words are highlighted', async () => {
  const path = join(studio.dir(), 'files', 'words.vtt')
  await writeFile(path, 'WEBVTT\n\n00:00.000 --> 00:00.400\nI 🟥 <00:00.200>I 🟩\n')
  const look = { font_size: 60, outline_width: 2, highlight_color: '#ffff00', emoji: 'color' } as const
  const burnt = burned('words.vtt', look)
  const { path: file } = await studio.render([burnt], { video: clip, assets: { 'words.vtt': path } })
  const pictures = await decodeRgb(file)
  for (const [at, leftmost] of [
    [0, [255, 255, 0]],
    [3, WHITE],
  ] as const) {
    const picture = pictures[at]
    if (!picture) throw new Error('no frame')
    expect(ofColor(picture, RED).count).toBeGreaterThan(1200)
    expect(ofColor(picture, GREEN).count).toBeGreaterThan(1200)
    expect(find(picture, (color) => isNear(color, leftmost, 6)).left).toBeLessThan(ofColor(picture, RED).left)
  }
})
