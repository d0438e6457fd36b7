import { describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import type { ConcatOperation } from '../../../src/edit/operations/concat.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { chapters, textTrack } from '../../support/outputs/tracks.js'
import { AUDIO, compilePlan, mediaFacts, tryCompile, type World } from '../../support/plan-facts.js'
import { srt, subtitleAsset, timedTexts } from '../../support/subtitles.js'

/** The video has 10 s at 25 frames a second. */
const CUES = srt([0, 1, 'first'], [2, 4, 'second'], [5, 8, 'third'], [9, 10, 'last'])
const OTHER = '0197f1c0-0000-7000-8000-000000000001'
const WORLD: World = {
  assets: { 'de.srt': subtitleAsset('srt', CUES), 'en.srt': subtitleAsset('srt', CUES) },
  videos: { [OTHER]: mediaFacts() },
}

function moved(operations: readonly Operation[], fields = {}): [number, number, string][] {
  const { passes } = compilePlan(
    { operations, output: { subtitles: [textTrack('de.srt', 'de', fields)] } },
    WORLD,
  )
  const file = passes[0]?.sideFiles.find(({ name }) => name === 'subtitles-0.srt')
  return timedTexts('srt', file?.contents ?? '').map(([start, end, text]) => [start / 1000, end / 1000, text])
}

const segments: Operation = {
  type: 'trim',
  segments: [
    { start_time: 0.4, end_time: 3 },
    { start_time: 6, end_time: 7 },
  ],
  mode: null,
}

const concat = (fields: Partial<ConcatOperation>): Operation => ({
  ...{
    type: 'concat',
    position: 'after',
    transition: 'none',
    transition_duration: 1,
    fit: 'pad',
    color: 'black',
  },
  videos: [{ video_id: OTHER, start_time: 0, end_time: 4 }],
  ...fields,
})

describe('cues move with the frames of the video', () => {
  test('an edit that changes no time leaves them', () => {
    expect(moved([{ type: 'flip', direction: 'horizontal' }])).toEqual([
      [0, 1, 'first'],
      [2, 4, 'second'],
      [5, 8, 'third'],
      [9, 10, 'last'],
    ])
  })

  test('segments at the head of the edit, and behind another operation', () => {
    const kept = [
      [0, 0.6, 'first'],
      [1.6, 2.6, 'second'],
      [2.6, 3.6, 'third'],
    ]
    expect(moved([segments])).toEqual(kept)
    expect(moved([{ type: 'flip', direction: 'horizontal' }, segments])).toEqual(kept)
  })

  test('a cue goes on where a removed part is in its middle', () => {
    const remove: Operation = { type: 'trim', remove: [{ start_time: 5.4, end_time: 7 }], mode: null }
    expect(moved([remove]).slice(2)).toEqual([
      [5, 6.4, 'third'],
      [7.4, 8.4, 'last'],
    ])
  })

  test('speed', () => {
    expect(moved([{ type: 'speed', factor: 2 }]).slice(1)).toEqual([
      [1, 2, 'second'],
      [2.5, 4, 'third'],
      [4.5, 5, 'last'],
    ])
    expect(moved([segments, { type: 'speed', factor: 0.5 }])).toEqual([
      [0, 1.2, 'first'],
      [3.2, 5.2, 'second'],
      [5.2, 7.2, 'third'],
    ])
  })

  test('videos that are joined before and after, with and without a crossfade', () => {
    expect(moved([concat({})])).toHaveLength(4)
    expect(moved([concat({})])[0]).toEqual([0, 1, 'first'])
    expect(moved([concat({ position: 'before' })])[0]).toEqual([4, 5, 'first'])
    const crossfade = concat({ position: 'before', transition: 'crossfade', transition_duration: 0.4 })
    expect(moved([crossfade])[0]).toEqual([3.6, 4.6, 'first'])
    expect(moved([concat({ position: 'before' }), { type: 'speed', factor: 2 }])[1]).toEqual([3, 4, 'second'])
  })

  test('times of the result stay, and end with it', () => {
    expect(moved([segments], { times: 'result' })).toEqual([
      [0, 1, 'first'],
      [2, 3.6, 'second'],
    ])
    expect(moved([segments], { offset: -2 })[0]).toEqual([0, 1.6, 'second'])
  })

  test('what is left of a cue is not shown when nobody could read it', () => {
    const trim: Operation = { type: 'trim', start_time: 0.96, end_time: 5.04, mode: null }
    expect(moved([trim]).map(([, , text]) => text)).toEqual(['second'])
  })
})

function refused(output: OutputRequest, world: World = WORLD, edit: Partial<Edit> = {}): string[] {
  const compilation = tryCompile({ operations: [], ...edit, output }, world)
  return compilation.ok ? [] : compilation.issues.map(({ pointer, message }) => `${pointer}: ${message}`)
}

describe('what cannot be done is refused at its place', () => {
  const subtitles = [textTrack('de.srt', 'de')]

  test('containers', () => {
    expect(refused({ container: 'gif', subtitles })).toEqual([
      '/output/subtitles: gif holds no subtitles; these do: mp4, webm, mkv, mov',
    ])
    expect(refused({ container: 'm4a', subtitles })[0]).toMatch('/output/subtitles: m4a holds')
    expect(refused({ container: 'webp', title: 'a' })[0]).toMatch('/output/title: webp holds')
    expect(refused({ container: 'wav', chapters: chapters([0, 'a']) })[0]).toMatch('/output/chapters: wav')
    expect(refused({ container: 'mp3', audio_tracks: 'all' })[0]).toMatch('/output/audio_tracks: mp3 holds')
    expect(refused({ container: 'mp3', title: 'a', chapters: chapters([0, 'a'], [5, 'b']) })).toEqual([])
  })

  test('assets that are none, or no subtitles', () => {
    expect(refused({ subtitles: [textTrack('gone.srt', 'de')] })).toEqual([
      '/output/subtitles/0/subtitles: "gone.srt" does not exist, but subtitles are needed',
    ])
    const broken = { assets: { 'de.srt': subtitleAsset('srt', 'nothing') } }
    expect(refused({ subtitles }, broken)[0]).toMatch(
      '/output/subtitles/0/subtitles: "de.srt" cannot be read',
    )
  })

  test('names that are taken, and a second default', () => {
    const named = (name: string, isDefault = false) => textTrack('de.srt', 'de', { name, default: isDefault })
    expect(refused({ subtitles: [named('A'), named('A')] })).toEqual([
      '/output/subtitles/1/name: another track is called "A", too',
    ])
    expect(refused({ subtitles: [named('A', true), named('B', true)] })).toEqual([
      '/output/subtitles/1/default: another track is the default one already',
    ])
    expect(refused({ subtitles: [...subtitles, ...subtitles, named('Deutsch')] })).toEqual([])
  })

  test('chapters outside the result, or not in order', () => {
    expect(refused({ chapters: chapters([0, 'a'], [10, 'b']) })).toEqual([
      '/output/chapters/1/start_time: it is 10 s, but the result lasts only 10.000 s',
    ])
    expect(refused({ chapters: chapters([3, 'a'], [3, 'b']) })).toEqual([
      '/output/chapters/1/start_time: it is 3 s, but the chapter before begins at 3 s: chapters are in ascending order',
    ])
    const trim: Operation = { type: 'trim', start_time: 0, end_time: 2, mode: null }
    expect(refused({ chapters: chapters([0, 'a'], [3, 'b']) }, WORLD, { operations: [trim] })).toHaveLength(1)
  })

  test('sound tracks that there are not, or that an operation replaces', () => {
    const asked = (fields: object) => [{ track: null, language: null, name: null, default: false, ...fields }]
    expect(refused({ audio_tracks: asked({ track: 1 }) })).toEqual([
      "/output/audio_tracks/0/track: the video's sound tracks are 0 to 0: unknown",
    ])
    expect(refused({ audio_tracks: asked({ language: 'fr' }) })[0]).toMatch(
      '/output/audio_tracks/0/language:',
    )
    expect(refused({ audio_tracks: 'all' }, WORLD, { audio: { track: 0 } })[0]).toMatch(
      '/output/audio_tracks: the edit chooses one track with "audio"',
    )
    const music: Operation = {
      ...{ type: 'replace_audio', audio: 'm.mp3', mode: 'replace', start_time: 0, offset: 0, loop: false },
      ...{ fade_in: 0, fade_out: 0, volume_db: 0, ducking: null },
    }
    const world = {
      assets: { 'm.mp3': { key: 'assets/m.mp3', kind: 'audio', facts: mediaFacts({ video: null }) } },
    } as const
    expect(refused({ audio_tracks: 'all' }, world, { operations: [music] })[0]).toMatch(
      '/output/audio_tracks: /operations/0 replaces the sound',
    )
    const silent = { ...WORLD, facts: mediaFacts({ audio: [] }) }
    expect(refused({ audio_tracks: asked({ track: 0 }) }, silent)).toEqual([
      '/output/audio_tracks: the video has no sound',
    ])
    const undecodable = { ...WORLD, facts: mediaFacts({ audio: [AUDIO, { ...AUDIO, cannotDecode: true }] }) }
    expect(refused({ audio_tracks: asked({ track: 1 }) }, undecodable)[0]).toMatch('cannot be decoded')
  })
})

test('a track without a cue in the result is left out, with a warning', () => {
  const trim: Operation = { type: 'trim', start_time: 4, end_time: 5, mode: null }
  const plan = compilePlan({ operations: [trim], output: { subtitles: [textTrack('de.srt', 'de')] } }, WORLD)
  expect(plan.warnings.map(({ code }) => code)).toContain('subtitles-never-visible')
  expect(plan.passes[0]?.sideFiles.map(({ name }) => name)).toEqual([])
})

test('tracks alone name no output: what can be copied is copied', () => {
  const trim: Operation = { type: 'trim', start_time: 1, end_time: 5, mode: null }
  const plain = compilePlan({ operations: [trim], output: null }, WORLD)
  const titled = compilePlan({ operations: [trim], output: { title: 'Film' } }, WORLD)
  expect(titled.passes.map(({ graph, name }) => ({ graph, name }))).toEqual(
    plain.passes.map(({ graph, name }) => ({ graph, name })),
  )
})
