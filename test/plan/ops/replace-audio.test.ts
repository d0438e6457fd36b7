import { expect, test } from 'vitest'
import type { ReplaceAudioOperation } from '../../../src/edit/operations/replace-audio.js'
import { AUDIO, edited, imageAsset, mediaFacts, tryCompile, videoFacts } from '../../support/plan-facts.js'

const MUSIC: ReplaceAudioOperation = {
  ...{ type: 'replace_audio', audio: 'music.mp3', mode: 'replace' },
  ...{ start_time: 0, offset: 0, loop: false, fade_in: 0, fade_out: 0, volume_db: 0, ducking: null },
}
const SONG = mediaFacts({ format: 'mp3', video: null, audio: [{ ...AUDIO, index: 0, durationSec: 4 }] })
const assets = {
  'music.mp3': { key: 'assets/music.mp3', kind: 'audio', facts: SONG },
  'clip.mp4': { key: 'assets/clip.mp4', kind: 'video', facts: mediaFacts() },
  'silent.mp4': { key: 'assets/silent.mp4', kind: 'video', facts: mediaFacts({ audio: [] }) },
  'logo.png': imageAsset(),
} as const

function pointers(fields: Partial<ReplaceAudioOperation>): string[] {
  const compilation = tryCompile(edited({ ...MUSIC, ...fields }), { assets })
  return compilation.ok ? [] : compilation.issues.map(({ pointer }) => pointer)
}

test('sound comes from audio, or from a video with sound', () => {
  expect(pointers({})).toEqual([])
  expect(pointers({ audio: 'clip.mp4' })).toEqual([])
  for (const audio of ['silent.mp4', 'logo.png', 'missing.mp3']) {
    expect(pointers({ audio })).toEqual(['/operations/0/audio'])
  }
})

test('some of the added sound must be heard, and its fades must fit', () => {
  expect(pointers({ start_time: 9.9 })).toEqual([])
  expect(pointers({ start_time: 10 })).toEqual(['/operations/0/start_time'])
  expect(pointers({ offset: 3.9 })).toEqual([])
  expect(pointers({ offset: 4 })).toEqual(['/operations/0/offset'])
  expect(pointers({ start_time: 7, fade_in: 1.5, fade_out: 1.5 })).toEqual([])
  expect(pointers({ offset: 2, fade_in: 1.5, fade_out: 1.5 })).toEqual(['/operations/0'])
})

test('a repeated sound must not be longer than can be kept, and a loop lets fades be longer', () => {
  const long = { ...SONG, durationSec: 700, audio: [{ ...AUDIO, index: 0, durationSec: 700 }] }
  const facts = mediaFacts({
    durationSec: 1000,
    video: videoFacts({ durationSec: 1000, frameCount: 25_000 }),
  })
  const world = { facts, assets: { 'music.mp3': { ...assets['music.mp3'], facts: long } } }
  const repeated = (fields: Partial<ReplaceAudioOperation>) =>
    tryCompile(edited({ ...MUSIC, loop: true, ...fields }), world)
  expect(repeated({})).toMatchObject({ ok: false, issues: [{ pointer: '/operations/0/loop' }] })
  for (const fits of [{ offset: 100 }, { start_time: 300 }]) expect(repeated(fits).ok).toBe(true)
  expect(pointers({ loop: true, fade_in: 5, fade_out: 5 })).toEqual([])
})

test('ducking requires that the sounds are mixed', () => {
  const ducking = { lower: 'material', amount_db: 12, attack: 0.05, release: 0.5 } as const
  expect(pointers({ ducking })).toEqual(['/operations/0/ducking'])
  expect(pointers({ mode: 'mix', ducking })).toEqual([])
})
