import { test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { Rgb } from '../../support/frames.js'
import { useStudio } from '../../support/render.js'
import { BLUE, GREEN, RED, useQuarters, WHITE } from '../quarters.js'

const { expectCorners } = useQuarters(useStudio())

test.each<[string, Operation[], number[], Rgb[]]>([
  ['rotate by 90', [{ type: 'rotate', angle: 90 }], [180, 320], [BLUE, RED, WHITE, GREEN]],
  ['rotate by 180', [{ type: 'rotate', angle: 180 }], [320, 180], [WHITE, BLUE, GREEN, RED]],
  ['rotate by 270', [{ type: 'rotate', angle: 270 }], [180, 320], [GREEN, WHITE, RED, BLUE]],
])('%s', (_, operations, size, colors) => expectCorners(operations, size, colors))
