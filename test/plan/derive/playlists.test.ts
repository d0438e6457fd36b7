import { describe, expect, test } from 'vitest'
import {
  measureRate,
  readPlaylist,
  targetSec,
  writePlaylist,
} from '../../../src/plan/derive/media-playlist.js'
import { writeManifests } from '../../../src/plan/derive/playlists.js'

const playlist = (...seconds: number[]) => ({
  init: 'init-0.mp4',
  segments: seconds.map((sec, index) => ({ name: `s${index}`, sec })),
})

describe('the target duration', () => {
  test.each([
    [[0.32], 1],
    [[4, 4, 2], 4],
    [[4.004, 4.004], 4],
    [[4.5], 5],
    [[], 1],
  ])('of segments of %j s is %i', (seconds, wanted) => {
    expect(targetSec([playlist(...seconds)])).toBe(wanted)
  })

  test('is the same for all tracks', () => {
    expect(targetSec([playlist(4, 4), playlist(4, 5.9)])).toBe(6)
  })
})

describe('rates', () => {
  const sizes = new Map([
    ['s0', 500],
    ['s1', 1000],
    ['s2', 10],
  ])

  test('are of segments that last half a target duration at least', () => {
    const { peak, average } = measureRate(playlist(4, 4, 0.1), sizes, 4)
    expect(peak).toBe(2000)
    expect(average).toBeCloseTo((1510 * 8) / 8.1)
  })

  test('count short segments together', () => {
    const { peak } = measureRate(playlist(1, 1, 1), sizes, 4)
    expect(peak).toBe((1500 * 8) / 2)
  })

  test('of a film shorter than that are those of the film', () => {
    expect(measureRate(playlist(0.32), sizes, 1)).toEqual({ peak: 12_500, average: 12_500 })
  })
})

test('a playlist is read and written without the time of day', () => {
  const text = [
    ...['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:0', '#EXT-X-MEDIA-SEQUENCE:1'],
    ...['#EXT-X-MAP:URI="init-0.mp4"', '#EXTINF:0.320000,'],
    ...['#EXT-X-PROGRAM-DATE-TIME:2026-11-30T06:22:08.000+0000', 's0', '#EXT-X-ENDLIST', ''],
  ].join('\n')
  const read = readPlaylist(text)
  expect(read).toEqual(playlist(0.32))
  expect(writePlaylist(read, 1)).toBe(
    [
      ...['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-TARGETDURATION:1', '#EXT-X-MEDIA-SEQUENCE:1'],
      ...['#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-MAP:URI="init-0.mp4"', '#EXTINF:0.320000,', 's0'],
      ...['#EXT-X-ENDLIST', ''],
    ].join('\n'),
  )
})

test('a picture that does not tell its transfer function has no range', () => {
  const mpd = [
    '<MPD maxSegmentDuration="PT4.0S"><Period>',
    '<AdaptationSet id="0" frameRate="25/1" bitstreamSwitching="true">',
    '<Representation id="0" codecs="hvc1" bandwidth="1" width="64" height="48">',
    '</Representation></AdaptationSet></Period></MPD>',
  ].join('\n')
  const media = writePlaylist(playlist(2), 2)
  const files = [
    { name: 'manifest.mpd', sizeBytes: 1, text: mpd },
    { name: 'media_0.m3u8', sizeBytes: 1, text: media },
    { name: 's0', sizeBytes: 250, text: null },
  ]
  const written = (transfer: number) => {
    const colour = { primaries: 2, transfer, matrix: 2, isFullRange: false }
    const headerOf = () => ({ codecs: 'hvc1.1.6.L30.90', colour })
    const made = writeManifests(files, {
      headerOf,
      keyFrameOf: null,
      hasAudioOnly: false,
      subtitles: [],
      sounds: [],
    })
    return Object.fromEntries(made.map(({ name, contents }) => [name, contents]))
  }
  expect(written(2)['master.m3u8']).toContain(
    '#EXT-X-STREAM-INF:BANDWIDTH=1000,AVERAGE-BANDWIDTH=1000,CODECS="hvc1.1.6.L30.90",RESOLUTION=64x48,FRAME-RATE=25\nmedia_0.m3u8',
  )
  expect(written(18)['master.m3u8']).toContain('VIDEO-RANGE=HLG')
  expect(written(1)['manifest.mpd']).toContain(
    '<Representation id="0" codecs="hvc1.1.6.L30.90" bandwidth="1000" width="64" height="48">',
  )
  expect(written(1)['manifest.mpd']).toContain('maxSegmentDuration="PT2.000S"')
})
