import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { AAC, H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const PICTURE = lavfi('testsrc2=s=320x180:r=25:d=1')
const SOUND = lavfi('sine=d=1:r=44100')

let mp4 = ''
beforeAll(async () => {
  mp4 = await studio.make('plain.mp4', ...PICTURE, ...SOUND, ...H264, ...AAC)
})

test('the facts of an MP4 describe its picture and its sound', async () => {
  const facts = await studio.probe(mp4)
  expect(facts).toMatchObject({ mimeType: 'video/mp4', extension: 'mp4', startSec: 0 })
  expect(facts.durationSec).toBeCloseTo(1, 1)
  expect(facts.video).toMatchObject({
    codec: 'h264',
    width: 320,
    height: 180,
    rotation: 0,
    sampleAspect: { num: 1, den: 1 },
    frameRate: { num: 25, den: 1 },
  })
  expect(facts.audio).toMatchObject([{ codec: 'aac', sampleRate: 44_100, channels: 1 }])
})

test.each([
  ['mkv', 'video/x-matroska', H264],
  ['mov', 'video/quicktime', H264],
  ['ts', 'video/mp2t', H264],
  ['avi', 'video/x-msvideo', ['-c:v', 'mpeg4']],
  ['flv', 'video/x-flv', H264],
  ['webm', 'video/webm', ['-c:v', 'libvpx', '-deadline', 'realtime']],
  ['mpg', 'video/mpeg', ['-c:v', 'mpeg1video']],
  ['gif', 'image/gif', []],
])('a %s has the type %s', async (extension, mimeType, codec) => {
  const facts = await studio.probe(await studio.make(`video.${extension}`, ...PICTURE, ...codec))
  expect(facts).toMatchObject({ mimeType, extension, audio: [] })
  expect(facts.video).toMatchObject({ width: 320, height: 180, frameRate: { num: 25, den: 1 } })
  expect(facts.durationSec).toBeGreaterThan(0.9)
  expect(facts.durationSec).toBeLessThan(1.2)
})

test.each([
  ['png', 'image/png', []],
  ['jpg', 'image/jpeg', []],
  ['webp', 'image/webp', ['-c:v', 'libwebp']],
])('a %s has the type %s and no duration', async (extension, mimeType, codec) => {
  const path = await studio.make(`still.${extension}`, ...PICTURE, '-frames:v', '1', ...codec)
  const wanted = { mimeType, extension, durationSec: 0, startSec: 0, audio: [] }
  expect(await studio.probe(path)).toMatchObject({ ...wanted, video: { width: 320, height: 180 } })
  const nameless = join(studio.dir(), `still-${extension}`)
  await rename(path, nameless)
  expect(await studio.probe(nameless)).toMatchObject(wanted)
})

test.each([
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
  ['flac', 'audio/flac'],
  ['aac', 'audio/aac'],
])('a %s has no picture', async (extension, mimeType) => {
  const facts = await studio.probe(await studio.make(`sound.${extension}`, ...SOUND))
  expect(facts).toMatchObject({ mimeType, extension, video: null })
  expect(facts.audio).toHaveLength(1)
})

test('the cover of a song does not count as its picture', async () => {
  const cover = await studio.make('cover.png', ...PICTURE, '-frames:v', '1')
  const song = await studio.make(
    ...['song.m4a', ...SOUND, '-i', cover, '-map', '0', '-map', '1', '-c:v', 'copy'],
    ...['-disposition:v', 'attached_pic', '-f', 'mp4'],
  )
  expect((await studio.probe(song)).video).toBeNull()
})

test('a file that starts late has its start time in the facts', async () => {
  const ts = await studio.make('offset.ts', ...PICTURE, ...H264, '-output_ts_offset', '5')
  const { startSec, video } = await studio.probe(ts)
  expect(startSec).toBeGreaterThan(5)
  expect(video?.startSec).toBe(startSec)
})

test('a Matroska file that starts late is as long as its picture', async () => {
  const mkv = await studio.make('late.mkv', ...PICTURE, ...H264, '-output_ts_offset', '100')
  const punctual = await studio.make('punctual.mkv', ...PICTURE, ...H264)
  const { startSec, durationSec } = await studio.probe(mkv)
  expect(startSec).toBeCloseTo(100, 1)
  expect(durationSec).toBeCloseTo((await studio.probe(punctual)).durationSec, 1)
})

describe('names', () => {
  test.each(['a b.mp4', "it's.mp4", 'नमस्ते.mp4', '-i.mp4', 'http:x.mp4', 'a:b,c;d.mp4', '$(id).mp4'])(
    'the file %s is read like any other',
    async (name) => {
      const dir = join(studio.dir(), 'odd names')
      await mkdir(dir, { recursive: true })
      const made = await studio.make('renamed.mp4', '-i', mp4, '-c', 'copy')
      await rename(made, join(dir, name))
      expect((await studio.probe(join(dir, name))).mimeType).toBe('video/mp4')
    },
  )
})
