import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asWoff, asWoff2, shippedFont } from '../../support/font-file.js'
import { differenceBox, firstGray, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

test('text in a font of WOFF or WOFF2 looks as in the font itself', async () => {
  const clip = await studio.make('black.mp4', ...lavfi('color=black:s=640x160:r=25:d=0.04'), ...H264)
  const font = shippedFont('NotoSansTamil_700Bold.ttf')
  const files = { 'own.ttf': font, 'own.woff': asWoff(font), 'own.woff2': await asWoff2(font) }
  const pictures: Picture[] = []
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(studio.dir(), 'files', name)
    await writeFile(path, bytes)
    const overlay = textOverlay({
      content: 'கொல் fi',
      font: name,
      font_size: 60,
      position_x: 30,
      position_y: 30,
    })
    pictures.push(
      await firstGray((await studio.render([overlay], { video: clip, assets: { [name]: path } })).path),
    )
  }
  const [plain, ...others] = pictures
  const blank = await firstGray((await studio.render([], { video: clip })).path)
  expect(plain && differenceBox(plain, blank, 60)).not.toBeNull()
  for (const other of others) expect(plain && differenceBox(plain, other, 4)).toBeNull()
  expect(others).toHaveLength(2)
})
