import { expect, test } from 'vitest'
import { createSolitude } from '../../activities/solitude.js'
import { createHeldWork } from '../support/held-work.js'

const NEVER = new AbortController().signal

const turn = (forMs = 3_600_000, signal = NEVER) => ({ signal, forMs, onEnd: () => undefined })

test('work that runs alone waits for the others, and they for it', async () => {
  const [solitude, work] = [createSolitude(), createHeldWork()]
  const runs = [
    solitude.together(NEVER, work.of('a')),
    solitude.together(NEVER, work.of('b')),
    solitude.alone(turn(), work.of('alone')),
    solitude.together(NEVER, work.of('c')),
  ]
  await new Promise(setImmediate)
  await work.end('a')
  expect(work.begun).toEqual(['a', 'b'])
  await work.end('b')
  expect(work.begun).toEqual(['a', 'b', 'alone'])
  await work.end('alone')
  expect(work.begun).toEqual(['a', 'b', 'alone', 'c'])
  await work.end('c')
  await Promise.all(runs)
})

test('it is alone for its time only, and says when that ends', async () => {
  const [solitude, work] = [createSolitude(), createHeldWork()]
  const isOver = new Promise<void>((resolve) => {
    void solitude.alone({ ...turn(1), onEnd: resolve }, work.of('alone'))
  })
  const other = solitude.together(NEVER, work.of('other'))
  await isOver
  await new Promise(setImmediate)
  expect(work.begun).toEqual(['alone', 'other'])
  await work.end('alone')
  await work.end('other')
  await other
})

test('work that is cancelled while it waits leaves its place, also to those behind it', async () => {
  const [solitude, work] = [createSolitude(), createHeldWork()]
  const first = solitude.together(NEVER, work.of('first'))
  const cancel = new AbortController()
  const waiting = solitude.alone(turn(1, cancel.signal), work.of('waiting'))
  const behind = solitude.together(NEVER, work.of('behind'))
  cancel.abort(new Error('cancelled'))
  await expect(waiting).rejects.toThrow('cancelled')
  expect(work.begun).toEqual(['first', 'behind'])
  await work.end('first')
  await work.end('behind')
  await Promise.all([first, behind])
})

test('work that fails gives its place back', async () => {
  const solitude = createSolitude()
  await expect(solitude.alone(turn(), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(solitude.together(NEVER, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await solitude.alone(turn(), () => Promise.resolve(1))).toBe(1)
})
