import { beforeAll, describe, expect, test } from 'vitest'
import { readNumbers } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, pitchOf, soundSec } from '../../support/sound.js'

const studio = useStudio()
const SECONDS = 6
const FRAMES = SECONDS * 25
let source = ''
let tone = ''

beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '25', seconds: SECONDS }))
  source = await studio.make('source.mp4', ...picture, ...lavfi(beeps(SECONDS)), ...H264, ...AAC)
  const steady = lavfi(`aevalsrc='0.5*sin(2*PI*600*t)':s=48000:d=${SECONDS}`)
  tone = await studio.make('tone.mkv', ...picture, ...steady, ...H264, '-c:a', 'flac')
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

describe.each<[factor: number, start: number, end: number | null]>([
  [2, 1.6, 3.6],
  [0.5, 2.4, 3.6],
  [0.1, 2.4, 2.6],
  [16, 0, 2.44],
  [3.7, 2.28, null],
])('%d times the speed from %d s to %d s', (factor, start, end) => {
  const [first, last] = [Math.round(start * 25), end === null ? FRAMES : Math.round(end * 25)]
  const paced = Math.max(1, Math.round((last - first) / factor))

  test('plays these frames at that pace, and all others as they were', async () => {
    const operations = [{ type: 'speed', factor, start_time: start, end_time: end } as const]
    const { path } = await studio.render(operations, { video: source })
    const numbers = (await readNumbers(path)).map((number) => number ?? NaN)
    expect(numbers).toHaveLength(first + paced + FRAMES - last)
    expect(numbers.slice(0, first)).toEqual(range(0, first))
    expect(numbers.slice(first + paced)).toEqual(range(last, FRAMES))
    numbers.slice(first, first + paced).forEach((number, index) => {
      const wanted = first + index * factor
      // Slowed frames begin at the moments that are nearest to theirs, others are the nearest ones.
      const [early, late] = factor < 1 ? [factor / 2, 1] : [0.5, 0.5]
      expect(number - wanted).toBeLessThanOrEqual(early)
      expect(wanted - number).toBeLessThanOrEqual(late)
    })
    const sound = await decodeSound(path)
    expect(Math.abs(soundSec(sound) - numbers.length / 25)).toBeLessThan(1024 / 48_000)
    const heard = findBeeps(sound).filter(({ sourceSec }) => sourceSec * 25 < first || sourceSec * 25 >= last)
    expect(heard.length).toBeGreaterThan(0)
    for (const { atSec, sourceSec } of heard) {
      const shift = sourceSec * 25 < first ? 0 : first + paced - last
      expect(Math.abs(atSec - sourceSec - shift / 25)).toBeLessThan(0.002)
    }
  })

  test('keeps the pitch and the level of the sound across its borders', async () => {
    const operations = [{ type: 'speed', factor, start_time: start, end_time: end } as const]
    const { path } = await studio.render(operations, { video: tone })
    const sound = await decodeSound(path)
    const seconds = soundSec(sound)
    for (const border of [first / 25, (first + paced) / 25]) {
      const from = Math.max(0.02, Math.min(border - 0.05, seconds - 0.12))
      expect(Math.abs(pitchOf(sound, from, from + 0.1) / 600 - 1)).toBeLessThan(0.1)
      for (const at of [0, 0.02, 0.04, 0.06, 0.08]) {
        const part = sound.subarray((from + at) * 48_000, (from + at + 0.02) * 48_000)
        const level = Math.sqrt(part.reduce((sum, value) => sum + value ** 2, 0) / part.length)
        expect(level).toBeGreaterThan(0.2)
      }
    }
  })
})

test('a beep within the stretch is heard with its frame', async () => {
  const operations = [{ type: 'speed', factor: 0.5, start_time: 2.4, end_time: 3.6 } as const]
  const { path } = await studio.render(operations, { video: source })
  const sound = await decodeSound(path)
  const wanted = 2.4 + (3.025 - 2.4) / 0.5
  const near = sound.subarray((wanted - 0.3) * 48_000, (wanted + 0.3) * 48_000)
  const [energy, moment] = near.reduce<[number, number]>(
    ([sum, at], value, index) => [sum + value ** 2, at + value ** 2 * index],
    [0, 0],
  )
  expect(Math.abs(moment / energy / 48_000 - 0.3)).toBeLessThan(0.02)
})
