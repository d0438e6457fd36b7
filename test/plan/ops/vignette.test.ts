import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { AUDIO, compilePlan, edited, mediaFacts, pointersOf, videoFacts } from '../../support/plan-facts.js'

const vignette = (strength: number): Operation => ({ type: 'vignette', strength })

const graphOf = (...operations: readonly Operation[]) =>
  compilePlan(edited(...operations)).passes.map(({ graph }) => graph)

describe('a vignette', () => {
  test('of no strength adds no filter', () => {
    expect(graphOf(vignette(0))).toEqual(graphOf())
  })

  test.each([
    [0.1, 0.229],
    [0.5, 0.572],
    [1, Math.PI / 2],
  ])('of strength %d has the angle %d, and no dither', (strength, angle) => {
    const shapes = graphOf(vignette(strength))
      .flat()
      .filter(({ filter }) => filter === 'vignette')
    expect(shapes).toHaveLength(1)
    expect(shapes[0]?.args).toEqual({ angle: expect.closeTo(angle, 3) as number, dither: 0 })
  })

  test('is as large as the picture that it finds', () => {
    const crop = { type: 'crop', width: 101, height: 51, x: 0, y: 0 } as const
    const shade = graphOf(crop, vignette(0.5))
      .flat()
      .find(({ filter }) => filter === 'color')
    expect(shade?.args).toMatchObject({ size: '101x51' })
  })

  test('needs a picture', () => {
    const facts = mediaFacts({ video: null, audio: [{ ...AUDIO, index: 0 }] })
    expect(pointersOf(edited(vignette(0.5)), { facts })).toContain('/operations/0')
  })
})

describe('a picture of 10 bits', () => {
  const facts = mediaFacts({ video: videoFacts({ codec: 'hevc', pixelFormat: 'yuv420p10le' }) })
  const rendition = { name: 'deep', video_codec: 'h265', bit_depth: 10 } as const
  const depthOf = (strength: number) =>
    compilePlan({ operations: [vignette(strength)], output: { renditions: [rendition] } }, { facts })

  test.each([
    [0, 'yuv420p10le'],
    [0.5, 'yuv420p'],
  ])('is given to a vignette of strength %d as %s', (strength, format) => {
    const formats = depthOf(strength)
      .passes.flatMap(({ graph }) => graph)
      .flatMap(({ filter, args }) => (filter === 'format' ? [args['pix_fmts']] : []))
    expect(formats[0]).toBe(format)
  })
})
