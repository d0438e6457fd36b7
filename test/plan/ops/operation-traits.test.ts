import Joi from 'joi'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import { Findings } from '../../../src/plan/context.js'
import type { Timeline } from '../../../src/plan/frames/timeline.js'
import { GraphBuilder } from '../../../src/plan/graph/graph-builder.js'
import type { AssetSource } from '../../../src/plan/model/sources.js'
import { applyOperation } from '../../../src/plan/ops/apply-operation.js'
import { traitsOf } from '../../../src/plan/ops/operation-traits.js'
import { EXAMPLES } from '../../docs/examples.js'
import { AUDIO, CLIP_ASSET, imageAsset, mediaFacts } from '../../support/plan-facts.js'
import { srt, subtitleAsset } from '../../support/subtitles.js'

const BEFORE: Timeline = {
  videoPad: 'picture',
  audioPad: 'sound',
  width: 1280,
  height: 720,
  frameRate: { num: 25, den: 1 },
  frameCount: 250,
  delivered: { start: 0, end: 250 },
  colorSpace: 'bt709',
}

const ASSETS = new Map<string, AssetSource>([
  ['logo.png', imageAsset()],
  ['clip.mp4', CLIP_ASSET],
  [
    'music.mp3',
    {
      key: 'assets/music.mp3',
      kind: 'audio',
      facts: mediaFacts({ video: null, audio: [{ ...AUDIO, index: 0 }] }),
    } as const,
  ],
  ['film.srt', subtitleAsset('srt', srt([1, 2, 'Hello']))],
])

const example = (fields: object) =>
  Joi.attempt(fields, operationSchema as Joi.AlternativesSchema<Operation>, { convert: false })

const EDITS = [
  ...Object.values(EXAMPLES).map(({ operation }) => example(operation)),
  ...(['video', 'audio', 'both'] as const).map((target) => example({ type: 'fade', in: 1, target })),
  ...(['drop', 'mix', 'replace'] as const).map((audio) =>
    example({
      ...{ type: 'overlay', overlay_type: 'video', content: 'clip.mp4', position_x: 0, position_y: 0 },
      audio,
    }),
  ),
]

function apply(op: Operation): { readonly after: Timeline; readonly graph: GraphBuilder } {
  const graph = new GraphBuilder()
  const findings = new Findings()
  const videos = new Map(
    (op.type === 'concat' ? op.videos : []).map(({ video_id = '' }) => [
      video_id,
      { key: 'uploads/other.mp4', facts: mediaFacts() },
    ]),
  )
  const context = {
    graph,
    findings,
    videos,
    assets: ASSETS,
    measurements: [],
    wanted: null,
    pointer: '',
    before: () => BEFORE,
  }
  const after = applyOperation(context, op, BEFORE)
  expect(findings.issues).toEqual([])
  return { after, graph }
}

/** Formats that hold no more than 8 bits per channel. */
const SHALLOW = /^(yuva?420p|yuv444p|rgba|rgb24|gbrap?|gray)$/

describe.each(EDITS.map((op) => [JSON.stringify(op), op] as const))('the traits of %s hold:', (_, op) => {
  const traits = traitsOf(op)

  test('the sound is kept when nothing is done to it', () => {
    // A trim leaves the sound that it keeps unchanged.
    if (op.type !== 'trim') expect(traits.keepsSound).toBe(apply(op).after.audioPad === BEFORE.audioPad)
  })

  test('an operation that changes nothing but the picture needs one', () => {
    const { after } = apply(op)
    const changesPicture = after.videoPad !== BEFORE.videoPad
    if (changesPicture && after.audioPad === BEFORE.audioPad && op.type !== 'fade')
      expect(traits.needsPicture).toBe(true)
    if (!changesPicture) expect(traits.needsPicture).toBe(false)
  })

  test('ten bits are kept when no filter gets 8, and when the picture is unchanged', () => {
    const { after, graph } = apply(op)
    const isShallow = graph
      .leadingTo([after.videoPad])
      .flatMap(({ filter, args }) => (filter === 'format' ? args['pix_fmts'] : []))
      .some((format) => typeof format === 'string' && SHALLOW.test(format))
    if (isShallow) expect(traits.keepsTenBits).toBe(false)
    if (after.videoPad === BEFORE.videoPad) expect(traits.keepsTenBits).toBe(true)
  })

  test('frames outside the changed stretch stay as they were', () => {
    if (!traits.changedStretch) return
    const { videoPad, audioPad, mayClip, ...extent } = apply(op).after
    expect({ ...BEFORE, videoPad, audioPad, mayClip }).toEqual({ ...extent, videoPad, audioPad, mayClip })
  })
})
