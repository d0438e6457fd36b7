import { expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { useStudio } from '../../support/render.js'
import { expectColors, RED, useQuarters, WHITE } from '../quarters.js'

const { look } = useQuarters(useStudio())

test('pad puts the picture in the middle of a colour', async () => {
  const pad: Operation = { type: 'pad', width: 640, height: 180, background: 'color', color: '#ff8000' }
  const seen = await look(
    [pad],
    [
      [0.1, 0.5],
      [0.3, 0.25],
      [0.7, 0.75],
      [0.9, 0.5],
    ],
  )
  expect(seen.size).toEqual([640, 180])
  expectColors(seen.colors, [[255, 128, 0], RED, WHITE, [255, 128, 0]])
})

test('pad puts the picture in the middle of a blurred copy of itself', async () => {
  const pad: Operation = { type: 'pad', width: 320, height: 640, background: 'blur', color: 'black' }
  const seen = await look(
    [pad],
    [
      [0.05, 0.03],
      [0.95, 0.97],
      [0.25, 0.42],
      [0.75, 0.58],
    ],
  )
  expect(seen.size).toEqual([320, 640])
  expectColors(seen.colors, [RED, WHITE, RED, WHITE])
})
