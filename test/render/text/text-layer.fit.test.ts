import { beforeAll, describe, expect, test } from 'vitest'
import type { TextOverlay } from '../../../src/edit/operations/overlay.js'
import { type Box, differenceBox, firstGray, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''
let plain: Picture

beforeAll(async () => {
  clip = await studio.make('grey.mp4', ...lavfi('color=0x404040:s=320x180:r=25:d=0.04'), ...H264)
  plain = await firstGray((await studio.render([], { video: clip })).path)
})

async function boxOf(fields: Partial<TextOverlay>): Promise<Box> {
  const picture = await firstGray(
    (await studio.render([textOverlay({ ...PLACE, ...fields })], { video: clip })).path,
  )
  const box = differenceBox(picture, plain, 40)
  if (!box) throw new Error('nothing was drawn')
  return box
}

const PLACE = { font_size: 40, position_x: 20, position_y: 20 }

describe.each([
  ['en', 'a title that is much longer than its line'],
  ['de', 'Donaudampfschifffahrtsgesellschaft'],
  ['hi', 'यह वाक्य एक पंक्ति में नहीं आता'],
  ['ar', 'هذه جملة طويلة لا تتسع في سطر واحد'],
  ['ja', 'この文は一行には収まりきらない'],
  ['th', 'ประเทศไทยเป็นประเทศที่ตั้งอยู่ในเอเชีย'],
] as const)('in %s', (language, content) => {
  test('text shrinks until it fits into one line', async () => {
    const box = await boxOf({ content, language, fit: 'shrink', max_lines: 1, max_width: 200 })
    expect(box.left).toBeGreaterThanOrEqual(18)
    expect(box.right).toBeLessThanOrEqual(221)
    expect(box.right - box.left).toBeGreaterThan(140)
    expect(box.bottom - box.top).toBeLessThan(30)
  })

  test('text ends in "…" where its line ends', async () => {
    const [cut, whole] = [
      await boxOf({ content, language, fit: 'ellipsis', max_lines: 1, max_width: 200 }),
      await boxOf({ content, language, max_width: 200 }),
    ]
    expect(cut.left).toBeGreaterThanOrEqual(18)
    expect(cut.right).toBeLessThanOrEqual(221)
    expect(cut.right - cut.left).toBeGreaterThan(100)
    expect(cut.bottom).toBeLessThan(whole.bottom - 20)
  })
})

test('text shrinks to the room below it when no number of lines is given', async () => {
  const box = await boxOf({ content: 'many words '.repeat(40), fit: 'shrink' })
  expect(box.right).toBeLessThanOrEqual(320)
  expect(box.bottom).toBeLessThanOrEqual(180)
  expect(box.bottom).toBeGreaterThan(140)
})
