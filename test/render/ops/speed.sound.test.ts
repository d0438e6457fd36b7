import { beforeAll, expect, test } from 'vitest'
import { AAC, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, pitchOf, soundSec } from '../../support/sound.js'

const studio = useStudio()
const SECONDS = 3
const FRAME_SEC = 1 / 25
/** Pitches in hertz of a soft tone that lasts, and of a loud one at each second. */
const [TONE, BEEP] = [600, 1200]
const BEEP_SEC = 0.05
let source = ''

beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '25', seconds: SECONDS, width: 64, height: 40 }))
  const beep = `if(lt(mod(t,1),${BEEP_SEC}),0.7*sin(2*PI*${BEEP}*t),0)`
  const sound = lavfi(`aevalsrc='0.1*sin(2*PI*${TONE}*t)+${beep}':s=48000:d=${SECONDS}`)
  source = await studio.make('source.mp4', ...picture, ...sound, ...H264, ...AAC)
})

/** The middle of the loud samples around a moment. */
function middleOfBeep(samples: Float32Array, sec: number, withinSec: number): number {
  const start = Math.round((sec - withinSec) * 48_000)
  let [energy, moment] = [0, 0]
  samples.subarray(start, start + 2 * withinSec * 48_000).forEach((value, index) => {
    if (Math.abs(value) < 0.2) return
    energy += value ** 2
    moment += value ** 2 * (start + index)
  })
  return moment / energy / 48_000
}

test.each([0.1, 0.25, 0.33, 0.5, 0.7, 1.3, 2, 3.7, 4, 8, 16])(
  'at %d times the speed sound keeps its pitch, its time and its length',
  async (factor) => {
    const { path, facts } = await studio.render([{ type: 'speed', factor }], { video: source })
    expect(facts.video?.frameCount).toBe(Math.round((SECONDS * 25) / factor))
    const sound = await decodeSound(path)
    expect(Math.abs(soundSec(sound) - SECONDS / factor)).toBeLessThan(FRAME_SEC)
    for (const second of [1, 2]) {
      const wanted = (second + BEEP_SEC / 2) / factor
      expect(Math.abs(middleOfBeep(sound, wanted, 0.4 / factor) - wanted)).toBeLessThan(0.02)
      // A hundredth of a second has too few waves to measure.
      if (factor > 8) continue
      const [start, end] = [0.3, 0.8].map((part) => (second + part) / factor)
      expect(Math.abs(pitchOf(sound, start ?? NaN, end ?? NaN) / TONE - 1)).toBeLessThan(0.02)
    }
    if (factor > 4) return
    // The sound is heard from the first frame to the last.
    for (const [start, end] of [
      [0.2, 0.3],
      [SECONDS - 0.2, SECONDS - 0.1],
    ] as const) {
      expect(Math.abs(pitchOf(sound, start / factor, end / factor) / TONE - 1)).toBeLessThan(0.2)
    }
  },
)
