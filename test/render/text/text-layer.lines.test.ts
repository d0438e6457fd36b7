import { beforeAll, describe, expect, test } from 'vitest'
import type { TextOverlay } from '../../../src/edit/operations/overlay.js'
import { type Box, decodeGray, differenceBox, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''
let plain: Picture

beforeAll(async () => {
  clip = await studio.make('grey.mp4', ...lavfi('color=0x404040:s=320x180:r=25:d=0.04'), ...H264)
  plain = one(await decodeGray((await studio.render([], { video: clip })).path))
})

function one([picture]: readonly Picture[]): Picture {
  if (!picture) throw new Error('no frame')
  return picture
}

async function draw(fields: Partial<TextOverlay>): Promise<Picture> {
  return one(await decodeGray((await studio.render([textOverlay(fields)], { video: clip })).path))
}

function boxOf(picture: Picture, noise = 40, within?: Box): Box {
  const box = differenceBox(picture, plain, noise, within)
  if (!box) throw new Error('nothing was drawn')
  return box
}

describe('lines', () => {
  const TEXT = { content: 'HHHHHH\nHH', font_size: 20, position_x: 20, position_y: 10 }
  const secondLine = { left: 0, top: 42, right: 320, bottom: 180 }

  test.each([
    ['left', 0],
    ['center', 0.5],
    ['right', 1],
  ] as const)('are aligned to the %s of their column', async (align, share) => {
    const picture = await draw({ ...TEXT, align, max_width: 200 })
    const [all, second] = [boxOf(picture), boxOf(picture, 40, secondLine)]
    const side = { left: all.left - 22, center: (all.left + all.right) / 2 - 120, right: all.right - 218 }
    expect(Math.abs(side[align])).toBeLessThanOrEqual(1)
    const room = all.right - all.left - (second.right - second.left)
    expect(Math.abs(second.left - all.left - share * room)).toBeLessThanOrEqual(1)
  })

  test.each([
    ['top-left', 0],
    ['bottom', 0.5],
    ['center', 0.5],
    ['right', 1],
  ] as const)('keep to the anchor %s unless the edit says otherwise', async (anchor, share) => {
    const picture = await draw({ ...TEXT, anchor, position_x: 20, position_y: 20 })
    const all = boxOf(picture)
    const second = boxOf(picture, 40, { ...secondLine, top: (all.top + all.bottom) >> 1 })
    const room = all.right - all.left - (second.right - second.left)
    expect(Math.abs(second.left - all.left - share * room)).toBeLessThanOrEqual(1)
  })

  test.each([
    ['ar', 'بيت\nتبت بيت تفاح', 'Noto Sans Arabic'],
    ['ur', 'تین\nپاکستان کی کہانی', 'Noto Nastaliq Urdu'],
  ])('of %s begin below each other at the right, and the box fits them', async (language, content) => {
    const look = { content, language, font_size: 20, position_x: 40, position_y: 4, max_width: 240 }
    const picture = await draw({ ...look, font_color: 'white', box_color: '#000000', box_padding: 0 })
    const whole = boxOf(picture, 30)
    const ink = (top: number, bottom: number) => {
      const black = { ...picture, data: new Uint8Array(picture.data.length) }
      return differenceBox(picture, black, 140, { left: whole.left, top, right: whole.right, bottom })
    }
    const middle = (whole.top + whole.bottom) >> 1
    const [first, second] = [ink(whole.top, middle), ink(middle, whole.bottom)]
    expect(Math.abs(whole.right - 280)).toBeLessThanOrEqual(1)
    expect(Math.abs((second?.left ?? NaN) - whole.left)).toBeLessThanOrEqual(3)
    expect(Math.abs((second?.right ?? NaN) - whole.right)).toBeLessThanOrEqual(3)
    expect(Math.abs((first?.right ?? NaN) - whole.right)).toBeLessThanOrEqual(3)
    expect(first?.left).toBeGreaterThan(whole.left + 20)
  })

  test('that are empty are as high as others', async () => {
    const [two, gap] = [
      boxOf(await draw({ ...TEXT, content: 'H\nH' })),
      boxOf(await draw({ ...TEXT, content: 'H\n\nH' })),
    ]
    expect(Math.abs(gap.bottom - two.bottom - 20 * 1.519)).toBeLessThanOrEqual(1)
  })
})

describe('a width', () => {
  const WRAPPED = { font_size: 20, position_x: 10, position_y: 4 }

  test.each([
    ['en', 'several words that will not fit', 150],
    ['hi', 'यह वाक्य एक पंक्ति में नहीं आता', 150],
    ['ar', 'هذه جملة طويلة لا تتسع في سطر', 150],
    ['ja', 'この文は一行には収まりきらない', 150],
    ['en', 'several words that will not fit', '50%'],
  ] as const)('is kept by lines of %s: %s', async (language, content, max_width) => {
    const [wrapped, whole] = [
      boxOf(await draw({ ...WRAPPED, language, content, max_width })),
      boxOf(await draw({ ...WRAPPED, language, content })),
    ]
    const width = typeof max_width === 'number' ? max_width : 160
    expect(whole.right - whole.left).toBeGreaterThan(width)
    expect(wrapped.right).toBeLessThanOrEqual(10 + width)
    expect(wrapped.left).toBeGreaterThanOrEqual(10)
    // No line is broken earlier than necessary.
    expect(wrapped.right - wrapped.left).toBeGreaterThan(width * 0.45)
    expect(wrapped.bottom).toBeGreaterThan(whole.bottom + 15)
  })

  test('does not break lines that fit', async () => {
    const word = { ...WRAPPED, content: 'Donaudampfschiff' }
    expect(differenceBox(await draw({ ...word, max_width: 310 }), await draw(word), 8)).toBeNull()
  })

  test.each([
    ['a word', 'Donaudampfschifffahrtsgesellschaft', 'en', 100],
    ['a word, in bold,', 'Donaudampfschifffahrtsgesellschaft', 'en', 100],
    ['an address', 'https://example.com/a/very/long/path?with=a&query=too', 'en', 120],
    ['Thai', 'ประเทศไทยเป็นประเทศที่ตั้งอยู่ในเอเชียตะวันออกเฉียงใต้', 'th', 120],
    ['Khmer', 'ភាសាខ្មែរគឺជាភាសាកំណើតរបស់ជនជាតិខ្មែរ', 'km', 120],
    ['Tibetan', 'བོད་ཀྱི་སྐད་ཡིག་ནི་བོད་མིའི་སྐད་ཡིག་ཡིན།', 'bo', 120],
    ['emoji', '👩‍👩‍👧'.repeat(12), 'en', 120],
  ] as const)('breaks %s that is wider than the column', async (what, content, language, max_width) => {
    const bold = what.includes('bold')
    const box = boxOf(await draw({ ...WRAPPED, content, language, bold, max_width }))
    expect(box.left).toBeGreaterThanOrEqual(9)
    expect(box.right).toBeLessThanOrEqual(10 + max_width)
    // Lines are filled.
    expect(box.right).toBeGreaterThan(10 + max_width * 0.6)
    expect(box.bottom).toBeGreaterThan(40)
  })

  test.each([
    ['top-left', 20, 20],
    ['top', 0, 20],
    ['top-right', 20, 20],
    ['left', 20, 0],
    ['center', 0, 0],
    ['bottom-right', 20, 20],
  ] as const)(
    'is that of the picture when none is asked for: at %s',
    async (anchor, position_x, position_y) => {
      const place = { anchor, position_x, position_y }
      const content = 'a line that is longer than the picture, which is only 320 pixels wide'
      const box = boxOf(await draw({ content, font_size: 20, ...place }))
      expect(box.left).toBeGreaterThanOrEqual(anchor.endsWith('left') ? 20 : 0)
      expect(box.right).toBeLessThanOrEqual(anchor.endsWith('right') ? 300 : 320)
      expect(box.right - box.left).toBeGreaterThan(150)
      expect(box.bottom - box.top).toBeGreaterThan(35)
    },
  )

  test.each([
    ['words', 'word '.repeat(2000)],
    ['Chinese', '汉语'.repeat(5000)],
    ['Arabic', 'كلمة '.repeat(2000)],
  ])('is kept by 10,000 letters of %s', async (_what, content) => {
    const look = { ...WRAPPED, content, outline_width: 1, box_color: '#00000080' }
    const box = boxOf(await draw({ ...look, font_size: 8, box_padding: 0, max_width: 200 }), 20)
    expect(box.bottom).toBe(180)
    expect(box.right).toBeLessThanOrEqual(10 + 201)
    expect(box.right).toBeGreaterThan(10 + 170)
  })
})
