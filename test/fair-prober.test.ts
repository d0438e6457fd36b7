import { expect, test } from 'vitest'
import { createFairProber } from '../src/fair-prober.js'
import type { Owner } from '../src/jobs/model.js'
import { isYielding } from '../src/media/process/yielding.js'
import { createHeldWork } from './support/held-work.js'
import { mediaFacts } from './support/plan-facts.js'

const [LARGE, SMALL] = ['large' as Owner, 'small' as Owner]

/** Reads a file when the test says so. */
function createHeldProber() {
  const work = createHeldWork()
  const facts = mediaFacts()
  const proberFor = createFairProber(
    {
      probe: (path) =>
        work
          .of(path)()
          .then(() => facts),
      measure: (path) =>
        work
          .of(path)()
          .then(() => facts),
      readText: (path) => work.of(path)(),
    },
    { places: 2, waitingPerOwner: 2 },
  )
  return { work, facts, proberFor }
}

test('files of an owner are read though another one has sent many before', async () => {
  const { work, facts, proberFor } = createHeldProber()
  const large = proberFor(LARGE)
  const text = { index: 0, maxBytes: 1 }
  const all = [large.probe('a1'), large.measure('a2', facts), large.readText('a3', facts, text)]
  all.push(proberFor(SMALL).probe('b1'))
  await new Promise(setImmediate)
  expect(work.begun).toEqual(['a1', 'b1'])
  for (const name of ['a1', 'b1', 'a2', 'a3']) await work.end(name)
  await Promise.all(all)
})

test('too many files of an owner are refused, whichever request they come with', async () => {
  const { work, facts, proberFor } = createHeldProber()
  const all = ['a1', 'a2', 'a3'].map((path) => proberFor(LARGE).probe(path))
  await expect(proberFor(LARGE).measure('a4', facts)).rejects.toMatchObject({ code: 'rate-limited' })
  const other = proberFor(SMALL).probe('b1')
  for (const name of ['a1', 'b1', 'a2', 'a3']) await work.end(name)
  await Promise.all([...all, other])
})

test('the first file of an owner has the usual priority, and those beside it yield', async () => {
  const seen: [string, boolean][] = []
  const work = createHeldWork()
  const facts = mediaFacts()
  const proberFor = createFairProber(
    {
      probe: (path) => {
        seen.push([path, isYielding()])
        return work
          .of(path)()
          .then(() => facts)
      },
      measure: () => Promise.resolve(facts),
      readText: () => Promise.resolve(''),
    },
    { places: 4, waitingPerOwner: 4 },
  )
  const all = ['a1', 'a2', 'a3'].map((path) => proberFor(LARGE).probe(path))
  all.push(proberFor(SMALL).probe('b1'))
  await new Promise(setImmediate)
  for (const name of ['a1', 'a2', 'a3', 'b1']) await work.end(name)
  await Promise.all(all)
  await Promise.all([
    proberFor(LARGE).probe('a4'),
    expect
      .poll(() => seen.length)
      .toBe(5)
      .then(() => work.end('a4')),
  ])
  expect(seen).toEqual([
    ['a1', false],
    ['a2', true],
    ['a3', true],
    ['b1', false],
    ['a4', false],
  ])
})
