import { expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { decodeGray, grayAt, type Picture } from '../../support/frames.js'
import { lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { BLUE, expectColors, GREEN, RED, useQuarters, WHITE } from '../quarters.js'

const studio = useStudio()
const { look } = useQuarters(studio)
const WIDTH = 160
const HEIGHT = 64

/** A bar that moves by 8 pixels from one field to the next: its edges look like combs in each frame. */
async function interlaced(): Promise<string> {
  const bar = `nullsrc=s=${WIDTH}x${HEIGHT}:r=50:d=0.6,format=yuv420p,geq=lum='if(between(mod(X-8*N,160),0,39),235,16)':cb=128:cr=128`
  const fields = ['-flags', '+ilme+ildct', '-x264opts', 'tff=1']
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '1', ...fields]
  return studio.make('fields.mp4', ...lavfi(`${bar},tinterlace=interleave_top`), ...coding)
}

/** Mean difference between neighbouring rows, in a part of the picture that has no such difference itself. */
function combing(picture: Picture): number {
  let sum = 0
  for (let y = 16; y < 48; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) sum += Math.abs(grayAt(picture, x, y) - grayAt(picture, x, y + 1))
  }
  return sum / (32 * WIDTH)
}

test('deinterlace removes the combs and keeps every frame', async () => {
  const video = await interlaced()
  const render = async (...operations: Operation[]) =>
    decodeGray((await studio.render(operations, { video })).path)
  const [combed, smooth] = [await render(), await render({ type: 'deinterlace' })]
  expect(smooth).toHaveLength(combed.length)
  const middle = Math.floor(combed.length / 2)
  const [before, after] = [combed[middle], smooth[middle]].map((picture) => picture && combing(picture))
  expect(before).toBeGreaterThan(15)
  expect(after).toBeLessThan(3)
})

test('deinterlace keeps size, count and colours of frames', async () => {
  const seen = await look([{ type: 'deinterlace' }])
  expectColors(seen.colors, [RED, GREEN, BLUE, WHITE])
})
