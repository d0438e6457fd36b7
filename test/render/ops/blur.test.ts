import { expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { decodeRgb, rgbAt } from '../../support/frames.js'
import { useStudio } from '../../support/render.js'
import { expectColors, RED, useQuarters } from '../quarters.js'

const studio = useStudio()
const quarters = useQuarters(studio)

test('blur mixes only the pixels within its region and its time', async () => {
  const region = { x: 121, y: 51, width: 80, height: 80 }
  const blur: Operation = { type: 'blur', ...region, radius: 30, start_time: 0.2, end_time: 0.3 }
  const { path } = await studio.render([blur], { video: quarters.path() })
  const frames = await decodeRgb(path)
  expect(frames).toHaveLength(10)
  frames.forEach((frame, index) => {
    const [inside, outside] = [rgbAt(frame, 150, 80), rgbAt(frame, 100, 30)]
    expectColors([outside], [RED])
    if (index === 5 || index === 6 || index === 7) expect(inside[1]).toBeGreaterThan(30)
    else expectColors([inside], [RED])
  })
})
