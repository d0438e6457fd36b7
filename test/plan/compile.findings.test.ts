import { describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../src/edit/operation.js'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import { textOverlay } from '../support/overlays.js'
import {
  AUDIO,
  CLIP,
  compilePlan,
  edited,
  IMAGE,
  ladder,
  MARK,
  mediaFacts,
  sized,
  TRIM,
  tryCompile,
  WORLD,
  type World,
} from '../support/plan-facts.js'

describe('warnings', () => {
  const codes = (edit: Edit, world: World = WORLD) =>
    compilePlan(edit, world).warnings.map(({ code }) => code)

  test('a quality above the edited picture is reported as upscaled, one of its size is not', () => {
    expect(codes(ladder('1080p', '720p', '480p'))).toEqual(['upscaled'])
    expect(codes(ladder('1440p', '1080p'))).toEqual(['upscaled', 'upscaled'])
    expect(codes(ladder('720p'), sized(1279, 719))).toEqual(['odd-size', 'upscaled'])
    expect(codes(edited(), sized(1279, 719))).toEqual(['odd-size'])
  })

  test('silence causes one warning, however many renditions there are', () => {
    expect(codes(ladder('720p', '480p'), { facts: mediaFacts({ audio: [] }) })).toEqual(['no-audio'])
    expect(codes(ladder('720p'), { facts: mediaFacts({ audio: [AUDIO] }) })).toEqual([])
  })

  test('sound that outlasts the picture is cut, with a warning unless a trim ends before that', () => {
    const facts = mediaFacts({ durationSec: 12, audio: [{ ...AUDIO, durationSec: 12 }] })
    expect(codes(edited(), { facts })).toEqual(['duration-clamped'])
    expect(codes(edited({ ...TRIM, start_time: 1, end_time: 8 }), { facts })).toEqual([])
    expect(codes(edited(), { facts: mediaFacts({ durationSec: 10.3, audio: [AUDIO] }) })).toEqual([])
  })

  test('an overlay that no frame shows causes a warning and no work', () => {
    const late = [
      textOverlay({ start_time: 10 }),
      { ...IMAGE, start_time: 11 },
      { ...CLIP, start_time: 9.99 },
    ]
    const plan = compilePlan(edited(...late), WORLD)
    expect(plan.warnings.map(({ code }) => code)).toEqual(Array(3).fill('overlay-never-visible'))
    expect(plan.warnings[1]?.message).toContain('/operations/1')
    expect(plan.passes[0]?.inputs).toHaveLength(1)
    expect(plan.passes[0]?.sideFiles).toEqual([])
  })

  test('an overlay after a trim is placed on what the trim has left', () => {
    expect(codes(edited(TRIM, textOverlay({ start_time: 1.9 })))).toEqual([])
    expect(codes(edited(TRIM, textOverlay({ start_time: 2 })))).toEqual(['overlay-never-visible'])
  })
})

describe('mistakes', () => {
  const pointers = (edit: Edit, world: World = WORLD) => {
    const compilation = tryCompile(edit, world)
    return compilation.ok ? [] : compilation.issues.map(({ pointer }) => pointer)
  }

  test('are all listed, each once, whatever the number of renditions', () => {
    const operations: Operation[] = [
      { ...TRIM, end_time: 11 },
      { ...MARK, watermark_path: 'gone.png' },
      textOverlay(),
      { ...CLIP, content: 'logo.png' },
      { ...TRIM, end_time: 60 },
    ]
    expect(pointers({ operations, output: { ...NO_EXTRAS, qualities: ['720p', '480p', '360p'] } })).toEqual([
      '/operations/0/end_time',
      '/operations/1/watermark_path',
      '/operations/3/content',
      '/operations/4/end_time',
    ])
  })

  test.each<[string, Operation, string]>([
    [
      'a video asset for an image',
      { ...IMAGE, content: 'clip.mp4' },
      'is a video asset, but an image is needed',
    ],
    [
      'an image asset for a video',
      { ...CLIP, content: 'logo.png' },
      'is an image asset, but a video is needed',
    ],
    ['a font for an image', { ...IMAGE, content: 'font.ttf' }, 'is a font asset, but an image is needed'],
    [
      'an audio asset for a video',
      { ...CLIP, content: 'song.mp3' },
      'is an audio asset, but a video is needed',
    ],
    ['an unknown asset', { ...IMAGE, content: 'x.png' }, 'does not exist, but an image is needed'],
  ])('%s is a mistake', (_, operation, message) => {
    const assets = {
      ...WORLD.assets,
      'font.ttf': { key: 'assets/font.ttf', kind: 'font', facts: null },
      'song.mp3': { key: 'assets/song.mp3', kind: 'audio', facts: mediaFacts({ video: null }) },
    } as const
    const compilation = tryCompile(edited(operation), { assets })
    const messages = compilation.ok ? [] : compilation.issues.map((issue) => issue.message)
    expect(messages).toEqual([`"${'content' in operation ? operation.content : ''}" ${message}`])
  })

  test('fades must not be longer than the overlay is visible, and it ends with the picture', () => {
    const fades = (fade_in: number, fade_out: number) => ({ fade_in, fade_out })
    const window = { start_time: 2, end_time: 3 }
    expect(pointers(edited(textOverlay({ ...window, ...fades(0.5, 0.5) })))).toEqual([])
    expect(
      pointers(
        edited(
          textOverlay({ ...window, ...fades(0.5, 0.54) }),
          { ...IMAGE, ...window, ...fades(1.04, 0) },
          { ...CLIP, start_time: 9, ...fades(0, 1.04) },
        ),
        WORLD,
      ),
    ).toEqual(['/operations/0/fade_out', '/operations/1/fade_in', '/operations/2/fade_out'])
  })

  test('a trim counts its times on what the trims before it have left', () => {
    expect(pointers(edited(TRIM, { ...TRIM, start_time: 0, end_time: 2.04 }))).toEqual([])
    expect(pointers(edited(TRIM, { ...TRIM, start_time: 0, end_time: 2.06 }))).toEqual([
      '/operations/1/end_time',
    ])
  })

  test('a picture too large to encode is refused at the quality that makes it so', () => {
    expect(pointers(ladder('240p', '2160p'), sized(4000, 200))).toEqual(['/output/qualities/1'])
    expect(pointers(ladder('240p'), sized(20, 4000))).toEqual(['/output/qualities/0'])
    expect(pointers(edited(), sized(9000, 200))).toEqual(['/video_id'])
    expect(pointers(edited(), sized(8192, 4320))).toEqual([])
    expect(pointers(edited(), sized(4320, 8192))).toEqual([])
    expect(pointers(edited(), sized(4324, 8192))).toEqual(['/video_id'])
  })

  test('a video without a picture is refused', () => {
    expect(pointers(edited(), { facts: mediaFacts({ video: null }) })).toEqual(['/video_id'])
  })
})
