import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMovieFacts } from '../../../../src/media/mp4/movie/movie-facts.js'
import { probePackets } from '../../../../src/media/packets/probe-packets.js'
import { AAC, beeps, FFPROBE, H264, lavfi, numberedVideo } from '../../../support/lavfi.js'
import { requireSame } from '../../../support/outputs/measure-rendered.js'
import { useStudio } from '../../../support/render.js'

const studio = useStudio()
const SIZE = { width: 64, height: 64 } as const

test('of films of any rate and length, the facts are those of ffprobe', async () => {
  const rates = fc.constantFrom('1', '5', '12', '24000/1001', '24', '25', '30000/1001', '50', '60', '120')
  const film = fc.record({
    rate: rates,
    frames: fc.integer({ min: 1, max: 40 }),
    soundSec: fc.option(fc.double({ min: 0.05, max: 3, noNaN: true })),
    reorder: fc.integer({ min: 0, max: 3 }),
    container: fc.constantFrom('mp4', 'mov'),
  })
  await fc.assert(
    fc.asyncProperty(film, async ({ rate, frames, soundSec, reorder, container }) => {
      const picture = lavfi(numberedVideo({ ...SIZE, rate, seconds: 60 }))
      const sound = soundSec === null ? [] : lavfi(`${beeps(3)},atrim=end=${soundSec}`)
      const coding = [...H264, '-bf', String(reorder), ...AAC, '-frames:v', String(frames)]
      const path = await studio.make(`film.${container}`, ...picture, ...sound, ...coding)
      const facts = await probePackets(FFPROBE, path, AbortSignal.timeout(20_000))
      const own = await readMovieFacts(path)
      requireSame(own, facts)
    }),
    { numRuns: 15, endOnFailure: true },
  )
})

test('a header in which anything is changed is read, or left to ffprobe', async () => {
  const sources = [...lavfi(numberedVideo({ ...SIZE, rate: '25', seconds: 1 })), ...lavfi(beeps(1))]
  const whole = await readFile(
    await studio.make('whole.mp4', ...sources, ...H264, ...AAC, '-movflags', '+faststart'),
  )
  const headerEnd = whole.indexOf('mdat')
  const change = fc.record({
    at: fc.integer({ min: 0, max: headerEnd }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  })
  const path = join(studio.dir(), 'changed.mp4')
  let left = 0
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const file = Buffer.from(whole)
      for (const { at, bytes } of changes) file.set(bytes, at)
      await writeFile(path, file)
      if ((await readMovieFacts(path)) === null) left += 1
    }),
    { numRuns: 2000 },
  )
  expect(left).toBeGreaterThan(0)
})
