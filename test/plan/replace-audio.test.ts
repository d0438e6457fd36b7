import { expect, test } from 'vitest'
import type { ReplaceAudioOperation } from '../../src/edit/operations.js'
import { AUDIO, edited, imageAsset, mediaFacts, tryCompile } from '../support/plan-facts.js'

const MUSIC: ReplaceAudioOperation = {
  ...{ type: 'replace_audio', audio: 'music.mp3', mode: 'replace' },
  ...{ start_time: 0, offset: 0, fade_in: 0, fade_out: 0, volume_db: 0 },
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

test('something of it is heard, and the fades fit', () => {
  expect(pointers({ start_time: 9.9 })).toEqual([])
  expect(pointers({ start_time: 10 })).toEqual(['/operations/0/start_time'])
  expect(pointers({ offset: 3.9 })).toEqual([])
  expect(pointers({ offset: 4 })).toEqual(['/operations/0/offset'])
  expect(pointers({ start_time: 7, fade_in: 1.5, fade_out: 1.5 })).toEqual([])
  expect(pointers({ offset: 2, fade_in: 1.5, fade_out: 1.5 })).toEqual(['/operations/0'])
})
