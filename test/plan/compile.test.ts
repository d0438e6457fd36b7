import { describe, expect, test } from 'vitest'
import type { Edit } from '../../src/edit/operation.js'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import { QUALITY_NAMES } from '../../src/edit/output/qualities.js'
import { textOverlay } from '../support/overlays.js'
import {
  CLIP,
  compilePlan,
  edited,
  ladder,
  MARK,
  mediaFacts,
  sized,
  TRIM,
  WORLD,
} from '../support/plan-facts.js'

describe('passes', () => {
  test.each<[string, Edit, string[]]>([
    ['a lone trim', edited(TRIM), ['trim-edited']],
    ['a lone text', edited(textOverlay()), ['overlay-edited']],
    ['a lone watermark', edited(MARK), ['watermark-edited']],
    ['two trims', edited(TRIM, { ...TRIM, end_time: 2 }), ['transcode-edited']],
    ['an edit without operations', edited(), ['transcode-edited']],
    [
      'a lone trim with a ladder',
      { operations: [TRIM], output: { ...NO_EXTRAS, qualities: ['720p'] } },
      ['transcode-720p'],
    ],
    [
      'a ladder of three qualities',
      ladder('240p', '1080p', '480p'),
      ['1080p', '480p', '240p'].map((q) => `transcode-${q}`),
    ],
  ])('of %s are named, and ordered by cost', (_, edit, names) => {
    const plan = compilePlan(edit, WORLD)
    expect(plan.passes.map(({ name }) => name)).toEqual(names)
    expect(plan.outputs.map(({ passName }) => passName)).toEqual(names)
    const costs = plan.passes.map(({ cost }) => cost)
    expect(costs).toEqual([...costs].sort((a, b) => b - a))
  })

  test('say what they render and where it goes', () => {
    const [pass] = compilePlan(edited(TRIM), WORLD).passes
    expect(pass).toMatchObject({
      kind: 'trim',
      summary: 'edited, 1280×720, 2.0 s',
      outputNames: ['edited'],
      encodes: [
        {
          container: 'mp4',
          expected: { picture: { width: 1280, height: 720, frameCount: 50 }, durationSec: 2 },
        },
      ],
    })
    expect(compilePlan(ladder('720p')).outputs).toEqual([
      {
        name: '720p',
        quality: '720p',
        container: 'mp4',
        passName: 'transcode-720p',
        fingerprint: null,
        folder: null,
        key: 'processed/job/720p.mp4',
      },
    ])
  })

  test('are the same for the same edit, and are plain data', () => {
    const edit: Edit = {
      operations: [TRIM, MARK, CLIP, textOverlay()],
      output: { ...NO_EXTRAS, qualities: ['720p', '480p'] },
    }
    const plan = compilePlan(edit, WORLD)
    expect(compilePlan(edit, WORLD)).toEqual(plan)
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  test('seek to the first frame of leading trims, a little early, in files with an index', () => {
    const edit = edited({ ...TRIM, start_time: 2, end_time: 8 }, { ...TRIM, start_time: 1, end_time: 2 })
    const [pass] = compilePlan(edit).passes
    expect(pass?.inputs[0]?.seekSec).toBeCloseTo(3 - 0.02, 9)
    const [unindexed] = compilePlan(edit, { facts: mediaFacts({ format: 'mpegts' }) }).passes
    expect(unindexed?.inputs[0]?.seekSec).toBe(0)
    expect(compilePlan(edited(MARK, TRIM), WORLD).passes[0]?.inputs[0]?.seekSec).toBe(0)
  })

  test('open each input only by the demuxer that its probe found', () => {
    const [pass] = compilePlan(edited(MARK, CLIP), WORLD).passes
    expect(pass?.inputs.map(({ key, format }) => [key, format])).toEqual([
      ['uploads/video.mp4', 'mov,mp4,m4a,3gp,3g2,mj2'],
      ['assets/logo.png', 'png_pipe'],
      ['assets/clip.mp4', 'mov,mp4,m4a,3gp,3g2,mj2'],
    ])
  })
})

describe('sizes', () => {
  test.each<[string, number, number, number[][]]>([
    [
      'of a landscape',
      1920,
      1080,
      [
        [3840, 2160],
        [2560, 1440],
        [1920, 1080],
        [1280, 720],
        [854, 480],
        [640, 360],
        [426, 240],
      ],
    ],
    [
      'of a portrait',
      1080,
      1920,
      [
        [2160, 3840],
        [1440, 2560],
        [1080, 1920],
        [720, 1280],
        [480, 854],
        [360, 640],
        [240, 426],
      ],
    ],
    ['of a square', 500, 500, [2160, 1440, 1080, 720, 480, 360, 240].map((side) => [side, side])],
    [
      'of odd sides',
      1919,
      1079,
      [
        [3842, 2160],
        [2562, 1440],
        [1920, 1080],
        [1280, 720],
        [854, 480],
        [640, 360],
        [426, 240],
      ],
    ],
  ])('%s are fitted by the shorter side and even', (_, width, height, sizes) => {
    const qualities = QUALITY_NAMES.slice(0, sizes.length)
    const { passes } = compilePlan(ladder(...qualities), sized(width, height))
    const pictures = passes.map(({ encodes: [encode] }) => encode.expected.picture)
    expect(pictures.map((picture) => [picture?.width, picture?.height])).toEqual(sizes)
  })

  test.each([
    [1279, 719, 1280, 720],
    [1, 1, 2, 2],
    [3, 5, 4, 6],
  ])('an edited picture of %i×%i comes out at %i×%i', (width, height, outWidth, outHeight) => {
    const [pass] = compilePlan(edited(), sized(width, height)).passes
    expect(pass?.encodes[0].expected.picture).toMatchObject({ width: outWidth, height: outHeight })
  })

  test('the ladder has its caps of bit rate, an edited file has none', () => {
    const codings = compilePlan(ladder(...QUALITY_NAMES)).passes.map(
      ({ encodes: [encode] }) => encode.video?.coding,
    )
    expect(codings).toMatchObject(
      [18e6, 9e6, 5e6, 2.5e6, 1e6, 600e3, 350e3].map((maxBitRate) => ({ crf: 23, maxBitRate })),
    )
    expect(compilePlan(edited()).passes[0]?.encodes[0].video?.coding).toMatchObject({
      crf: 20,
      maxBitRate: null,
    })
  })
})
