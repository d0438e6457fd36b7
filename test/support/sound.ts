import { ffmpeg } from './lavfi.js'

const SAMPLE_RATE = 48_000
const LOUD = 0.25
/** Silence of this length separates two tones. */
const GAP_SEC = 0.2
/** Longer than a tone. */
const TONE_SEC = 0.1

export interface Beep {
  /** When it starts in the decoded sound, in seconds. */
  readonly atSec: number
  /** The second of the source that it marks: see `beeps`. */
  readonly sourceSec: number
}

/** The sound of a file as a player plays it, mono. */
export async function decodeSound(file: string): Promise<Float32Array> {
  const bytes = await ffmpeg(
    ...['-i', file, '-map', '0:a:0', '-af', 'aresample=async=1:first_pts=0', '-ac', '1'],
    ...['-ar', String(SAMPLE_RATE), '-f', 'f32le', 'pipe:1'],
  )
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

/** The channels of a file as they are, without a change of their form. */
export async function decodeChannels(file: string, channels: number): Promise<Float32Array[]> {
  const bytes = await ffmpeg('-i', file, '-map', '0:a:0', '-f', 'f32le', 'pipe:1')
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  return Array.from({ length: channels }, (_, channel) =>
    samples.filter((_sample, index) => index % channels === channel),
  )
}

export function soundSec(samples: Float32Array): number {
  return samples.length / SAMPLE_RATE
}

/** The tones of `beeps` in decoded sound, except those at its very start and end, which a cut may have shortened. */
export function findBeeps(samples: Float32Array): Beep[] {
  const found: Beep[] = []
  let lastLoud = 0
  samples.forEach((value, index) => {
    if (Math.abs(value) < LOUD) return
    if (index - lastLoud > GAP_SEC * SAMPLE_RATE) {
      found.push({ atSec: index / SAMPLE_RATE, sourceSec: pitchSecond(samples, index) })
    }
    lastLoud = index
  })
  return found.filter(({ atSec }) => atSec + TONE_SEC < samples.length / SAMPLE_RATE)
}

/** The level of one pitch in a stretch of sound, in dB below a full tone (Goertzel's algorithm). */
export function levelOf(samples: Float32Array, hz: number, startSec: number, endSec: number): number {
  const window = samples.subarray(startSec * SAMPLE_RATE, endSec * SAMPLE_RATE)
  const [sine, cosine] = window.reduce<[number, number]>(
    ([s, c], value, index) => {
      const angle = (2 * Math.PI * hz * index) / SAMPLE_RATE
      return [s + value * Math.sin(angle), c + value * Math.cos(angle)]
    },
    [0, 0],
  )
  return 20 * Math.log10((2 * Math.hypot(sine, cosine)) / window.length)
}

/** The pitch of a stretch of sound in hertz, from its zero crossings. */
export function pitchOf(samples: Float32Array, startSec: number, endSec: number): number {
  const window = samples.subarray(startSec * SAMPLE_RATE, endSec * SAMPLE_RATE)
  return countCrossings(window) / 2 / (endSec - startSec)
}

function countCrossings(samples: Float32Array): number {
  let crossings = 0
  samples.forEach((value, index) => {
    if (index > 0 && value < 0 !== (samples[index - 1] ?? 0) < 0) crossings += 1
  })
  return crossings
}

/** 400 Hz in second 0, 800 Hz in second 1, and so on, from the zero crossings of 20 ms. */
function pitchSecond(samples: Float32Array, from: number): number {
  const window = samples.subarray(from, from + 0.02 * SAMPLE_RATE)
  return Math.round(countCrossings(window) / 2 / 0.02 / 400) - 1
}
