import { expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { imageOverlay, textOverlay } from '../support/overlays.js'
import { compilePlan, mediaFacts, videoFacts } from '../support/plan-facts.js'

const LOGO = {
  key: 'assets/logo.png',
  kind: 'image',
  facts: mediaFacts({
    format: 'png_pipe',
    video: videoFacts({ width: 64, height: 64, frameCount: 1 }),
    audio: [],
  }),
} as const

const codesOf = (...operations: Operation[]) =>
  compilePlan({ operations, output: null }, { assets: { 'logo.png': LOGO } }).warnings.flatMap(
    ({ code, message }) => (code === 'no-effect' ? [message] : []),
  )

test.each<Operation>([
  { type: 'volume', gain_db: 0 },
  { type: 'speed', factor: 1 },
  { type: 'crop', width: 1280, height: 720, x: 0, y: 0 },
  { type: 'resize', width: 1280, height: null, fit: 'fit' },
  { type: 'pad', width: 1280, height: 720, background: 'color', color: 'red' },
  { type: 'color', brightness: 0, contrast: 1, saturation: 1 },
  { type: 'vignette', strength: 0 },
  { type: 'fade', in: 0, out: 0, target: 'both', color: 'black' },
  { type: 'blur', x: 0, y: 0, width: 64, height: 64, radius: 5, start_time: 60, end_time: null },
  imageOverlay({ position_x: 5000 }),
  imageOverlay({ position_y: -5000 }),
  imageOverlay({ opacity: 0 }),
  textOverlay({ position_x: 5000 }),
  textOverlay({ position_y: -5000 }),
  textOverlay({ anchor: 'bottom-right', position_x: 1500, content: 'word', outline_width: 5 }),
  textOverlay({ position_x: -40, rotation: 180, font_size: 10, content: 'shown to the left' }),
  textOverlay({ content: ' \n\t ' }),
])('%j changes nothing, which is told', (op) => {
  expect(codesOf({ type: 'flip', direction: 'horizontal' }, op)).toEqual([
    `The operation "${op.type}" at /operations/1 changes nothing.`,
  ])
})

test('a trim of everything is told', () => {
  const trim: Operation = { type: 'trim', start_time: 0, end_time: null, mode: null }
  expect(codesOf(trim)).toHaveLength(1)
  expect(codesOf({ ...trim, start_time: 1 })).toEqual([])
})

test('what changes something is not told', () => {
  expect(
    codesOf(
      { type: 'volume', gain_db: 1 },
      { type: 'speed', factor: 1.5 },
      imageOverlay({ position_x: 3 }),
      textOverlay({ position_x: 1270 }),
    ),
  ).toEqual([])
})
