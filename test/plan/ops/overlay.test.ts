import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { passArgv } from '../../../src/plan/argv/pass-argv.js'
import type { VideoFacts } from '../../../src/plan/model/facts.js'
import { imageOverlay, videoOverlay, watermark } from '../../support/overlays.js'
import {
  compilePlan,
  edited,
  imageAsset,
  mediaFacts,
  tryCompile,
  videoFacts,
  type World,
} from '../../support/plan-facts.js'

function clip(fields: Partial<VideoFacts> = {}, hasSound = true) {
  const facts = mediaFacts({ video: videoFacts(fields), ...(hasSound ? {} : { audio: [] }) })
  return { key: 'assets/clip.mp4', kind: 'video', facts } as const
}

const WORLD: World = {
  assets: {
    'logo.png': imageAsset(),
    'tall.png': imageAsset(10, 100),
    'dot.png': imageAsset(1, 1),
    'clip.mp4': clip({ width: 320, height: 180, durationSec: 2 }),
    'silent.mp4': clip({ width: 320, height: 180, durationSec: 2 }, false),
    'large.mp4': clip({ width: 1920, height: 1080, durationSec: 8 }),
  },
}

function mistakes(...operations: Operation[]): string[] {
  const compilation = tryCompile(edited(...operations), WORLD)
  return compilation.ok ? [] : compilation.issues.map(({ pointer, message }) => `${pointer}: ${message}`)
}

describe('mistakes', () => {
  test('a size too large to be shown is named at the side that makes it so', () => {
    expect(
      mistakes(
        imageOverlay({ width: '640%' }),
        imageOverlay({ width: 8192, content: 'tall.png' }),
        watermark({ height: 8192 }),
      ),
    ).toEqual([
      '/operations/1/width: it would be shown at 8192×81920; at most 8192 pixels a side are allowed',
      '/operations/2/height: it would be shown at 16384×8192; at most 8192 pixels a side are allowed',
    ])
  })

  test('the sound of a clip without sound must be dropped', () => {
    const silent = videoOverlay({ content: 'silent.mp4' })
    expect(mistakes(silent, { ...silent, audio: 'mix' }, { ...silent, audio: 'replace' })).toEqual([
      '/operations/1/audio: "silent.mp4" has no sound',
      '/operations/2/audio: "silent.mp4" has no sound',
    ])
  })

  test('a repeated clip must not be too large and too long', () => {
    const large = videoOverlay({ content: 'large.mp4', at_end: 'loop' })
    expect(mistakes(large)).toEqual([
      '/operations/0/at_end: at 1920×1080 a repeated clip may have at most 103 frames; this one has 200',
    ])
    expect(
      mistakes({ ...large, width: '50%' }, { ...large, end_time: 8 }, { ...large, at_end: 'hold' }),
    ).toEqual([])
  })

  test('the number of tiles must not be too large', () => {
    const dots = watermark({ watermark_path: 'dot.png', tiled: true, margin: 0 })
    expect(mistakes(dots, { ...dots, margin: 10 })).toEqual([
      '/operations/0/tiled: the picture would be repeated 921600 times; at most 10000 are allowed',
    ])
  })

  test('fades must not be longer than a clip that ends before its window', () => {
    const fading = videoOverlay({ start_time: 1, fade_in: 1, fade_out: 1.5 })
    expect(mistakes(fading, { ...fading, at_end: 'loop' })).toEqual([
      '/operations/0/fade_out: "fade_in" and "fade_out" together are longer than the 2.000 s for which the ' +
        'overlay is visible',
    ])
  })
})

describe('a layer of transparency', () => {
  test.each([
    ['vp8', 'libvpx'],
    ['vp9', 'libvpx-vp9'],
  ])('in %s is decoded by %s, both of the source and of overlays', (codec, decoder) => {
    const video = { codec, hasAlphaLayer: true } as const
    const world = { facts: mediaFacts({ video: videoFacts(video) }), assets: { 'clip.mp4': clip(video) } }
    const { passes, warnings } = compilePlan(edited(videoOverlay()), world)
    const argv = passes[0] ? passArgv(passes[0], ['x']) : []
    const decoders = argv
      .slice(0, argv.indexOf('-filter_complex'))
      .filter((_, index) => argv[index - 1] === '-c:v')
    expect(decoders).toEqual([decoder, decoder])
    expect(warnings.map(({ code }) => code)).toContain('alpha-flattened')
  })

  test('that is missing leaves the choice of the decoder to ffmpeg', () => {
    const { passes } = compilePlan(edited(videoOverlay()), WORLD)
    expect(passes[0]?.inputs.map(({ decoder }) => decoder)).toEqual([undefined, undefined])
  })
})
