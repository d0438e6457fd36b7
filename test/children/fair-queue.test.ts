import { expect, test } from 'vitest'
import { FairQueue } from '../../src/children/fair-queue.js'
import { createHeldWork } from '../support/held-work.js'

test('one place stays free for another owner', async () => {
  const queue = new FairQueue({ places: 2, waitingPerOwner: 10 })
  const work = createHeldWork()
  const results = ['a1', 'a2', 'b1'].map((name) => queue.run(name.slice(0, 1), work.of(name)))
  await new Promise(setImmediate)
  expect(work.begun).toEqual(['a1', 'b1'])
  await work.end('a1')
  expect(work.begun).toEqual(['a1', 'b1', 'a2'])
  await work.end('b1')
  await work.end('a2')
  expect(await Promise.all(results)).toEqual(['a1', 'a2', 'b1'])
})

test('owners take turns, however much one of them has sent before', async () => {
  const queue = new FairQueue({ places: 1, waitingPerOwner: 10 })
  const work = createHeldWork()
  const names = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2']
  const results = names.map((name) => queue.run(name.slice(0, 1), work.of(name)))
  await new Promise(setImmediate)
  for (let ended = 0; ended < names.length; ended += 1) await work.end(work.begun.at(-1) ?? '')
  expect(work.begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
  await Promise.all(results)
})

test('too much waiting work of an owner is refused, and others are not', async () => {
  const queue = new FairQueue({ places: 1, waitingPerOwner: 2 })
  const work = createHeldWork()
  const results = ['a1', 'a2', 'a3'].map((name) => queue.run('a', work.of(name)))
  await expect(queue.run('a', work.of('a4'))).rejects.toMatchObject({ code: 'rate-limited' })
  results.push(queue.run('b', work.of('b1')))
  for (let ended = 0; ended < 4; ended += 1) {
    await new Promise(setImmediate)
    await work.end(work.begun.at(-1) ?? '')
  }
  expect(await Promise.all(results)).toEqual(['a1', 'a2', 'a3', 'b1'])
})

test('who stops waiting gets no turn, and the others keep theirs', async () => {
  const queue = new FairQueue({ places: 1, waitingPerOwner: 2 })
  const work = createHeldWork()
  const first = queue.run('a', work.of('a1'))
  const stop = new AbortController()
  const second = queue.run('a', work.of('a2'), stop.signal)
  const third = queue.run('a', work.of('a3'), new AbortController().signal)
  const gone = new Error('gone')
  stop.abort(gone)
  await expect(second).rejects.toBe(gone)
  await expect(queue.run('a', work.of('a4'), stop.signal)).rejects.toBe(gone)
  await work.end('a1')
  expect(work.begun).toEqual(['a1', 'a3'])
  await work.end('a3')
  expect(await Promise.all([first, third])).toEqual(['a1', 'a3'])
})

test('work that fails gives its place back', async () => {
  const queue = new FairQueue({ places: 1, waitingPerOwner: 2 })
  await expect(queue.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await queue.run('a', () => Promise.resolve(1))).toBe(1)
})
