import { beforeAll, expect, test } from 'vitest'
import type { Edit } from '../../../src/edit/operation.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { frameTimes, readNumbers } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps } from '../../support/sound.js'
import { copyPlan, renderPlan } from '../../support/spread.js'

const studio = useStudio()
const SECONDS = 6
/** Key frames a second apart. */
const GOP = ['-g', '25', '-sc_threshold', '0'] as const

let source = ''
beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '25', seconds: SECONDS, width: 64, height: 64 }))
  source = await studio.make('source.mp4', ...picture, ...lavfi(beeps(SECONDS)), ...H264, ...GOP, ...AAC)
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

async function renderOne(plan: Plan): Promise<string> {
  const [path = ''] = [...(await renderPlan(studio, plan)).values()]
  return path
}

function copiedFrames(plan: Plan): number {
  const pictures = plan.assemblies.flatMap(({ copies }) => copies?.pictures ?? [])
  return pictures.reduce((sum, { frames }) => sum + frames, 0)
}

test('a smart trim of parts in another order, one of them twice, has its frames and sound', async () => {
  const segments = [
    { start_time: 2.72, end_time: 6 },
    { start_time: 0.2, end_time: 2.2 },
    { start_time: 2.72, end_time: 6 },
  ]
  const edit: Edit = { operations: [{ type: 'trim', segments, mode: 'smart' }], output: null }
  const plan = await copyPlan(edit, { video: source })
  expect(plan.warnings).toEqual([])
  expect(copiedFrames(plan)).toBe(75 + 25 + 75)
  const path = await renderOne(plan)
  const shown = [range(68, 150), range(5, 55), range(68, 150)].flat()
  expect(await readNumbers(path)).toEqual(shown)
  const times = await frameTimes(path)
  times.forEach((sec, frame) => expect(sec).toBeCloseTo(frame / 25, 5))
  const wanted = shown.flatMap((frame, at) => (frame % 25 === 0 && frame > 0 ? [[frame / 25, at / 25]] : []))
  const heard = findBeeps(await decodeSound(path))
  expect(heard.map(({ sourceSec }) => sourceSec)).toEqual(wanted.map(([second]) => second))
  heard.forEach(({ atSec }, index) =>
    expect(Math.abs(atSec - (wanted[index]?.[1] ?? NaN))).toBeLessThan(0.002),
  )
})

test('a trim at key frames of parts in another order keeps their order', async () => {
  const segments = [
    { start_time: 4.2, end_time: 4.8 },
    { start_time: 0.2, end_time: 0.4 },
    { start_time: 0.5, end_time: 1.4 },
  ]
  const edit: Edit = { operations: [{ type: 'trim', segments, mode: 'keyframe' }], output: null }
  const plan = await copyPlan(edit, { video: source })
  expect(plan.warnings.map(({ message }) => message)).toEqual([
    'The trim was cut at key frames: it keeps 4.000 s to 5.000 s, 0.000 s to 2.000 s.',
  ])
  expect(await readNumbers(await renderOne(plan))).toEqual([...range(100, 125), ...range(0, 50)])
})
