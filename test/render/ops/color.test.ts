import { expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { useStudio } from '../../support/render.js'
import { useQuarters } from '../quarters.js'

const { look } = useQuarters(useStudio())

test('a saturation of 0 is gray', async () => {
  const gray: Operation = { type: 'color', brightness: 0, contrast: 1, saturation: 0 }
  for (const [red, green, blue] of (await look([gray])).colors) {
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(6)
  }
})
