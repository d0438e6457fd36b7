import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { runFfmpeg } from '../../../src/media/process/run-ffmpeg.js'
import { type Box, differenceBox, firstGray, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { compile, useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''
let blank: Picture

beforeAll(async () => {
  clip = await studio.make('black.mp4', ...lavfi('color=black:s=960x180:r=25:d=0.04'), ...H264)
  blank = await firstGray((await studio.render([], { video: clip })).path)
})

const PLACE = { font_size: 60, position_x: 40, position_y: 30 }

/** Each text is drawn once, though several tests look at it. */
const drawings = new Map<string, Promise<Picture>>()

function draw(content: string, language: string): Promise<Picture> {
  const key = `${language} ${content}`
  const drawing = drawings.get(key) ?? drawAnew(content, language)
  drawings.set(key, drawing)
  return drawing
}

async function drawAnew(content: string, language: string): Promise<Picture> {
  const overlay = textOverlay({ content, language, ...PLACE })
  return firstGray((await studio.render([overlay], { video: clip })).path)
}

async function inkOf(content: string, language = 'en'): Promise<Box> {
  const box = differenceBox(await draw(content, language), blank, 60)
  if (!box) throw new Error(`${content}: nothing was drawn`)
  return box
}

function size({ left, top, right, bottom }: Box): { width: number; height: number } {
  return { width: right - left, height: bottom - top }
}

/** The same text drawn by libass alone, with or without shaping. */
async function reference(content: string, language: string, shaping: 'simple' | 'complex'): Promise<Picture> {
  const overlay = textOverlay({ content, language, ...PLACE })
  const { passes } = compile({ operations: [overlay], output: null }, await studio.survey({ video: clip }))
  await writeFile(join(studio.dir(), 'text.ass'), passes[0]?.sideFiles[0]?.contents ?? '')
  await runFfmpeg(studio.tools(), {
    argv: [
      ...lavfi('color=black:s=960x180:r=25:d=0.04'),
      '-vf',
      `ass=text.ass:shaping=${shaping}`,
      'text.png',
    ],
    cwd: studio.dir(),
    signal: AbortSignal.timeout(20_000),
    onProgress: () => undefined,
    expectedUs: 40_000,
    maxFileBytes: 1e9,
  })
  return firstGray(join(studio.dir(), 'text.png'))
}

describe('Hindi', () => {
  test.each(['क्षि', 'नमस्ते', 'हिन्दी'])(
    '%s is shaped: conjuncts and vowel signs in their places',
    async (word) => {
      const drawn = await draw(word, 'hi')
      expect(differenceBox(drawn, await reference(word, 'hi', 'simple'), 90)).not.toBeNull()
      expect(differenceBox(drawn, await reference(word, 'hi', 'complex'), 90)).toBeNull()
    },
  )

  test('a conjunct is narrower than its letters kept apart by a non-joiner', async () => {
    const [joined, apart] = [await inkOf('क्षि', 'hi'), await inkOf('क्\u200cषि', 'hi')]
    expect(size(joined).width).toBeLessThan(size(apart).width - 5)
  })
})

test.each([
  ['bn', 'ক্ষি'],
  ['ta', 'கொ'],
  ['te', 'క్షి'],
  ['gu', 'ક્ષિ'],
  ['kn', 'ಕ್ಷಿ'],
  ['ml', 'ക്കൊ'],
  ['pa', 'ਕ੍ਰਿ'],
  // Marks above and below: letters alone are joined by simple shaping as well.
  ['ar', 'مُحَمَّدٌ'],
  ['ur', 'پاکستان'],
  ['km', 'ខ្មែរ'],
  ['my', 'မြန်မာ'],
  ['bo', 'བརྒྱད'],
  ['si', 'ශ්‍රී'],
  ['or', 'କ୍ଷି'],
  ['th', 'น้ำ'],
  ['lo', 'ນ້ຳ'],
  ['syr', 'ܫܠܡܐ'],
  ['nqo', 'ߒߞߏ'],
])('%s is shaped: %s', async (language, word) => {
  const drawn = await draw(word, language)
  expect(differenceBox(drawn, await reference(word, language, 'simple'), 90)).not.toBeNull()
  expect(differenceBox(drawn, await reference(word, language, 'complex'), 90)).toBeNull()
})

describe.each([
  ['ar', 'مرحبا'],
  ['ur', 'سلام'],
])('%s runs from the right', (language, word) => {
  test('so that the last mark is leftmost', async () => {
    const drawn = await draw(`${word}!`, language)
    const marked = (mark: string) => draw(`${mark}${word}!${mark}`, language)
    expect(differenceBox(drawn, await marked('\u200f'), 90)).toBeNull()
    expect(differenceBox(drawn, await marked('\u200e'), 90)).not.toBeNull()
  })

  test('and its letters are joined', async () => {
    const apart = Array.from(word).join('\u200c')
    expect(differenceBox(await draw(word, language), await draw(apart, language), 90)).not.toBeNull()
  })
})

test('English, Hindi, Arabic and emoji stand side by side', async () => {
  const missing = await draw('a \u{10ffff} \u{10ffff} \u{10ffff}', 'en')
  const mixed = await draw('a क ع 😀', 'en')
  expect(differenceBox(mixed, missing, 90)).not.toBeNull()
  const parts = ['क', 'ع', '😀'].map((part) => inkOf(`a ${part}`))
  const [whole, alone] = [await inkOf('a क ع 😀'), await Promise.all(parts)]
  for (const part of alone) expect(size(whole).width).toBeGreaterThan(size(part).width + 30)
})

/** Letters that no font has all look the same: like a box. */
test.each([
  ['hi', 'क', 'ख'],
  ['ta', 'அ', 'ஆ'],
  ['te', 'అ', 'ఆ'],
  ['mr', 'ळ', 'झ'],
  ['bn', 'ক', 'খ'],
  ['gu', 'ક', 'ખ'],
  ['kn', 'ಕ', 'ಖ'],
  ['ml', 'ക', 'ഖ'],
  ['pa', 'ਕ', 'ਖ'],
  ['ar', 'ع', 'ق'],
  ['ur', 'ٹ', 'ڑ'],
  ['zh', '汉', '语'],
  ['ja', 'ひ', '働'],
  ['ko', '한', '글'],
  ['en', '😀', '🚀'],
  ['en', 'é', 'ß'],
  ['ru', 'Ж', 'Я'],
  ['he', 'א', 'ש'],
  ['th', 'ก', 'ฮ'],
  ['lo', 'ກ', 'ຂ'],
  ['km', 'ក', 'ខ'],
  ['my', 'က', 'ခ'],
  ['hy', 'Ա', 'ք'],
  ['ka', 'ა', 'ბ'],
  ['am', 'ሀ', 'ሁ'],
  ['si', 'ක', 'ඛ'],
  ['or', 'କ', 'ଖ'],
  ['bo', 'ཀ', 'ཁ'],
  ['dv', 'ހ', 'ށ'],
  ['syr', 'ܐ', 'ܒ'],
  ['nqo', 'ߊ', 'ߋ'],
  ['chr', 'Ꭰ', 'Ꭱ'],
  ['iu', 'ᐃ', 'ᐅ'],
  ['ccp', '𑄇', '𑄈'],
  ['lis', 'ꓐ', 'ꓑ'],
  ['mni', 'ꯀ', 'ꯁ'],
  ['sat', 'ᱚ', 'ᱛ'],
  ['osa', '𐒰', '𐒱'],
  ['syl', 'ꠀ', 'ꠁ'],
  ['blt', 'ꪀ', 'ꪂ'],
  ['zgh', 'ⴰ', 'ⴱ'],
  ['vai', 'ꔀ', 'ꔁ'],
  ['ii', 'ꀀ', 'ꀁ'],
  ['ff-Adlm', '𞤀', '𞤁'],
  ['ban-Bali', 'ᬅ', 'ᬆ'],
  ['cjm-Cham', 'ꨀ', 'ꨁ'],
  ['jv-Java', 'ꦄ', 'ꦅ'],
  ['mn-Mong', 'ᠠ', 'ᠡ'],
  ['rhg-Rohg', '𐴀', '𐴁'],
  ['en', '★', '☎'],
])('letters of the language %s are drawn as themselves and not as boxes', async (language, one, other) => {
  const missing = await draw('\u{10ffff}', 'en')
  const [a, b] = [await draw(one, language), await draw(other, language)]
  expect(differenceBox(a, b, 90)).not.toBeNull()
  expect(differenceBox(a, missing, 90)).not.toBeNull()
  expect(differenceBox(a, blank, 90)).not.toBeNull()
})

test.each([
  ['hi', 'क'],
  ['ta', 'அ'],
  ['te', 'అ'],
  ['bn', 'ক'],
  ['gu', 'ક'],
  ['kn', 'ಕ'],
  ['ml', 'ക'],
  ['pa', 'ਕ'],
  ['ar', 'ع'],
  ['ur', 'ٹ'],
  ['zh', '汉'],
  ['ja', 'ひ'],
  ['ko', '한'],
])('letters of %s are found in text of another language too', async (language, letter) => {
  const fallback = await draw(letter, 'en')
  expect(differenceBox(fallback, await draw('\u{10ffff}', 'en'), 90)).not.toBeNull()
  const own = differenceBox(await draw(letter, language), blank, 90)
  expect(own && differenceBox(fallback, blank, 90)).not.toBeNull()
})

describe('markup and filter syntax are drawn as they are written', () => {
  test.each([
    ['{\\pos(0,0)}H', 'H'],
    ['H{\\an9\\fs5}', 'H'],
    ['H{', 'H'],
    ['H}', 'H'],
    ['H%{n}', 'H'],
    ["H':x=0:y=0", 'H'],
    ['H\\N', 'H'],
    ['H\\nH', 'HH'],
    ['H\\h', 'H'],
    ['{=0}H', 'H'],
  ])('%j is wider than %j and on the same line', async (hostile, bare) => {
    const [drawn, without] = [await inkOf(hostile), await inkOf(bare)]
    expect(size(drawn).width).toBeGreaterThan(size(without).width + 8)
    expect(drawn.top).toBeGreaterThanOrEqual(without.top - 10)
    expect(drawn.bottom).toBeLessThanOrEqual(without.bottom + 20)
  })

  test('a backslash is as wide as a slash, with nothing behind it', async () => {
    const [back, slash] = [await inkOf('H\\NH'), await inkOf('H/NH')]
    expect(Math.abs(size(back).width - size(slash).width)).toBeLessThanOrEqual(2)
  })

  test('a backslash before a line break keeps the break', async () => {
    expect(size(await inkOf('H\\\nH')).height).toBeGreaterThan(size(await inkOf('H\\H')).height + 40)
  })
})
