import { test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { Rgb } from '../../support/frames.js'
import { useStudio } from '../../support/render.js'
import { BLUE, GREEN, RED, useQuarters, WHITE } from '../quarters.js'

const { expectCorners } = useQuarters(useStudio())

test.each<[string, Operation[], number[], Rgb[]]>([
  [
    'fit into a square',
    [{ type: 'resize', width: 160, height: 160, fit: 'fit' }],
    [160, 90],
    [RED, GREEN, BLUE, WHITE],
  ],
  [
    'fill a square',
    [{ type: 'resize', width: 160, height: 160, fit: 'fill' }],
    [160, 160],
    [RED, GREEN, BLUE, WHITE],
  ],
  [
    'stretch to a square',
    [{ type: 'resize', width: 100, height: 100, fit: 'stretch' }],
    [100, 100],
    [RED, GREEN, BLUE, WHITE],
  ],
  [
    'resize by the width alone',
    [{ type: 'resize', width: 640, height: null, fit: 'fit' }],
    [640, 360],
    [RED, GREEN, BLUE, WHITE],
  ],
])('%s', (_, operations, size, colors) => expectCorners(operations, size, colors))
