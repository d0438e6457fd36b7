import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { ReplaceAudioOperation } from '../../src/edit/operations/replace-audio.js'
import { lavfi } from '../support/lavfi.js'
import { compile, useStudio } from '../support/render.js'
import { decodeChannels, levelOf } from '../support/sound.js'

const studio = useStudio()
const SAMPLE_RATE = 48_000
const WAV = { operations: [], output: { container: 'wav' as const } }

/** A WAV file that does not say where its channels are heard. */
async function makeWav(name: string, channels: number, samples: Buffer): Promise<string> {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(SAMPLE_RATE, 24)
  header.writeUInt32LE(SAMPLE_RATE * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, Buffer.concat([header, samples]))
  return path
}

/** Each channel has a tone of its own: 300 Hz in the first, 100 Hz higher in each that follows. */
function tones(channels: number, seconds: number): Buffer {
  const samples = Buffer.alloc(seconds * SAMPLE_RATE * channels * 2)
  for (let index = 0; index < seconds * SAMPLE_RATE; index += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const value = 0.9 * Math.sin((2 * Math.PI * toneOf(channel) * index) / SAMPLE_RATE)
      samples.writeInt16LE(Math.round(32_767 * value), (index * channels + channel) * 2)
    }
  }
  return samples
}

function toneOf(channel: number): number {
  return 300 + 100 * channel
}

/** The channels whose tones are heard in a sound. */
function heardIn(sound: Float32Array, channels: number): number[] {
  return Array.from({ length: channels }, (_, channel) => channel).filter(
    (channel) => levelOf(sound, toneOf(channel), 0.5, 1.5) > -45,
  )
}

async function sides(video: string): Promise<Float32Array[]> {
  const [file] = await studio.renderEdit(WAV, { video })
  return decodeChannels(file?.path ?? '', 2)
}

test.each([
  [3, [0, 2], [1, 2]],
  [4, [0, 2], [1, 3]],
  [6, [0, 2, 4], [1, 2, 5]],
  [7, [0, 2, 4, 6], [1, 3, 5, 6]],
  [8, [0, 2, 4, 6], [1, 2, 5, 7]],
  [9, [0, 2, 4, 6, 8], [1, 3, 5, 7, 8]],
  [12, [0, 2, 4, 6, 8, 10], [1, 3, 5, 7, 9, 11]],
  [16, [0, 2, 4, 6, 8, 10, 12, 14], [1, 3, 5, 7, 9, 11, 13, 15]],
])('%i channels without places are heard on both sides', async (channels, left, right) => {
  const video = await makeWav(`tones-${channels}.wav`, channels, tones(channels, 2))
  const sources = await studio.survey({ video })
  expect(sources.video.facts.audio[0]?.channelLayout).toBeNull()
  const sound = await sides(video)
  expect(sound.map((side) => heardIn(side, channels))).toEqual([left, right])
  expect(sound.flatMap((side) => [...side]).every((value) => Math.abs(value) < 0.92)).toBe(true)
  const [warning] = compile(WAV, sources).warnings
  expect(warning?.code).toBe('channels-downmixed')
  expect(warning?.message).toContain(`where its ${channels} channels are heard`)
})

test('64 channels are mixed down', async () => {
  const video = await makeWav('tones-64.wav', 64, tones(64, 1))
  const [left, right] = await sides(video)
  expect(levelOf(left ?? new Float32Array(), toneOf(62), 0.2, 0.8)).toBeGreaterThan(-35)
  expect(levelOf(right ?? new Float32Array(), toneOf(63), 0.2, 0.8)).toBeGreaterThan(-35)
})

test('a file of more channels than can be used is refused', async () => {
  const video = await makeWav('tones-70.wav', 70, tones(70, 1))
  await expect(studio.probe(video)).rejects.toThrow('A sound track has 70 channels. At most 64 can be used.')
})

test('12 channels of a recorder are 3 s of sound', async () => {
  const wav = await readFile(resolve('test/fixtures/field/12-channels.wav'))
  const data = wav.subarray(wav.indexOf('data') + 8)
  const whole = Buffer.concat(Array.from({ length: 16 }, () => data)).subarray(0, 3 * SAMPLE_RATE * 24)
  const [left] = await sides(await makeWav('12.wav', 12, whole))
  expect(left).toHaveLength(3 * SAMPLE_RATE)
})

test('12 channels replace the sound of a video', async () => {
  const sound = await makeWav('added-12.wav', 12, tones(12, 2))
  const video = await studio.make('silent.mp4', ...lavfi('color=s=64x64:r=25:d=2'))
  const added: ReplaceAudioOperation = {
    ...{ type: 'replace_audio', audio: 'sound', mode: 'replace', ducking: null, start_time: 0 },
    ...{ offset: 0, loop: false, fade_in: 0, fade_out: 0, volume_db: 0 },
  }
  const [file] = await studio.renderEdit(
    { operations: [added], output: { container: 'mkv', renditions: [{ name: 'a', audio_codec: 'flac' }] } },
    { video, assets: { sound } },
  )
  const [left = new Float32Array()] = await decodeChannels(file?.path ?? '', 2)
  expect(heardIn(left, 12)).toEqual([0, 2, 4, 6, 8, 10])
})
