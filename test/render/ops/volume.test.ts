import { beforeAll, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound } from '../../support/sound.js'

const studio = useStudio()
/** Two seconds whose frames carry their numbers, with a tone at each second. */
let numbered = ''

beforeAll(async () => {
  const inputs = [...lavfi(numberedVideo({ rate: '25', seconds: 2 })), ...lavfi(beeps(2))]
  numbered = await studio.make('numbered.mp4', ...inputs, ...H264, ...AAC)
})

const render = (...operations: Operation[]) => studio.render(operations, { video: numbered })

test('volume changes the loudness by its decibels, and mute removes the sound', async () => {
  // Energy is compared, since a lossy encoder adds peaks at the start of a tone.
  const energy = async (...operations: Operation[]) =>
    (await decodeSound((await render(...operations)).path)).reduce((sum, value) => sum + value ** 2, 0)
  const quieter = (await energy({ type: 'volume', gain_db: -6 })) / (await energy())
  expect(10 * Math.log10(quieter)).toBeCloseTo(-6, 0)
  expect((await render({ type: 'mute' })).facts.audio).toEqual([])
})
