import { describe, expect, test } from 'vitest'
import type { Container } from '../../../src/edit/output/formats.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import type { RenditionRequest } from '../../../src/edit/output/renditions.js'
import { mediaFacts, pointersOf, sized, videoFacts, type World } from '../../support/plan-facts.js'

const FILM: RenditionRequest = { name: 'film' }

const pointers = (output: OutputRequest, world?: World) => pointersOf({ operations: [], output }, world)

describe('contradictions are mistakes', () => {
  test.each<[string, OutputRequest, string[]]>([
    ['a video codec that WebM does not allow', of('webm', { video_codec: 'h264' }), ['video_codec']],
    ['an audio codec that WebM does not allow', of('webm', { audio_codec: 'aac' }), ['audio_codec']],
    ['H.264 with 10 bits', of('mp4', { bit_depth: 10 }), ['bit_depth']],
    ['a rate factor beyond the scale', of('mp4', { crf: 52 }), ['crf']],
    ['a bit rate for FLAC', of('mkv', { audio_codec: 'flac', audio_bit_rate: 128_000 }), ['audio_bit_rate']],
    ['an audio codec that MP3 does not allow', of('mp3', { audio_codec: 'aac' }), ['audio_codec']],
    ['a bit rate for WAV', of('wav', { audio_bit_rate: 128_000 }), ['audio_bit_rate']],
    ['a size for sound', of('mp3', { width: 100, height: 100 }), ['width', 'height']],
    ['a codec for a GIF', of('gif', { video_codec: 'h264', crf: 20 }), ['video_codec', 'crf']],
  ])('%s', (_, output, fields) => {
    expect(pointers(output)).toEqual(fields.map((field) => `/output/renditions/0/${field}`))
  })

  test.each<[string, OutputRequest, World, string]>([
    ['a picture too small for AV1', of('mp4', { video_codec: 'av1', width: 32 }), {}, '/output/renditions/0'],
    ['qualities for sound', { container: 'mp3', qualities: ['720p'] }, {}, '/output/qualities/0'],
    [
      'sound of a silent video',
      { container: 'mp3' },
      { facts: mediaFacts({ audio: [] }) },
      '/output/container',
    ],
    ['a long GIF of large frames', { container: 'gif' }, sized(1920, 1080), '/output/container'],
    ['segments of WebM', { container: 'webm', packaging: 'hls' }, {}, '/output/packaging'],
    ['segments of several shapes', { preset: 'social', packaging: 'hls' }, {}, '/output/packaging'],
    ['a poster for sound', { container: 'mp3', poster: true }, {}, '/output/poster'],
    [
      'a sprite for a GIF',
      { ...of('gif', { width: 64 }), sprite: { interval: null, width: 64 } },
      {},
      '/output/sprite',
    ],
    [
      'twelve hours of a small GIF',
      of('gif', { width: 64, frame_rate: 5 }),
      long(64, 36),
      '/output/container',
    ],
    [
      'twelve hours of a small WebP',
      of('webp', { width: 64, frame_rate: 5 }),
      long(64, 36),
      '/output/container',
    ],
  ])('%s', (_, output, world, pointer) => {
    expect(pointers(output, world)).toContain(pointer)
  })

  test('renditions whose key frames differ cannot be segmented together', () => {
    const renditions = [
      { name: 'a', quality: '720p', frame_rate: 25 },
      { name: 'b', quality: '480p', frame_rate: 29.97 },
    ] as const
    expect(pointers({ renditions, packaging: 'hls' })).toEqual(['/output/packaging'])
    const halved = [renditions[0], { ...renditions[1], frame_rate: 12.5 }]
    expect(pointers({ renditions: halved, packaging: 'hls' })).toEqual([])
  })
})

/** Twelve hours. */
function long(width: number, height: number): World {
  const durationSec = 12 * 3600
  const video = videoFacts({ width, height, durationSec, frameCount: durationSec * 25 })
  return { facts: mediaFacts({ durationSec, video }) }
}

function of(container: Container, fields: Partial<RenditionRequest>): OutputRequest {
  return { container, renditions: [{ ...FILM, ...fields }] }
}
