import { expect, test } from 'vitest'
import { outputSchema } from '../../../src/edit/output/output-schema.js'
import { NO_TRACKS, splitTracks } from '../../../src/edit/output/tracks.js'
import { problems } from '../../support/schema-problems.js'

const track = { subtitles: 'de.srt', language: 'de' }

test('tracks of subtitles are an asset or a track of the video', () => {
  expect(problems(outputSchema, { subtitles: [track] })).toEqual([])
  expect(problems(outputSchema, { subtitles: [{ track: 0 }] })).toEqual([])
  expect(problems(outputSchema, { subtitles: [{ language: 'de' }, { ...track, track: 0 }] })).toHaveLength(2)
  expect(problems(outputSchema, { subtitles: [{ ...track, language: 'de_DE' }] })).toEqual([
    'subtitles.0.language',
  ])
})

test('names are one line, which a playlist can quote', () => {
  const named = (name: string) => problems(outputSchema, { subtitles: [{ ...track, name }] })
  expect(named('Español (América Latina), SDH')).toEqual([])
  for (const name of ['a "b"', 'two\nlines', 'x'.repeat(101), '']) {
    expect(named(name), name).toEqual(['subtitles.0.name'])
  }
  expect(problems(outputSchema, { title: 'A "film"' })).toEqual([])
  expect(problems(outputSchema, { title: 'two\nlines' })).toEqual(['title'])
})

test('a sound track is chosen by its number or its language', () => {
  expect(problems(outputSchema, { audio_tracks: 'all' })).toEqual([])
  expect(problems(outputSchema, { audio_tracks: [{ track: 0 }, { language: 'fr' }] })).toEqual([])
  expect(problems(outputSchema, { audio_tracks: [{ track: 1, language: 'fr' }] })).toEqual([])
  expect(problems(outputSchema, { audio_tracks: [{ name: 'x' }] })).not.toEqual([])
  expect(problems(outputSchema, { audio_tracks: 'some' })).not.toEqual([])
})

test('an output of tracks alone is none', () => {
  expect(splitTracks(null)).toEqual({ tracks: NO_TRACKS, output: null })
  expect(splitTracks({ title: 'Film' })).toEqual({ tracks: { ...NO_TRACKS, title: 'Film' }, output: null })
  expect(splitTracks({ title: 'Film', container: 'mkv' }).output).toEqual({ container: 'mkv' })
})
