import { test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { Rgb } from '../../support/frames.js'
import { useStudio } from '../../support/render.js'
import { BLUE, GREEN, RED, useQuarters, WHITE } from '../quarters.js'

const { expectCorners } = useQuarters(useStudio())

test.each<[string, Operation[], number[], Rgb[]]>([
  [
    'crop to a quarter',
    [{ type: 'crop', width: 160, height: 90, x: 160, y: 0 }],
    [160, 90],
    Array(4).fill(GREEN),
  ],
  [
    'crop at odd places',
    [{ type: 'crop', width: 101, height: 51, x: 33, y: 19 }],
    [102, 52],
    Array(4).fill(RED),
  ],
  [
    'crop in the middle',
    [{ type: 'crop', width: 100, height: 100, x: null, y: null }],
    [100, 100],
    [RED, GREEN, BLUE, WHITE],
  ],
])('%s', (_, operations, size, colors) => expectCorners(operations, size, colors))
