import { test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { Rgb } from '../../support/frames.js'
import { useStudio } from '../../support/render.js'
import { BLUE, GREEN, RED, useQuarters, WHITE } from '../quarters.js'

const { expectCorners } = useQuarters(useStudio())

test.each<[string, Operation[], number[], Rgb[]]>([
  ['flip left and right', [{ type: 'flip', direction: 'horizontal' }], [320, 180], [GREEN, RED, WHITE, BLUE]],
  ['flip top and bottom', [{ type: 'flip', direction: 'vertical' }], [320, 180], [BLUE, WHITE, RED, GREEN]],
])('%s', (_, operations, size, colors) => expectCorners(operations, size, colors))
