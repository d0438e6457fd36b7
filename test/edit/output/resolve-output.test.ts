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
    ['mp4', 'edited.mp4'],
    ['mov', 'edited.mov'],
    ['webm', 'edited.webm'],
    ['gif', 'edited.gif'],
    ['m4a', 'audio.m4a'],
  ] as const)('with only the container %s is one file', (container, wanted) => {
    const { outputs, passes } = plan({ container }, sized(640, 360))
    expect(outputs.map(({ name, container: kind }) => `${name}.${kind}`)).toEqual([wanted])
    const { picture } = passes[0]?.encodes[0].expected ?? {}
    if (picture) expect([picture.width, picture.height]).toEqual([640, 360])
  })

  test.each<[OutputRequest, string[]]>([
    [{}, ['edited.mp4']],
    [{ poster: true }, ['edited.mp4', 'poster.jpg']],
    [{ upscale: false }, ['edited.mp4']],
    [{ thumbnails: { count: 3, width: 100 }, container: 'mkv' }, ['edited.mkv', 'thumbnails.json']],
  ])('%j is one file at the edited size, and what is made of it', (output, wanted) => {
    const operations = [{ type: 'crop', x: 0, y: 0, width: 500, height: 300 }] as const
    const made = compilePlan({ operations, output }, sized(640, 360))
    expect(made.outputs.map(({ name, container }) => `${name}.${container}`)).toEqual(wanted)
    expect(made.passes[0]?.encodes[0].expected.picture).toMatchObject({ width: 500, height: 300 })
    expect(made.warnings.map(({ code }) => code)).not.toContain('upscaled')
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
