import { describe, expect, test } from 'vitest'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import type { ConcatOperation } from '../../../src/edit/operations/concat.js'
import {
  AUDIO,
  compilePlan,
  edited,
  mediaFacts,
  tryCompile,
  videoFacts,
  type World,
} from '../../support/plan-facts.js'

const VIDEOS = {
  a: mediaFacts(),
  short: mediaFacts({ durationSec: 1, video: videoFacts({ durationSec: 1, frameCount: 25 }) }),
  silent: mediaFacts({ audio: [] }),
  sound: mediaFacts({ video: null }),
  long: mediaFacts({ durationSec: 43_000, video: videoFacts({ durationSec: 43_000 }) }),
  outlasting: mediaFacts({ durationSec: 12, audio: [{ ...AUDIO, durationSec: 12 }] }),
  turned: mediaFacts({ video: videoFacts({ rotation: 90 }) }),
}

function concat(ids: readonly string[], fields: Partial<ConcatOperation> = {}): ConcatOperation {
  return {
    type: 'concat',
    videos: ids.map((video_id) => ({ video_id, start_time: 0, end_time: null })),
    position: 'after',
    transition: 'none',
    transition_duration: 1,
    fit: 'pad',
    color: 'black',
    ...fields,
  }
}

const part = (start_time: number, end_time: number | null) =>
  concat([], { videos: [{ video_id: 'a', start_time, end_time }] })
const mix = (ids: readonly string[], transition_duration: number) =>
  concat(ids, { transition: 'crossfade', transition_duration })

describe('mistakes are reported at their fields', () => {
  test.each<[string, ConcatOperation, string[]]>([
    ['no mistake', concat(['a', 'silent', 'a']), []],
    ['an unknown video', concat(['a', 'gone']), ['videos/1/video_id']],
    ['a video without a picture', concat(['sound']), ['videos/0/video_id']],
    ['a stretch past the end', part(1, 11), ['videos/0/end_time']],
    ['a stretch that starts at the end', part(10, null), ['videos/0/start_time']],
    ['a stretch up to the end, which fits', part(1, 10), []],
    ['more than twelve hours', concat(['long', 'long']), ['videos']],
    ['a crossfade as long as the last video, which fits', mix(['short'], 1), []],
    ['a crossfade longer than the last video', mix(['short'], 1.2), ['transition_duration']],
    ['crossfades that meet, which fit', mix(['short', 'a'], 0.48), []],
    ['crossfades that overlap', mix(['short', 'a'], 0.6), ['transition_duration']],
  ])('%s', (_, operation, pointers) => {
    const compilation = tryCompile(edited(operation), { videos: VIDEOS })
    const found = compilation.ok ? [] : compilation.issues.map(({ pointer }) => pointer)
    expect(found).toEqual(pointers.map((pointer) => `/operations/0/${pointer}`))
  })
})

describe('warnings', () => {
  const codes = (operation: ConcatOperation, { facts = mediaFacts() }: World = {}) => {
    const videos = Object.fromEntries(
      Object.entries(VIDEOS).filter(([id]) => operation.videos.some(({ video_id }) => video_id === id)),
    )
    return compilePlan(edited(operation), { facts, videos }).warnings.map(({ code }) => code)
  }

  test('a warning says that silence was added, but only beside sound', () => {
    expect(codes(concat(['a']))).toEqual([])
    expect(codes(concat(['silent', 'a']))).toEqual(['silence-added'])
    const silent = { facts: mediaFacts({ audio: [] }) }
    expect(codes(concat(['a']), silent)).toEqual(['silence-added'])
    expect(codes(concat(['silent']), silent)).toEqual(['no-audio'])
  })

  test('a warning about another video names its id', () => {
    const { warnings } = compilePlan(edited(concat(['turned'])), { videos: { turned: VIDEOS.turned } })
    expect(warnings).toMatchObject([{ code: 'rotated' }])
    expect(warnings[0]?.message).toMatch(/^Video turned: /)
  })

  test('a warning says that sound is cut with the picture of its video, unless the part ends before', () => {
    const videos = { outlasting: VIDEOS.outlasting }
    const { warnings } = compilePlan(edited(concat(['outlasting'])), { videos })
    expect(warnings).toEqual([
      {
        code: 'duration-clamped',
        message: 'Video outlasting: The sound is 2.00 s longer than the picture and is cut with it.',
      },
    ])
    const part = concat([], { videos: [{ video_id: 'outlasting', start_time: 0, end_time: 5 }] })
    expect(codes(part)).toEqual([])
  })
})

test('sound of twenty videos at 30000/1001 is exactly as long as their frames', () => {
  const rate = { num: 30_000, den: 1001 }
  const video = videoFacts({ frameRate: rate, durationSec: 1.001 })
  const facts = mediaFacts({ durationSec: 1.001, video, audio: [AUDIO] })
  const ids = Array.from({ length: 20 }, (_, index) => `v${index}`)
  const videos = Object.fromEntries(ids.map((id) => [id, facts]))
  const [pass] = compilePlan(edited(concat(ids)), { facts, videos }).passes
  const lengths = pass?.graph.flatMap(({ filter, args }) =>
    filter === 'atrim' && 'end_sample' in args ? [Number(args['end_sample'])] : [],
  )
  expect(lengths).toHaveLength(21)
  const samples = Math.round((pass?.encodes[0].expected.picture?.frameCount ?? NaN) * 1001 * 1.6)
  expect(lengths?.reduce((sum, length) => sum + length, 0)).toBe(samples)
})

describe('the fields', () => {
  const id = '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b'
  const videos = [{ video_id: id }]
  const check = (fields: object) =>
    operationSchema.validate({ type: 'concat', videos, ...fields }, { abortEarly: false, convert: false })

  test('have their defaults', () => {
    expect(check({}).value).toEqual(
      concat([], { videos: [{ video_id: id, start_time: 0, end_time: null, duration: null }] }),
    )
  })

  test.each<[object, string[]]>([
    [{ videos: [] }, ['videos']],
    [{ videos: Array.from({ length: 21 }, () => videos[0]) }, ['videos']],
    [{ videos: [{ video_id: '../x' }] }, ['videos.0.video_id']],
    [{ videos: [{ video_id: id, start_time: 2, end_time: 1 }] }, ['videos.0.end_time']],
    [{ transition_duration: 0.09 }, ['transition_duration']],
    [{ transition_duration: 5.1 }, ['transition_duration']],
    [{ transition: 'wipe', position: 'middle', fit: 'stretch' }, ['position', 'transition', 'fit']],
    [{ color: 'nocolor' }, ['color']],
  ])('%j has mistakes at %j', (fields, where) => {
    const { error } = check(fields)
    expect(error?.details.map(({ path }) => path.join('.')) ?? []).toEqual(where)
  })
})
