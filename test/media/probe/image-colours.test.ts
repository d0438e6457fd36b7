import { expect, test } from 'vitest'
import { readImageColours } from '../../../src/media/probe/image-colours.js'
import { iccProfile, pngProfile, tagJpeg, tagPng } from '../../support/colour/icc.js'
import { lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const NOTHING = { colorPrimaries: null, colorTransfer: null }
const P3 = { colorPrimaries: 'smpte432', colorTransfer: 'iec61966-2-1' }

function image(name: string): Promise<string> {
  return studio.make(name, ...lavfi('color=red:s=16x16'), '-frames:v', '1')
}

test('a profile counts before the other chunks of a PNG, code points before a profile', async () => {
  const iCCP = pngProfile(iccProfile('Display P3'))
  const path = await tagPng(await image('both.png'), { sRGB: Buffer.of(0), iCCP })
  expect(await readImageColours(path, 'png_pipe')).toEqual(P3)
  await tagPng(path, { iCCP, cICP: Buffer.of(9, 18, 0, 1) })
  const hlg = { colorPrimaries: 'bt2020', colorTransfer: 'arib-std-b67' }
  expect(await readImageColours(path, 'png_pipe')).toEqual(hlg)
})

test('the segments of a profile of a JPEG are joined', async () => {
  const path = await tagJpeg(await image('p3.jpg'), iccProfile('Display P3'))
  expect(await readImageColours(path, 'jpeg_pipe')).toEqual(P3)
})

test('an image without chunks, or with a damaged profile, states nothing', async () => {
  const path = await tagPng(await image('plain.png'), {})
  expect(await readImageColours(path, 'png_pipe')).toEqual(NOTHING)
  await tagPng(path, { iCCP: Buffer.from('x\0\0damaged') })
  expect(await readImageColours(path, 'png_pipe')).toEqual(NOTHING)
})

test('other formats are left to ffprobe', async () => {
  expect(await readImageColours(await image('film.mp4'), 'mov,mp4,m4a,3gp,3g2,mj2')).toBeNull()
})
