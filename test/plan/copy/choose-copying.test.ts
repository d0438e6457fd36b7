import { describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import type { TrimMode } from '../../../src/edit/operations/trim.js'
import type { RenditionRequest } from '../../../src/edit/output/renditions.js'
import { compileEdit } from '../../../src/plan/compile.js'
import type { CodedGroups, MediaFacts, VideoFacts } from '../../../src/plan/model/facts.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { textOverlay, videoOverlay } from '../../support/overlays.js'
import { AUDIO, mediaFacts, videoFacts } from '../../support/plan-facts.js'
import { CLIP_ASSET } from '../../support/plan-facts.js'

/** Two minutes with a key frame each second. */
const FRAMES = 3000
const STARTS = Array.from({ length: 120 }, (_, index) => index * 25)
const GROUPS: CodedGroups = {
  starts: STARTS,
  reorderFrames: 2,
  longestFrames: 25,
  parameters: { level: 31, takenIds: [0] },
}

function facts(video: Partial<VideoFacts> = {}, fields: Partial<MediaFacts> = {}): MediaFacts {
  const length = { frameCount: FRAMES, durationSec: 120 }
  return mediaFacts({
    durationSec: 120,
    audio: [{ ...AUDIO, durationSec: 120 }],
    video: videoFacts({ ...length, groups: GROUPS, ...video }),
    ...fields,
  })
}

function plan(edit: Edit, of: MediaFacts = facts()): Plan {
  const sources = {
    video: { key: 'uploads/video.mp4', facts: of },
    assets: new Map([['clip.mp4', CLIP_ASSET]]),
    videos: new Map(),
  }
  const spreading = { kind: 'chunks', slots: 2, threadsPerSlot: 1, partPrefix: 'parts/job/' } as const
  const compilation = compileEdit(edit, sources, { outputPrefix: 'processed/job/', spreading })
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  return compilation.plan
}

function trimmed(mode: TrimMode | null, start = 10.5, end = 100.5): Edit {
  return edited({ type: 'trim', start_time: start, end_time: end, mode })
}

function edited(...operations: readonly Operation[]): Edit {
  return { operations, output: null }
}

/** The number of frames of each piece that is copied. */
function copied({ assemblies }: Plan): number[] {
  return assemblies.flatMap(({ copies }) => copies?.pictures.map(({ frames }) => frames) ?? [])
}

function encoded({ passes }: Plan): number[] {
  return passes.map(({ encodes: [{ expected }] }) => expected.picture?.frameCount ?? 0)
}

describe('a trim', () => {
  test.each([null, 'smart'] as const)('of the mode %s copies what lies between its cuts', (mode) => {
    const made = plan(trimmed(mode))
    expect(copied(made)).toEqual([89 * 25])
    expect(encoded(made).sort()).toEqual([12, 13])
    expect(made.assemblies[0]?.copies?.sound).toMatchObject({ stream: 1, startSec: 10.52, endSec: 100.52 })
    expect(made.warnings).toEqual([])
  })

  test('that is exact copies nothing', () => {
    expect(copied(plan(trimmed('exact')))).toEqual([])
  })

  test.each<[TrimMode, Partial<VideoFacts>, RegExp]>([
    ['smart', { isVariableRate: true }, /varies/],
    ['keyframe', { codec: 'vp9' }, /vp9/],
    ['smart', { codec: 'hevc' }, /H\.265/],
    ['smart', { groups: { ...GROUPS, starts: [0, 2000] } }, /Less than half/],
    ['keyframe', { groups: { ...GROUPS, starts: [1000] } }, /no key frame/],
  ])('of the mode %s cannot copy from a source with %j, and says why', (mode, video, reason) => {
    const made = plan(trimmed(mode), facts(video))
    expect(copied(made)).toEqual([])
    const [warning] = made.warnings.filter(({ code }) => code === 'trim-reencoded')
    expect(warning?.message).toMatch(reason)
  })

  test('without a mode is rendered exactly, without a warning, where nothing can be copied', () => {
    const made = plan(trimmed(null), facts({ codec: 'hevc', groups: null }))
    expect([copied(made), made.warnings]).toEqual([[], []])
  })

  test('with operations that change every frame, or with requested outputs, is exact and says so', () => {
    const [trim] = trimmed('smart').operations
    const operations: Operation[] = trim ? [trim, { type: 'flip', direction: 'vertical' }] : []
    const [flipped, ladder] = [
      plan(edited(...operations)),
      plan({ ...trimmed('keyframe'), output: { qualities: ['720p'] } }),
    ]
    expect([copied(flipped), copied(ladder)]).toEqual([[], []])
    expect(flipped.warnings.map(({ message }) => message).join()).toMatch(/"flip"/)
    expect(ladder.warnings.map(({ code }) => code)).toContain('trim-reencoded')
  })

  test('at key frames after another trim is exact and says so', () => {
    const operations = [trimmed(null), trimmed('keyframe', 1, 50)].flatMap((edit) => edit.operations)
    const made = plan(edited(...operations))
    expect([copied(made), made.warnings.map(({ code }) => code)]).toEqual([[], ['trim-reencoded']])
  })

  test('whose encoded ends are long is cut into chunks there', () => {
    const starts = STARTS.filter((frame) => frame < 1000 || frame >= 2990).concat(2990)
    const made = plan(
      trimmed('smart', 0, 77),
      facts({ groups: { ...GROUPS, starts: starts.sort((a, b) => a - b) } }),
    )
    expect(copied(made)).toEqual([975])
    expect(encoded(made).length).toBeGreaterThan(1)
    expect(encoded(made).reduce((sum, frames) => sum + frames, 0)).toBe(950)
  })

  test('at key frames joins segments that touch once they are widened', () => {
    const segments = [
      { start_time: 1.5, end_time: 2.5 },
      { start_time: 2.8, end_time: 3.1 },
      { start_time: 50.2, end_time: 51 },
    ]
    const made = plan(edited({ type: 'trim', segments, mode: 'keyframe' }))
    expect(copied(made)).toEqual([75, 25])
    expect(made.warnings.map(({ message }) => message)).toEqual([
      'The trim was cut at key frames: it keeps 1.000 s to 4.000 s, 50.000 s to 51.000 s.',
    ])
  })
})

describe('the sound', () => {
  const soundOf = (audio: Partial<typeof AUDIO>, edit = trimmed('smart')) =>
    plan(edit, facts({}, { audio: [{ ...AUDIO, durationSec: 120, ...audio }] }))

  test.each<[string, Partial<typeof AUDIO>]>([
    ['has a codec that cannot be copied', { codec: 'vorbis' }],
    [
      'changes on the way',
      {
        forms: [
          { sampleRate: 44_100, layout: 'stereo' },
          { sampleRate: 48_000, layout: 'stereo' },
        ],
      },
    ],
    ['has gaps', { hasGaps: true }],
    ['has times that vary', { jitterSec: 0.01 }],
    ['ends before the film', { durationSec: 60 }],
    ['begins after it', { startSec: 30 }],
  ])('is encoded again when it %s', (_, audio) => {
    const made = soundOf(audio)
    expect(made.assemblies[0]?.copies?.sound).toBeNull()
    expect(made.passes.filter(({ kind }) => kind === 'encodeAudio')).toHaveLength(1)
  })

  test('is that of the track that the edit asks for', () => {
    const tracks = [AUDIO, { ...AUDIO, index: 3, isDefault: false, codec: 'mp3' }]
    const audio = tracks.map((track) => ({ ...track, durationSec: 120 }))
    const made = plan({ ...trimmed('smart'), audio: { track: 1 } }, facts({}, { audio }))
    expect(made.assemblies[0]?.copies?.sound?.stream).toBe(3)
  })

  test('is encoded again when a clip is heard in it', () => {
    const clip = videoOverlay({ start_time: 20, end_time: 25, audio: 'mix' })
    expect(soundOf({}, edited(clip)).assemblies[0]?.copies?.sound).toBeNull()
    const silent = videoOverlay({ start_time: 20, end_time: 25, audio: 'drop' })
    expect(soundOf({}, edited(silent)).assemblies[0]?.copies?.sound).not.toBeNull()
  })
})

test('an overlay after a trim changes only the groups of frames that it covers', () => {
  const [trim] = trimmed(null).operations
  const text = textOverlay({ content: 'x', start_time: 20, end_time: 21 })
  const made = plan(edited(...(trim ? [trim, text] : [])))
  // Film frame 500 is the source's 763, in the group from 750 to 775; the text ends in the group from 775 to 800.
  expect(copied(made)).toEqual([750 - 275, 2500 - 800])
  expect(encoded(made).sort((a, b) => a - b)).toEqual([12, 13, 50])
})

describe('a rendition of an unedited video', () => {
  const renditionOf = (request: Partial<RenditionRequest>, of = facts()) =>
    plan({ operations: [], output: { renditions: [{ name: 'a', ...request }] } }, of)

  test.each<[string, Partial<RenditionRequest>]>([
    ['the quality that it has', { quality: '720p' }],
    ['its own size', {}],
    ['its own frame rate', { frame_rate: 25 }],
  ])('that asks for %s is a copy', (_, request) => {
    const made = renditionOf(request)
    expect([copied(made), made.passes]).toEqual([[FRAMES], []])
  })

  test.each<[string, Partial<RenditionRequest>]>([
    ['a rate factor', { crf: 20 }],
    ['another codec', { video_codec: 'h265' }],
    ['another frame rate', { frame_rate: 12.5 }],
    ['another size', { height: 360 }],
    ['fewer bits a second than it has', { max_bit_rate: 900_000 }],
  ])('that asks for %s is encoded again', (_, request) => {
    expect(copied(renditionOf(request))).toEqual([])
  })

  test.each<[string, Partial<VideoFacts>]>([
    ['its key frames are far apart', { groups: { ...GROUPS, longestFrames: 60 } }],
    ['it does not begin with a key frame', { groups: { ...GROUPS, starts: STARTS.slice(1) } }],
    ['it has 10 bits', { pixelFormat: 'yuv420p10le', profile: 'High 10' }],
  ])('is encoded again when %s', (_, video) => {
    expect(copied(renditionOf({}, facts(video)))).toEqual([])
  })

  test('is encoded again for a stream, whose segments begin at the same frames in all renditions', () => {
    const output = { renditions: [{ name: 'a' }], packaging: 'hls' } as const
    expect(copied(plan({ operations: [], output }))).toEqual([])
  })
})
