import { describe, expect, test } from 'vitest'
import { type OutputRequest, PRESET_NAMES } from '../../../src/edit/output/output.js'
import { outputSchema } from '../../../src/edit/output/output-schema.js'
import { compilePlan, sized, type World } from '../../support/plan-facts.js'

function plan(output: OutputRequest, world?: World) {
  return compilePlan({ operations: [], output }, world)
}

const outputsOf = (output: OutputRequest, world?: World) =>
  plan(output, world).outputs.map(({ name, container }) => `${name}.${container}`)

describe('an output', () => {
  test.each([
    ['mp4', ['1080p.mp4', '720p.mp4', '480p.mp4']],
    ['webm', ['1080p.webm', '720p.webm', '480p.webm']],
    ['gif', ['edited.gif']],
    ['m4a', ['audio.m4a']],
  ] as const)('with only the container %s has %j', (container, wanted) => {
    expect(outputsOf({ container }, sized(320, 180))).toEqual(wanted)
  })

  test('lists the largest picture first, whatever its codec costs', () => {
    const renditions = [
      { name: 'small', quality: '360p', video_codec: 'h265' },
      { name: 'large', quality: '480p' },
    ] as const
    const { outputs, passes } = plan({ renditions })
    expect(outputs.map(({ name }) => name)).toEqual(['large', 'small'])
    expect(passes.flatMap(({ outputNames }) => outputNames)).toEqual(['small', 'large'])
  })

  test('leaves out qualities above the picture when upscaling is off', () => {
    const qualities = ['1080p', '720p', '480p'] as const
    expect(outputsOf({ qualities, upscale: false }, sized(1280, 720))).toEqual(['720p.mp4', '480p.mp4'])
    const small = plan({ qualities, upscale: false }, sized(320, 180))
    expect(small.outputs.map(({ name }) => name)).toEqual(['480p'])
    expect(small.warnings.map(({ code }) => code)).toContain('upscaled')
  })
})

describe('a preset', () => {
  test.each(PRESET_NAMES)('%s is a valid request, and can be rendered', (preset) => {
    expect(outputSchema.validate({ preset }).error).toBeUndefined()
    const { outputs, passes } = plan({ preset })
    expect(outputs.length).toBeGreaterThanOrEqual(passes.length)
  })

  test('is overridden by the fields of the request', () => {
    expect(outputsOf({ preset: 'web', qualities: ['240p'], sprite: null, packaging: 'none' })).toEqual([
      '240p.mp4',
      'poster.jpg',
    ])
  })

  test('social has three shapes', () => {
    const pictures = plan({ preset: 'social' }).passes.map(({ encodes: [encode] }) => encode.expected.picture)
    expect(pictures.map((picture) => [picture?.width, picture?.height])).toEqual([
      [1080, 1920],
      [1920, 1080],
      [1080, 1080],
    ])
  })
})
