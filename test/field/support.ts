import { decodeGray } from '../support/frames.js'
import { lavfi } from '../support/lavfi.js'
import { decodeSound } from '../support/sound.js'

const BRIGHT = 150
const LOUD = 0.1
const SAMPLE_RATE = 48_000
/** Quiet of this length separates two tones. */
const GAP_SEC = 0.2

/** What a decoded file shows and lets hear. Seconds. */
export interface Signs {
  readonly frames: number
  /** Frames that differ from the one before. */
  readonly changes: number
  readonly soundSec: number
  /** When the picture turns bright. */
  readonly flashes: readonly number[]
  /** When a tone begins. */
  readonly tones: readonly number[]
}

const CHANNELS = { mono: 1, stereo: 2, '5.1': 6 } as const

export type SoundForm = keyof typeof CHANNELS

/** The inputs of a film that has a flash and a tone at each second, at once, with sound of a form. */
export function flashesAndTones(layout: SoundForm, rate: number, seconds: number): string[] {
  const tone = 'if(lt(mod(t,1),0.1),0.5*sin(2*PI*500*t),0)'
  const channels = Array.from({ length: CHANNELS[layout] }, () => tone).join('|')
  return [
    ...lavfi(`nullsrc=s=160x90:r=25:d=${seconds},geq=lum='if(lt(mod(T,1),0.2),235,16)':cb=128:cr=128`),
    ...lavfi(`aevalsrc='${channels}':c=${layout}:s=${rate}:d=${seconds}`),
  ]
}

/** Finds the flashes and tones that the files of test/fixtures/field have at each second, at once. */
export async function readSigns(path: string, framesPerSec: number): Promise<Signs> {
  const pictures = await decodeGray(path)
  const sound = await decodeSound(path).catch(() => new Float32Array())
  const levels = pictures.map(({ data }) => data.reduce((sum, value) => sum + value, 0) / data.length)
  const isNew = (index: number) => {
    const [now, before] = [pictures[index], pictures[index - 1]]
    return !before || !now || Buffer.compare(now.data, before.data) !== 0
  }
  return {
    frames: pictures.length,
    changes: pictures.filter((_, index) => isNew(index)).length,
    soundSec: sound.length / SAMPLE_RATE,
    flashes: levels.flatMap((level, index) =>
      level > BRIGHT && (levels[index - 1] ?? 0) <= BRIGHT ? [index / framesPerSec] : [],
    ),
    tones: tonesIn(sound),
  }
}

function tonesIn(sound: Float32Array): number[] {
  const tones: number[] = []
  let lastLoud = -Infinity
  sound.forEach((value, index) => {
    if (Math.abs(value) < LOUD) return
    if (index - lastLoud > GAP_SEC * SAMPLE_RATE) tones.push(index / SAMPLE_RATE)
    lastLoud = index
  })
  return tones
}
