import { describe, expect, test } from 'vitest'
import type { Container } from '../../src/edit/output/formats.js'
import { type OutputRequest, PRESET_NAMES } from '../../src/edit/output/output.js'
import { outputSchema } from '../../src/edit/output/output-schema.js'
import type { RenditionRequest } from '../../src/edit/output/renditions.js'
import { compilePlan, mediaFacts, sized, tryCompile, type World } from '../support/plan-facts.js'

const FILM: RenditionRequest = { name: 'film' }

function plan(output: OutputRequest, world?: World) {
  return compilePlan({ operations: [], output }, world)
}

function pointers(output: OutputRequest, world?: World): string[] {
  const compilation = tryCompile({ operations: [], output }, world)
  return compilation.ok ? [] : compilation.issues.map(({ pointer }) => pointer)
}

const outputsOf = (output: OutputRequest, world?: World) =>
  plan(output, world).outputs.map(({ name, container }) => `${name}.${container}`)

describe('an output', () => {
  test.each([
    ['mp4', ['1080p.mp4', '720p.mp4', '480p.mp4']],
    ['webm', ['1080p.webm', '720p.webm', '480p.webm']],
    ['gif', ['edited.gif']],
    ['m4a', ['audio.m4a']],
  ] as const)('of nothing but the container %s has %j', (container, wanted) => {
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

  test('leaves rungs above the picture out when it shall not be upscaled', () => {
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

  test('gives way to what the request says itself', () => {
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

describe('contradictions are mistakes', () => {
  test.each<[string, OutputRequest, string[]]>([
    ['a codec that WebM cannot hold', of('webm', { video_codec: 'h264' }), ['video_codec']],
    ['a sound codec that WebM cannot hold', of('webm', { audio_codec: 'aac' }), ['audio_codec']],
    ['H.264 with 10 bits', of('mp4', { bit_depth: 10 }), ['bit_depth']],
    ['a rate factor beyond the scale', of('mp4', { crf: 52 }), ['crf']],
    ['a bit rate of FLAC', of('mkv', { audio_codec: 'flac', audio_bit_rate: 128_000 }), ['audio_bit_rate']],
    ['a sound codec that MP3 cannot hold', of('mp3', { audio_codec: 'aac' }), ['audio_codec']],
    ['a bit rate of WAV', of('wav', { audio_bit_rate: 128_000 }), ['audio_bit_rate']],
    ['a size of sound', of('mp3', { width: 100, height: 100 }), ['width', 'height']],
    ['a codec of a GIF', of('gif', { video_codec: 'h264', crf: 20 }), ['video_codec', 'crf']],
  ])('%s', (_, output, fields) => {
    expect(pointers(output)).toEqual(fields.map((field) => `/output/renditions/0/${field}`))
  })

  test.each<[string, OutputRequest, World, string]>([
    ['a picture too small for AV1', of('mp4', { video_codec: 'av1', width: 32 }), {}, '/output/renditions/0'],
    ['qualities of sound', { container: 'mp3', qualities: ['720p'] }, {}, '/output/qualities/0'],
    [
      'sound of a silent video',
      { container: 'mp3' },
      { facts: mediaFacts({ audio: [] }) },
      '/output/container',
    ],
    ['a long GIF of large frames', { container: 'gif' }, sized(1920, 1080), '/output/container'],
    ['segments of WebM', { container: 'webm', packaging: 'hls' }, {}, '/output/packaging'],
    ['segments of several shapes', { preset: 'social', packaging: 'hls' }, {}, '/output/packaging'],
    ['a poster of sound', { container: 'mp3', poster: true }, {}, '/output/poster'],
    [
      'a sprite of a GIF',
      { ...of('gif', { width: 64 }), sprite: { interval: null, width: 64 } },
      {},
      '/output/sprite',
    ],
  ])('%s', (_, output, world, pointer) => {
    expect(pointers(output, world)).toContain(pointer)
  })

  test('key frames that do not meet cannot be segments together', () => {
    const renditions = [
      { name: 'a', quality: '720p', frame_rate: 25 },
      { name: 'b', quality: '480p', frame_rate: 29.97 },
    ] as const
    expect(pointers({ renditions, packaging: 'hls' })).toEqual(['/output/packaging'])
    const halved = [renditions[0], { ...renditions[1], frame_rate: 12.5 }]
    expect(pointers({ renditions: halved, packaging: 'hls' })).toEqual([])
  })
})

describe('the schema refuses', () => {
  const renditions = (...list: object[]) => ({ renditions: list })
  test.each([
    ['qualities and renditions together', { qualities: ['720p'], ...renditions(FILM) }],
    ['a quality with a width', renditions({ ...FILM, quality: '720p', width: 100 })],
    ['a name twice', renditions(FILM, FILM)],
    ['a name that the job needs itself', renditions({ name: 'poster' })],
    ['a name that is a path', renditions({ name: '../x' })],
    ['thirteen renditions', renditions(...Array.from({ length: 13 }, (_, index) => ({ name: `r${index}` })))],
    ['no rendition', renditions()],
    ['an unknown container', { container: 'exe' }],
    ['an unknown preset', { preset: 'tiktok' }],
  ])('%s', (_, output) => {
    expect(outputSchema.validate(output).error).toBeDefined()
  })

  test('nothing of what a rendition can be', () => {
    const whole = {
      ...{ name: 'a', quality: null, width: 640, height: 360, fit: 'blur', video_codec: 'av1', crf: 30 },
      ...{ max_bit_rate: 1e6, preset: 'fast', frame_rate: 23.976, bit_depth: 10, audio_codec: 'opus' },
      audio_bit_rate: 96_000,
    }
    expect(outputSchema.validate({ renditions: [whole], container: 'mp4' }).error).toBeUndefined()
  })
})

function of(container: Container, fields: Partial<RenditionRequest>): OutputRequest {
  return { container, renditions: [{ ...FILM, ...fields }] }
}
