import { beforeAll, expect, test } from 'vitest'
import type { TextOverlay } from '../../../src/edit/operations/overlay.js'
import { type Box, differenceBox, firstGray, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''
let plain: Picture

beforeAll(async () => {
  clip = await studio.make('black.mp4', ...lavfi('color=black:s=960x360:r=25:d=0.04'), ...H264)
  plain = await firstGray((await studio.render([], { video: clip })).path)
})

async function inkOf(fields: Partial<TextOverlay>): Promise<Box> {
  const picture = await firstGray((await studio.render([textOverlay(fields)], { video: clip })).path)
  const box = differenceBox(picture, plain, 60)
  if (!box) throw new Error('nothing was drawn')
  return box
}

/** In scripts that stack letters or join them in other shapes, the tallest shape may differ from the letter alone. */
test.each([
  ['en', 'Hamburg', 1],
  ['en', 'xaxa', 1],
  ['fr', 'École', 1],
  ['ru', 'Привет', 1],
  ['el', 'Καλημέρα', 1],
  ['he', 'שלום', 1],
  ['hy', 'Բարեւ', 1],
  ['ka', 'გამარჯობა', 1],
  ['am', 'ሰላም', 1],
  ['th', 'สวัสดี', 2],
  ['lo', 'ສະບາຍດີ', 2],
  ['km', 'សួស្តី', 4],
  ['my', 'မင်္ဂလာပါ', 4],
  ['si', 'ආයුබෝවන්', 2],
  ['or', 'ନମସ୍କାର', 3],
  ['bo', 'བཀྲ་ཤིས', 3],
  ['hi', 'नमस्ते', 2],
  ['bn', 'নমস্কার', 2],
  ['ta', 'வணக்கம்', 2],
  ['te', 'తెలుగు', 2],
  ['ar', 'مرحبا', 3],
  ['zh', '汉语', 2],
  ['ja', 'こんにちは', 2],
  ['ko', '안녕하세요', 2],
])('the ink of a text in %s begins at its position: %s', async (language, content, tolerance) => {
  const { top, left } = await inkOf({ content, language, font_size: 80, position_x: 40, position_y: 100 })
  expect(Math.abs(top - 100)).toBeLessThanOrEqual(tolerance)
  expect(Math.abs(left - 40)).toBeLessThanOrEqual(16)
})

test('so does that of a text that is set in several fonts, in the language of none', async () => {
  const box = await inkOf({ content: 'a བོད 한국어', font_size: 80, position_x: 40, position_y: 100 })
  expect(Math.abs(box.top - 100)).toBeLessThanOrEqual(3)
})

test.each(['bottom-left', 'left'] as const)('a text at %s is placed by its line', async (anchor) => {
  const place = { anchor, font_size: 80, position_x: 40, position_y: 100 }
  const [low, tall] = [await inkOf({ ...place, content: 'xx' }), await inkOf({ ...place, content: 'xÉ' })]
  expect(Math.abs(low.bottom - tall.bottom)).toBeLessThanOrEqual(1)
})

test.each([
  ['bo', 'བོད'],
  ['my', 'မြန်မာ'],
  ['km', 'ខ្មែរ'],
  ['th', 'ไทย'],
])('letters of %s are as large in a text of another language', async (language, content) => {
  const place = { content, font_size: 80, position_x: 40, position_y: 100 }
  const [own, other] = [await inkOf({ ...place, language }), await inkOf({ ...place, language: 'en' })]
  expect(Math.abs(own.right - own.left - (other.right - other.left))).toBeLessThanOrEqual(2)
  expect(Math.abs(own.bottom - own.top - (other.bottom - other.top))).toBeLessThanOrEqual(2)
})
