import { beforeAll, describe, expect, test } from 'vitest'
import { type Box, differenceBox, firstGray, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let clip = ''
let blank: Picture

beforeAll(async () => {
  clip = await studio.make('black.mp4', ...lavfi('color=black:s=640x180:r=25:d=0.04'), ...H264)
  blank = await firstGray((await studio.render([], { video: clip })).path)
})

async function draw(content: string): Promise<Picture> {
  const overlay = textOverlay({ content, font_size: 60, position_x: 40, position_y: 30 })
  return firstGray((await studio.render([overlay], { video: clip })).path)
}

function widthOf(picture: Picture): number {
  const box: Box | null = differenceBox(picture, blank, 60)
  if (!box) throw new Error('nothing was drawn')
  return box.right - box.left
}

describe('a keycap', () => {
  test.each(['1', '#', '*'])('of %s is one sign with the character in it', async (character) => {
    const key = await draw(`${character}\ufe0f\u20e3`)
    expect(widthOf(key)).toBeGreaterThan(widthOf(await draw(character)) + 10)
    expect(widthOf(key)).toBeLessThan(90)
    expect(differenceBox(key, await draw('\u20e3'), 90)).not.toBeNull()
    expect(differenceBox(key, await draw('0\ufe0f\u20e3'), 90)).not.toBeNull()
  })

  test('is the same in a line with letters', async () => {
    const [alone, after] = [widthOf(await draw('1\ufe0f\u20e3')), widthOf(await draw('I 1\ufe0f\u20e3'))]
    expect(after).toBeGreaterThan(alone + 10)
    expect(after).toBeLessThan(alone + 50)
  })
})

test.each(['👩\u200d👩\u200d👧', '🇩🇪', '👍🏽', '❤\ufe0f'])('%s is one sign', async (emoji) => {
  expect(widthOf(await draw(emoji))).toBeLessThan(90)
})
