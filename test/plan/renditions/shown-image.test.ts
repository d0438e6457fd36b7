import { describe, expect, test } from 'vitest'
import type { ShownImage } from '../../../src/edit/fields/shown-image.js'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import type { ConcatItem, ConcatOperation } from '../../../src/edit/operations/concat.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import { mediaFacts, tryCompile, videoFacts } from '../../support/plan-facts.js'

const STILL = mediaFacts({
  ...{ format: 'png_pipe', durationSec: 0, audio: [] },
  video: videoFacts({ codec: 'png', pixelFormat: 'rgb24', durationSec: 0, frameCount: 1 }),
})
const LONG_GIF = mediaFacts({
  ...{ format: 'gif', durationSec: 60, audio: [] },
  video: videoFacts({ codec: 'gif', pixelFormat: 'bgra', durationSec: 60, width: 1920, height: 1080 }),
})
const FILM = mediaFacts()

function issuesOf(facts: MediaFacts, image?: ShownImage): string[] {
  const edit = { operations: [], output: null, ...(image ? { image } : {}) }
  const compilation = tryCompile(edit, { facts })
  return compilation.ok ? [] : compilation.issues.map(({ pointer, message }) => `${pointer}: ${message}`)
}

describe('an upload that is an image', () => {
  test('needs a length when it is a still', () => {
    const [missing] = issuesOf(STILL)
    expect(missing).toMatch(/^\/image: .*still image.*"duration": 5/)
    expect(issuesOf(STILL, { color: 'white' })[0]).toMatch(/^\/image\/duration: /)
    expect(issuesOf(STILL, { duration: 5 })).toEqual([])
  })

  test('is repeated only as far as its frames have room in memory', () => {
    expect(issuesOf(LONG_GIF, { duration: 61 })[0]).toMatch(
      /^\/image\/duration: at 1920×1080 .* at most 172 frames; this one has 1500$/,
    )
    expect(issuesOf(LONG_GIF, { duration: 59 })).toEqual([])
    expect(issuesOf(LONG_GIF)).toEqual([])
  })

  test('is none when it is a film', () => {
    expect(issuesOf(FILM, { duration: 5 })[0]).toMatch(/^\/image: the upload is no image/)
  })

  test('is as long as it is shown, up to the limits, at a cost of its frames', () => {
    const edit = { operations: [], output: null, image: { duration: 3600 } }
    const compilation = tryCompile(edit, { facts: STILL })
    const pass = compilation.ok ? compilation.plan.passes[0] : undefined
    expect(pass?.encodes[0].expected.durationSec).toBe(3600)
    expect(pass?.graph.filter(({ filter }) => filter === 'scale')).toHaveLength(1)
  })
})

describe('images of a concat', () => {
  const concat = (item: ConcatItem): ConcatOperation => ({
    ...{ type: 'concat', videos: [item], position: 'after', transition: 'none', transition_duration: 1 },
    ...{ fit: 'pad', color: 'black' },
  })
  const stretch = { start_time: 0, end_time: null }

  test.each<[string, ConcatItem, string[]]>([
    ['a still asset with a length', { image: 'still', duration: 2 }, []],
    ['a still asset without one', { image: 'still', duration: null }, ['duration']],
    ['an upload that is a still', { video_id: 'still', ...stretch, duration: 2 }, []],
    ['one without a length', { video_id: 'still', ...stretch, duration: null }, ['duration']],
    ['one with a part', { video_id: 'still', ...stretch, start_time: 1, duration: 2 }, ['start_time']],
    ['a film with a length', { video_id: 'film', ...stretch, duration: 2 }, ['duration']],
    ['a clip as an image', { image: 'clip', duration: 2 }, ['image']],
    ['an unknown asset', { image: 'gone', duration: 2 }, ['image']],
    ['an animation without a length', { image: 'gif', duration: null }, []],
  ])('%s', (_, item, expected) => {
    const compilation = tryCompile(
      { operations: [concat(item)], output: null },
      {
        videos: { still: STILL, film: FILM },
        assets: {
          still: { key: 'assets/still', kind: 'image', facts: STILL },
          clip: { key: 'assets/clip', kind: 'video', facts: FILM },
          gif: { key: 'assets/gif', kind: 'video', facts: LONG_GIF },
        },
      },
    )
    const found = compilation.ok ? [] : compilation.issues.map(({ pointer }) => pointer)
    expect(found).toEqual(expected.map((field) => `/operations/0/videos/0/${field}`))
  })

  test.each<[object, string[]]>([
    [{ image: 'a.png', duration: 2 }, []],
    [{ image: 'a.png' }, []],
    [{ image: 'a.png', duration: 0 }, ['duration']],
    [{ image: 'a.png', start_time: 1, duration: 2 }, ['start_time']],
    [{ image: 'a.png', end_time: 1, duration: 2 }, ['end_time']],
    [{ image: '../a.png', duration: 2 }, ['image']],
    [{ duration: 2 }, ['']],
    [{ image: 'a.png', video_id: '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b' }, ['']],
  ])('%j has mistakes at %j', (item, where) => {
    const operation = { type: 'concat', videos: [item] }
    const { error } = operationSchema.validate(operation, { abortEarly: false, convert: false })
    expect((error?.details ?? []).map(({ path }) => path.slice(2).join('.'))).toEqual(where)
  })
})
