import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { LoudnessOperation } from '../../../src/edit/operations/loudness.js'
import { beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { meterFile } from '../../support/loudness.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'

const studio = useStudio()
const SECONDS = 3

/** Peak of the first half of `halves`; the second half is 20 dB louder. */
const QUIET_HALF = 0.05

/** Tones of several pitches that are struck and die away. */
const STRUCK = '0.3*exp(-8*mod(t,0.25))*sin(2*PI*(220+110*floor(mod(t*4,7)))*t)'
/** The same with a clap every half second, far louder than everything else. */
const CLAPS = `${STRUCK}+0.9*exp(-60*mod(t,0.5))*(random(0)*2-1)`

const sources = new Map<string, string>()

async function make(name: string, ...sound: readonly string[]): Promise<void> {
  const picture = lavfi(numberedVideo({ rate: '25', seconds: SECONDS, width: 64, height: 40 }))
  // Lossless sound, so that the tests know its peaks.
  sources.set(name, await studio.make(`${name}.mkv`, ...picture, ...sound, ...H264, '-c:a', 'pcm_f32le'))
}

const tone = (expression: string) => lavfi(`aevalsrc='${expression}|${expression}':s=48000:d=${SECONDS}`)

beforeAll(async () => {
  await Promise.all([
    make('music', ...tone(STRUCK)),
    make('claps', ...tone(CLAPS)),
    make('quiet', ...lavfi(`anoisesrc=c=pink:a=0.01:d=${SECONDS}:r=48000:seed=1`)),
    make('beeps', ...lavfi(beeps(SECONDS))),
    make('halves', ...tone(`if(lt(t,${SECONDS * 0.75}),${QUIET_HALF},${10 * QUIET_HALF})*sin(2*PI*997*t)`)),
    make('silence', ...lavfi(`anullsrc=r=48000:cl=stereo:d=${SECONDS}`)),
  ])
}, 60_000)

const loudness = (target_lufs: number, true_peak_db = -1): LoudnessOperation => ({
  ...{ type: 'loudness', target_lufs, true_peak_db },
})

const render = (name: string, ...operations: readonly Operation[]) =>
  studio.render(operations, { video: sources.get(name) ?? '' })

describe('loudness', () => {
  test.each([
    ['music', -23, -1],
    ['claps', -14, -2],
    ['quiet', -16, -1],
  ])('of %s becomes %i LUFS, with peaks of at most %i dBTP', async (name, target, peak) => {
    const { path, measured } = await render(name, loudness(target, peak))
    const found = await meterFile(path)
    expect(Math.abs(found.lufs - target)).toBeLessThan(0.5)
    expect(found.truePeakDb).toBeLessThan(peak + 0.3)
    // The claps are so loud that gain alone would lift them above the peak.
    const { gainDb, before } = measured.get('loudness-0') ?? unmeasured()
    expect(gainDb + (before.truePeakDb ?? NaN) > peak).toBe(name === 'claps')
  })

  test('is measured on what the operations before it have left', async () => {
    const quietHalf: Operation = { type: 'trim', start_time: 0, end_time: 1.5, mode: 'exact' }
    const faster: Operation = { type: 'speed', factor: 1.5 }
    const { path, measured } = await render('halves', faster, quietHalf, loudness(-20))
    const { before } = measured.get('loudness-0') ?? unmeasured()
    // A sine on both sides has the loudness of its peak.
    expect(before.lufs).toBeCloseTo(20 * Math.log10(QUIET_HALF), 0)
    expect(Math.abs((await meterFile(path)).lufs + 20)).toBeLessThan(0.5)
  })

  test('can be set again, measured on what the first has left', async () => {
    const { path, measured } = await render('music', loudness(-30), loudness(-18))
    expect(measured.get('loudness-1')?.before.lufs).toBeCloseTo(-30, 0)
    expect(Math.abs((await meterFile(path)).lufs + 18)).toBeLessThan(0.5)
  })

  test('keeps every sample at its time', async () => {
    const { path } = await render('beeps', loudness(-7, -3))
    const sound = await decodeSound(path)
    expect(soundSec(sound)).toBeCloseTo(SECONDS, 1)
    const found = findBeeps(sound)
    expect(found.map(({ sourceSec }) => sourceSec)).toEqual([1, 2])
    for (const { atSec, sourceSec } of found) expect(Math.abs(atSec - sourceSec)).toBeLessThan(0.003)
  })

  test('that the peaks do not allow comes as near as they permit', async () => {
    const { path, measured } = await render('claps', loudness(-5, -9))
    const { after } = measured.get('loudness-0') ?? unmeasured()
    const found = await meterFile(path)
    expect(found.truePeakDb).toBeLessThan(-9 + 0.3)
    expect(found.lufs).toBeLessThan(-5.5)
    expect(found.lufs).toBeCloseTo(after?.lufs ?? NaN, 0)
  })

  test('of silence stays as it is', async () => {
    const { path, measured } = await render('silence', loudness(-14))
    expect(measured.get('loudness-0')).toMatchObject({ gainDb: 0, after: null })
    expect((await decodeSound(path)).every((value) => Math.abs(value) < 0.001)).toBe(true)
  })
})

function unmeasured(): never {
  throw new Error('nothing was measured')
}
