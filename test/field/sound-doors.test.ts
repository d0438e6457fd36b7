import { beforeAll, describe, expect, test } from 'vitest'
import type { ConcatOperation } from '../../src/edit/operations/concat.js'
import type { ReplaceAudioOperation } from '../../src/edit/operations/replace-audio.js'
import { fieldFile } from '../support/field-file.js'
import { AAC, H264, lavfi } from '../support/lavfi.js'
import { videoOverlay } from '../support/overlays.js'
import { useStudio } from '../support/render.js'
import { decodeChannels } from '../support/sound.js'
import { expectSigns, flashingFrames, secondsUntil } from './signs.js'
import { readSigns } from './support.js'

const studio = useStudio()
const SECONDS = 4
const RATE = 25
let quiet = ''

beforeAll(async () => {
  const inputs = [...lavfi(`color=black:s=160x90:r=${RATE}:d=${SECONDS}`), ...lavfi(`anullsrc=d=${SECONDS}`)]
  quiet = await studio.make('quiet.mp4', ...inputs, ...H264, ...AAC)
})

const JOIN: ConcatOperation = {
  ...{ type: 'concat', position: 'before', videos: [{ video_id: 'clip', start_time: 0, end_time: null }] },
  ...{ transition: 'none', transition_duration: 1, fit: 'pad', color: 'black' },
}

function replace(fields: Partial<ReplaceAudioOperation> = {}): ReplaceAudioOperation {
  const times = { start_time: 0, offset: 0, loop: false, fade_in: 0, fade_out: 0 }
  return {
    type: 'replace_audio',
    audio: 'clip',
    mode: 'replace',
    volume_db: 0,
    ducking: null,
    ...times,
    ...fields,
  }
}

/** Sound of which 350 ms and 85 ms are lost on the way. */
const HOLES = ['-af', "aselect='not(between(t,1.3,1.65)+between(t,2.4,2.485))'"]

describe.each<[string, readonly string[]]>([
  ['holes.mkv', [...H264, '-c:a', 'pcm_s16le']],
  ['holes.ts', [...H264, ...AAC]],
  ['holes.webm', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus']],
  ['holes.flv', [...H264, '-c:a', 'libmp3lame', '-ar', '44100']],
])('the sound of %s, which has holes, is in sync', (name, coding) => {
  let clip = ''
  let mute = ''
  beforeAll(async () => {
    clip = await studio.make(name, ...flashingFrames(RATE, SECONDS), ...coding, ...HOLES)
    mute = await studio.make(`mute-${name}.mp4`, ...flashingFrames(RATE, SECONDS), '-map', '0', ...H264)
  })
  const whole = { rate: RATE, frames: SECONDS * RATE, seconds: secondsUntil(SECONDS) }

  test('as the material', () => expectSigns(studio, { files: { video: clip } }, whole))

  test('laid over, joined, and in place of another', async () => {
    const over = videoOverlay({ content: 'clip', audio: 'mix' })
    await expectSigns(studio, { files: { video: quiet, assets: { clip } }, operations: [over] }, whole)
    await expectSigns(
      studio,
      { files: { video: quiet, videos: { clip } }, operations: [JOIN] },
      { ...whole, frames: 2 * whole.frames, changes: whole.frames + 1 },
    )
    await expectSigns(studio, { files: { video: mute, assets: { clip } }, operations: [replace()] }, whole)
  })
})

/** A recording whose sound begins 1.5 s after its picture. */
async function lateSound(name: string): Promise<string> {
  const base = await studio.make(
    `base-${name}`,
    ...flashingFrames(RATE, SECONDS),
    ...H264,
    '-c:a',
    'pcm_s16le',
  )
  const from = ['-ss', '1.5', '-i', base, '-map', '0:v', '-map', '1:a', '-c', 'copy', '-copyts']
  return studio.make(name, '-i', base, ...from)
}

test.each(['late.mkv', 'late.mov'])('the late sound of %s replaces another to its end', async (name) => {
  const clip = await lateSound(name)
  const video = await studio.make(`mute-${name}.mp4`, ...flashingFrames(RATE, SECONDS), '-map', '0', ...H264)
  const tones = async (fields: Partial<ReplaceAudioOperation>) => {
    const { path } = await studio.render([replace(fields)], { video, assets: { clip } })
    return (await readSigns(path, RATE)).tones.map((sec) => Math.round(sec * 100) / 100)
  }
  expect(await tones({})).toEqual([2, 3])
  expect(await tones({ offset: 1 })).toEqual([1, 2])
  expect(await tones({ offset: 2.5, loop: true })).toEqual([0.5, 2, 3.5])
})

test('clipmono.mp4 is as loud in place of another sound as by itself', async () => {
  const clip = await fieldFile(studio, 'clipmono.mp4')
  const level = (samples: Float32Array) =>
    20 * Math.log10(Math.hypot(...samples.subarray(24_000, 72_000)) / Math.sqrt(48_000))
  const [own, replaced, laid] = await Promise.all([
    studio.render([], { video: clip }),
    studio.render([replace()], { video: quiet, assets: { clip } }),
    studio.render([videoOverlay({ content: 'clip', audio: 'replace' })], { video: quiet, assets: { clip } }),
  ])
  for (const { path, facts } of [own, replaced, laid]) {
    const channels = await decodeChannels(path, facts.audio[0]?.channels ?? 0)
    expect(channels.length).toBeGreaterThan(0)
    for (const channel of channels) expect(Math.abs(level(channel) + 9.03)).toBeLessThan(0.3)
  }
})
