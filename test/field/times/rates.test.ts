import { expect, test } from 'vitest'
import { AAC, H264 } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { expectSigns, flashingFrames, secondsUntil } from '../signs.js'
import { readSigns } from '../support.js'

const studio = useStudio()
const SECONDS = 4
const VP9 = ['-c:v', 'libvpx-vp9', '-b:v', '1M', '-deadline', 'realtime', '-cpu-used', '8'] as const
const WMV = ['-c:v', 'wmv2', '-q:v', '3', '-c:a', 'wmav2'] as const

/** Only the frames for which an expression is true. */
function some(expression: string): string[] {
  return ['-vf', `select='${expression}'`, '-fps_mode', 'passthrough']
}

interface Case {
  readonly name: string
  readonly rate: number
  readonly kept: string
  readonly coding: readonly string[]
  /** Different pictures. */
  readonly pictures: number
}

const CASES: readonly Case[] = [
  {
    name: 'tenth-missing.webm',
    rate: 30,
    kept: 'mod(n,10)-7',
    coding: [...VP9, '-c:a', 'libopus'],
    pictures: 108,
  },
  {
    name: 'four-in-a-row-missing.ts',
    rate: 25,
    kept: 'not(between(mod(n,25),10,13))',
    coding: [...H264, '-bf', '0', ...AAC],
    pictures: 84,
  },
  {
    name: 'four-in-a-row-missing.flv',
    rate: 30,
    kept: 'not(between(mod(n,30),10,13))',
    coding: [...H264, ...AAC, '-ar', '44100'],
    pictures: 104,
  },
  {
    name: 'slower-later.mp4',
    rate: 60,
    kept: 'lt(t,3)+not(mod(n,2))',
    coding: [...H264, ...AAC],
    pictures: 210,
  },
]

test.each(CASES)('$name has the rate that most frames have, and each picture at its time', async (one) => {
  const { name, rate, kept, coding, pictures } = one
  const video = await studio.make(name, ...flashingFrames(rate, SECONDS), ...some(kept), ...coding)
  const { facts } = (await studio.survey({ video })).video
  expect(facts.video?.frameCount).toBe(pictures)
  // Behind frames that are half as many, versions of ffmpeg give the last one another length in the file.
  const frames = Math.round((facts.video?.durationSec ?? 0) * rate)
  expect(Math.abs(frames - SECONDS * rate)).toBeLessThanOrEqual(1)
  const wanted = { rate, frames, changes: pictures, seconds: secondsUntil(SECONDS) }
  await expectSigns(studio, { files: { video } }, { ...wanted, codes: ['variable-frame-rate'] })
})

test('a WMV whose frames are missing here and there is in sync', async () => {
  const kept = some('not(between(mod(n,25),10,13))')
  const video = await studio.make('missing.wmv', ...flashingFrames(25, SECONDS), ...kept, ...WMV)
  const { path, facts } = await studio.render(
    [{ type: 'trim', start_time: 0.6, end_time: 3.6, mode: 'exact' }],
    { video },
  )
  expect(facts.video?.frameCount).toBe(75)
  const { flashes, tones } = await readSigns(path, 25)
  expect(flashes.map((sec) => Math.round(sec * 100) / 100)).toEqual([0.4, 1.4, 2.4])
  for (const [index, sec] of flashes.entries())
    expect(Math.abs((tones[index] ?? NaN) - sec)).toBeLessThan(0.02)
})

test('slides of three seconds each can be cut anywhere, and the last is held to the end of the sound', async () => {
  const video = await studio.make(
    'slides.mp4',
    ...flashingFrames(25, 9),
    ...some('not(mod(n,75))'),
    ...H264,
    ...AAC,
  )
  const whole = await studio.render([], { video })
  expect(whole.facts.video).toMatchObject({ frameRate: { num: 25, den: 1 }, frameCount: 225 })
  const part = await studio.render([{ type: 'trim', start_time: 2.2, end_time: 4.4, mode: 'exact' }], {
    video,
  })
  expect(part.facts.video?.frameCount).toBe(55)
  // The second slide is shown from second 3 on.
  const { changes, tones } = await readSigns(part.path, 25)
  expect(changes).toBe(2)
  expect(tones.map((sec) => Math.round(sec * 10) / 10)).toEqual([0.8, 1.8])
})
