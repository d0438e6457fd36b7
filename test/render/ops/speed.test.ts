import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { readNumbers } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps } from '../../support/sound.js'

const studio = useStudio()
/** Two seconds whose frames carry their numbers, with a tone at each second. */
let numbered = ''

beforeAll(async () => {
  const inputs = [...lavfi(numberedVideo({ rate: '25', seconds: 2 })), ...lavfi(beeps(2))]
  numbered = await studio.make('numbered.mp4', ...inputs, ...H264, ...AAC)
})

const atSpeed = (factor: number) => studio.render([{ type: 'speed', factor }], { video: numbered })

test('twice the speed shows every second frame, with its sound in sync', async () => {
  const { path } = await atSpeed(2)
  const numbers = await readNumbers(path)
  expect(numbers).toHaveLength(25)
  expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => 2 * index))
  const [beep] = findBeeps(await decodeSound(path))
  expect(Math.abs((beep?.atSec ?? NaN) - 0.5)).toBeLessThan(0.04)
  expect(beep?.sourceSec).toBe(1)
})

test('a quarter of the speed shows every frame four times', async () => {
  const numbers = await readNumbers((await atSpeed(0.25)).path)
  expect(numbers).toHaveLength(200)
  numbers.forEach((number, index) => expect(Math.abs((number ?? NaN) - index / 4)).toBeLessThanOrEqual(1))
})

describe.each<[string, Operation[]]>([
  ['material', []],
  ['material that something is laid over', [{ type: 'vignette', strength: 0.02 }]],
])('of %s', (_, before) => {
  const numbersAt = async (factor: number) => {
    const { path } = await studio.render([...before, { type: 'speed', factor }], { video: numbered })
    return readNumbers(path)
  }

  test.each([0.1, 0.33, 0.4, 0.5])(
    'at %d times the speed each frame begins at the moment that is nearest to its own',
    async (factor) => {
      const numbers = await numbersAt(factor)
      expect(numbers).toHaveLength(Math.round(50 / factor))
      for (let frame = 0; frame < 50; frame += 1) {
        expect(Math.abs(numbers.indexOf(frame) - frame / factor)).toBeLessThanOrEqual(0.5)
      }
    },
  )

  test.each([1.5, 2.5, 4])(
    'at %d times the speed each moment shows the frame nearest to it',
    async (factor) => {
      const numbers = await numbersAt(factor)
      expect(numbers).toHaveLength(Math.round(50 / factor))
      numbers.forEach((number, index) => {
        expect(Math.abs((number ?? NaN) - index * factor)).toBeLessThanOrEqual(0.5)
      })
    },
  )
})
